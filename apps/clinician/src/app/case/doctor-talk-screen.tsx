import { doctorTalkConversation, TalkView, useClinicianMe } from '@casetalk/portal';
import { AudienceTag, EmptyState } from '@casetalk/ui';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useCaseContext } from './case-context.ts';
import classes from './talk-screen.module.css';
import { TabHeading } from './tab-heading.tsx';

/** Doctor Talk: the thread that everyone on the case shares, without the patient. */
export function DoctorTalkScreen() {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const { found } = useCaseContext();
  const conversation = useMemo(() => doctorTalkConversation(found.id), [found.id]);
  // How far the reader had read is not told here; what comes while she looks is new.
  const [openedAt] = useState(() => new Date().toISOString());
  const { people } = found.doctorTalkAudience;
  const others = people.filter(({ id }) => id !== me.id).length;
  return (
    <div className={classes.root}>
      <TabHeading>{t('cases.tabs.doctorTalk')}</TabHeading>
      <div className={classes.talk} data-long>
        <TalkView
          conversation={conversation}
          personId={me.id}
          label={t('talks.doctor.title')}
          audience={{
            kind: 'case',
            title: `${t('talks.doctor.band')}.`,
            // Case managers read along without being members: the count says so where it is not the header's.
            detail: t(
              people.length > found.memberCount ? 'talks.doctor.detailManaged' : 'talks.doctor.detail',
              {
                count: people.length,
                name: found.patientName,
              },
            ),
          }}
          composerLabel={
            others === 0 ? t('talks.doctor.alone') : t('talks.doctor.composer', { count: others })
          }
          composerAudience={<AudienceTag audience="case">{t('talks.doctor.band')}</AudienceTag>}
          readAt={openedAt}
          empty={
            <EmptyState
              icon={IconUsersGroup}
              title={t('talks.doctor.empty.title')}
              detail={t('talks.doctor.empty.text')}
            />
          }
        />
      </div>
    </div>
  );
}
