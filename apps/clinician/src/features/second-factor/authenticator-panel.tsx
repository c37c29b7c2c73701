import type { AuthenticatorSetup as Setup, SecondFactors } from '@casetalk/contract';
import { api, secondFactorsQuery, TryAgain, useAccountAct, useLanguage, useWords } from '@casetalk/portal';
import {
  ConfirmDialog,
  Dialog,
  FactItem,
  FactList,
  formatDate,
  formatDateTime,
  Panel,
  SkeletonList,
  StatusStrip,
  SubmitButton,
  useAnnouncer,
} from '@casetalk/ui';
import { Button, Stack } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { AuthenticatorSetup } from './authenticator-setup.tsx';

/** The authenticator app: set up, replaced or removed. */
export function AuthenticatorPanel() {
  const t = useClinicianWords();
  const words = useWords();
  const announce = useAnnouncer();
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(secondFactorsQuery());
  const { outcome, busy, run } = useAccountAct();
  const [setup, setSetup] = useState<Setup | null>(null);
  const [removing, setRemoving] = useState(false);
  const [done, setDone] = useState(false);

  const begin = async () => {
    setDone(false);
    const begun = await run(() => api.startAuthenticator(), null);
    if (begun) setSetup(begun.data);
  };
  const onDone = (factors: SecondFactors) => {
    setSetup(null);
    setDone(true);
    client.setQueryData(secondFactorsQuery().queryKey, factors);
    announce(t('app.done'));
  };
  const remove = async () => {
    setRemoving(false);
    setDone(false);
    await run(() => api.removeAuthenticator(), t('app.removed'));
  };

  return (
    <Panel title={t('app.title')}>
      {done && <StatusStrip tone="success" title={t('app.done')} />}
      {outcome && <StatusStrip tone={outcome.tone} title={outcome.text} />}
      {isPending && <SkeletonList label={words('page.loading')} rows={1} />}
      {error && <TryAgain title={t('app.failed')} error={error} onRetry={() => void refetch()} />}
      {data?.authenticator && (
        <Item
          {...data.authenticator}
          busy={busy}
          onReplace={() => void begin()}
          onRemove={() => setRemoving(true)}
        />
      )}
      {data && !data.authenticator && (
        <>
          <p>{t('app.none')}</p>
          <div>
            <SubmitButton
              type="button"
              variant="default"
              busy={busy}
              busyLabel={words('factor.checking')}
              onClick={() => void begin()}
            >
              {t('app.setUp')}
            </SubmitButton>
          </div>
        </>
      )}
      <Dialog
        opened={setup !== null}
        onClose={() => setSetup(null)}
        title={t('enrol.app.title')}
        closeLabel={t('shell.close')}
      >
        {setup && (
          <Stack gap="md">
            <p>{data?.authenticator ? t('app.replace.hint') : t('enrol.app.lead')}</p>
            <AuthenticatorSetup
              setup={setup}
              confirm={(code) => api.confirmAuthenticator({ body: { code } })}
              onDone={onDone}
            />
          </Stack>
        )}
      </Dialog>
      <ConfirmDialog
        opened={removing}
        title={t('app.remove.title')}
        detail={t('app.remove.text')}
        confirmLabel={t('app.remove.confirm')}
        cancelLabel={t('shell.cancel')}
        dangerous
        onCancel={() => setRemoving(false)}
        onConfirm={() => void remove()}
      />
    </Panel>
  );
}

type Authenticator = NonNullable<SecondFactors['authenticator']>;

interface ItemProps extends Authenticator {
  readonly busy: boolean;
  readonly onReplace: () => void;
  readonly onRemove: () => void;
}

function Item({ createdAt, lastUsedAt, busy, onReplace, onRemove }: ItemProps) {
  const t = useClinicianWords();
  const words = useWords();
  const language = useLanguage();
  return (
    <FactList label={t('app.list')}>
      <FactItem
        icon={IconShieldLock}
        title={t('app.item')}
        facts={[
          lastUsedAt === null
            ? t('app.unused')
            : t('app.used', { time: formatDateTime(lastUsedAt, language) }),
          t('app.added', { date: formatDate(createdAt, language) }),
        ]}
        actions={
          <>
            <SubmitButton
              type="button"
              variant="default"
              size="sm"
              busy={busy}
              busyLabel={words('factor.checking')}
              aria-label={t('app.replaceName')}
              onClick={onReplace}
            >
              {t('app.replace')}
            </SubmitButton>
            <Button variant="default" size="sm" aria-label={t('app.removeName')} onClick={onRemove}>
              {t('app.remove')}
            </Button>
          </>
        }
      />
    </FactList>
  );
}
