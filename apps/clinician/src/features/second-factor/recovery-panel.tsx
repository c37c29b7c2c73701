import {
  api,
  focusWhenThere,
  secondFactorsQuery,
  useAccountAct,
  useClinicianMe,
  useWords,
} from '@casetalk/portal';
import { ConfirmDialog, Panel, SkeletonList, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { KeepCodes } from './keep-codes.tsx';
import classes from './second-factor.module.css';

/** From here on there should be new ones. */
const few = 3;
const newCodesId = 'new-recovery-codes';
const panelEndId = 'recovery-codes-left';

/** How many recovery codes are left, and new ones, shown in place and once. */
export function RecoveryPanel() {
  const t = useClinicianWords();
  const words = useWords();
  const me = useClinicianMe();
  const announce = useAnnouncer();
  const { data, isPending } = useQuery(secondFactorsQuery());
  const { outcome, busy, run } = useAccountAct();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const left = data?.recoveryCodesLeft ?? null;

  const renew = async () => {
    setAsking(false);
    const renewed = await run(() => api.renewRecoveryCodes(), null);
    if (!renewed) return;
    setCodes(renewed.data.recoveryCodes);
    announce(t('recovery.renewed'));
    focusWhenThere(newCodesId);
  };
  const putAway = () => {
    setCodes(null);
    announce(t('recovery.kept'));
    focusWhenThere(panelEndId);
  };

  return (
    <Panel title={t('recovery.title')}>
      <p className={classes.quiet}>{t('recovery.lead')}</p>
      {outcome && <StatusStrip tone={outcome.tone} title={outcome.text} />}
      {isPending && <SkeletonList label={words('page.loading')} rows={1} />}
      {codes ? (
        <>
          <StatusStrip id={newCodesId} tone="info" title={t('recovery.renewed')} />
          <KeepCodes codes={codes} email={me.email} submitLabel={t('recovery.done')} onKept={putAway} />
        </>
      ) : (
        left !== null && (
          <>
            {left <= few ? (
              <StatusStrip
                id={panelEndId}
                tone="warning"
                title={t('recovery.left', { count: left })}
                detail={t('recovery.few')}
              />
            ) : (
              <p id={panelEndId} tabIndex={-1}>
                {t('recovery.left', { count: left })}
              </p>
            )}
            <div>
              <SubmitButton
                type="button"
                variant="default"
                busy={busy}
                busyLabel={words('factor.checking')}
                onClick={() => setAsking(true)}
              >
                {t('recovery.renew')}
              </SubmitButton>
            </div>
          </>
        )
      )}
      <ConfirmDialog
        opened={asking}
        title={t('recovery.renew.title')}
        detail={t('recovery.renew.text')}
        confirmLabel={t('recovery.renew.confirm')}
        cancelLabel={t('shell.cancel')}
        onCancel={() => setAsking(false)}
        onConfirm={() => void renew()}
      />
    </Panel>
  );
}
