import { AccessLog, talkQuery, talksQuery, useWords } from '@casetalk/portal';
import type { Talk } from '@casetalk/contract';
import { Icon, PageTitle, SelectField } from '@casetalk/ui';
import { IconArrowLeft } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './seen-screen.module.css';

/** The conversations to choose from, the one of the address among them however many there are. */
function useChoices(talkId: string | null): readonly Talk[] {
  const listed = useInfiniteQuery(talksQuery()).data?.pages.flatMap((page) => page.data) ?? [];
  const missing = talkId !== null && listed.every(({ id }) => id !== talkId);
  const { data } = useQuery({ ...talkQuery(talkId ?? ''), enabled: missing });
  return missing && data ? [...listed, data] : listed;
}

/** Who has seen the patient's conversations: all of them, or the one in the address. */
export function SeenScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const [params, setParams] = useSearchParams();
  const talkId = params.get('conversation');
  const talks = useChoices(talkId);
  const several = talks.length > 1;

  return (
    <>
      <PageTitle
        title={words(talkId === null ? 'access.titleAll' : 'access.title')}
        service={words('page.service')}
        lead={words(talkId === null ? 'access.leadAll' : 'access.lead')}
        before={
          <Link className={classes.back} to={talkId === null ? paths.account : paths.talk(talkId)}>
            <Icon of={IconArrowLeft} size="sm" />
            {patient(talkId === null ? 'seen.backAccount' : 'seen.back')}
          </Link>
        }
      />
      {several && (
        <SelectField
          id="seen-conversation"
          label={patient('seen.conversation')}
          value={talkId ?? ''}
          onChange={({ currentTarget }) =>
            setParams(currentTarget.value === '' ? {} : { conversation: currentTarget.value }, {
              replace: true,
            })
          }
          data={[
            { value: '', label: patient('seen.all') },
            ...talks.map(({ id, clinician, caseTitle }) => ({
              value: id,
              label: patient('seen.option', { name: clinician.name, title: caseTitle }),
            })),
          ]}
        />
      )}
      <AccessLog key={talkId} talkId={talkId} withConversation={several && talkId === null} />
    </>
  );
}
