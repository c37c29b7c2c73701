import type { BreakGlassGrant } from '@casetalk/contract';
import {
  emergencyConversation,
  problemOf,
  queryKeys,
  TalkView,
  TryAgain,
  useClinicianMe,
  useLanguage,
  useWords,
} from '@casetalk/portal';
import {
  EmptyState,
  formatDateTime,
  Icon,
  PageTitle,
  SkeletonList,
  StatusStrip,
  SubmitButton,
  useAnnouncer,
} from '@casetalk/ui';
import { Button, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconMessage2, IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { grantQuery, useEndGrant } from './emergency-queries.ts';
import classes from './emergency-screens.module.css';
import { formatTimeLeft, useTimeLeft } from './use-time-left.ts';

interface GrantProps {
  readonly grant: BreakGlassGrant;
}

const lastMinute = 60;

function BackLink() {
  const t = useClinicianWords();
  return (
    <Link className={classes.back} to="/emergency-access">
      <Icon of={IconArrowLeft} size="sm" />
      {t('emergencyAccess.back')}
    </Link>
  );
}

/** How long the talk is still open, and the way to close it now. */
function OpenStrip({ grant, left }: GrantProps & { readonly left: number }) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const end = useEndGrant(grant.id);
  const isLastMinute = left <= lastMinute;
  useEffect(() => {
    if (isLastMinute) announce(t('emergencyAccess.reading.oneMinute'));
  }, [announce, isLastMinute, t]);
  return (
    <StatusStrip
      tone="warning"
      icon={IconShieldExclamation}
      title={<span role="timer">{t('emergencyAccess.reading.left', { time: formatTimeLeft(left) })}</span>}
      detail={
        <>
          <p>
            {grant.administrator.me
              ? t('emergencyAccess.reading.detail', {
                  clinician: grant.clinician.name,
                  patient: grant.patientName ?? '',
                })
              : t('emergencyAccess.reading.detailOther', { name: grant.administrator.name })}
          </p>
          {end.isError && <p role="alert">{failureText(end.error)}</p>}
        </>
      }
      actions={
        <SubmitButton
          type="button"
          color="red"
          variant="filled"
          busy={end.isPending}
          busyLabel={t('emergencyAccess.reading.ending')}
          onClick={() => end.mutate()}
        >
          {t('emergencyAccess.reading.end')}
        </SubmitButton>
      }
    />
  );
}

function OpenTalk({ grant, left }: GrantProps & { readonly left: number }) {
  const t = useClinicianWords();
  const words = useWords();
  const me = useClinicianMe();
  const language = useLanguage();
  const conversation = useMemo(() => emergencyConversation(grant.id), [grant.id]);
  const { patientName: patient } = grant;
  const clinician = grant.clinician.name;
  const readers = new Intl.ListFormat(language, { type: 'conjunction' }).format(
    patient === null ? [clinician] : [clinician, patient],
  );
  const title =
    patient === null
      ? t('emergencyAccess.talkOfOne', { clinician })
      : t('emergencyAccess.talkOf', { clinician, patient });
  return (
    <div className={classes.reading}>
      <PageTitle title={title} service={t('shell.service')} before={<BackLink />} />
      <OpenStrip grant={grant} left={left} />
      {grant.abilities.read && (
        <div className={classes.talk}>
          <TalkView
            conversation={conversation}
            personId={me.id}
            label={title}
            audience={{
              kind: 'private',
              title: t('emergencyAccess.reading.band'),
              detail: t('emergencyAccess.reading.bandDetail', { readers }),
            }}
            composerLabel=""
            canSend={false}
            closedNote={<p className={classes.readOnly}>{t('emergencyAccess.reading.readOnly')}</p>}
            readAt={grant.startedAt}
            before={<VisuallyHidden component="h2">{words('talk.messages')}</VisuallyHidden>}
            empty={<EmptyState icon={IconMessage2} title={t('emergencyAccess.reading.noMessages')} />}
          />
        </div>
      )}
    </div>
  );
}

function ClosedTalk({ grant }: GrantProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const client = useQueryClient();
  const { id: grantId } = grant;
  useEffect(() => {
    // Nothing of the talk stays behind on this device.
    client.removeQueries({ queryKey: queryKeys.breakGlassMessages(grantId) });
    client.removeQueries({ queryKey: ['bytes', grantId] });
    void client.invalidateQueries({ queryKey: queryKeys.breakGlassList });
  }, [client, grantId]);
  const values = {
    from: formatDateTime(grant.startedAt, language),
    to: formatDateTime(grant.endedAt ?? grant.expiresAt, language),
    name: grant.endedBy ?? '',
  };
  return (
    <div className={classes.screen}>
      <PageTitle
        title={t('emergencyAccess.closed.title')}
        service={t('shell.service')}
        lead={t('emergencyAccess.closed.text')}
        before={<BackLink />}
      />
      <StatusStrip
        tone="neutral"
        icon={IconShieldCheck}
        title={t('emergencyAccess.talkOfOne', { clinician: grant.clinician.name })}
        detail={
          <>
            <p>{t(grant.endedAt === null ? 'emergencyAccess.expired' : 'emergencyAccess.endedBy', values)}</p>
            <p>{t('emergencyAccess.reasonGiven', { reason: grant.reason })}</p>
          </>
        }
      />
      <div>
        <Button component={Link} to="/emergency-access" variant="default">
          {t('emergencyAccess.title')}
        </Button>
      </div>
    </div>
  );
}

function Grant({ grant }: GrantProps) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const left = useTimeLeft(grant.expiresAt);
  const open = grant.state === 'live' && left > 0;
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) announce(t('emergencyAccess.closed.title'), 'assertive');
    wasOpen.current = open;
  }, [announce, open, t]);
  return open ? <OpenTalk grant={grant} left={left} /> : <ClosedTalk grant={grant} />;
}

/** A talk that an administrator reads in an emergency, until the time is up or it is ended. */
export function EmergencyReadingScreen({ notFound }: { readonly notFound: ReactNode }) {
  const t = useClinicianWords();
  const { grantId = '' } = useParams();
  const found = useQuery(grantQuery(grantId));
  if (found.data) return <Grant key={found.data.id} grant={found.data} />;
  if (!found.isError) return <SkeletonList label={t('shell.loading')} rows={4} />;
  if (['not-found', 'invalid-request'].includes(problemOf(found.error).code)) return notFound;
  return (
    <TryAgain
      title={t('emergencyAccess.reading.failed')}
      error={found.error}
      onRetry={() => void found.refetch()}
    />
  );
}
