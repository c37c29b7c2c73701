import type { Result } from '@casetalk/client';
import type { AuthenticatorSetup as Setup } from '@casetalk/contract';
import { AuthenticatorForm } from '@casetalk/portal';
import { QrCode, SetupKey } from '@casetalk/ui';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './second-factor.module.css';

export interface AuthenticatorSetupProps<Done> {
  readonly setup: Setup;
  readonly confirm: (code: string) => Promise<Result<Done>>;
  readonly onDone: (done: Done) => void;
}

/** The key as a picture and as text, then the first code. Nothing of it leaves the page. */
export function AuthenticatorSetup<Done>({ setup, confirm, onDone }: AuthenticatorSetupProps<Done>) {
  const t = useClinicianWords();
  return (
    <ol className={classes.steps}>
      <li className={classes.step}>
        <h2 className={classes.stepTitle}>{t('setup.scan')}</h2>
        <div className={classes.key}>
          <QrCode text={setup.uri} label={t('setup.qr')} />
          <div className={classes.byHand}>
            <p>{t('setup.type')}</p>
            <SetupKey
              value={setup.setupKey}
              label={t('setup.key')}
              copy={{
                label: t('setup.copy'),
                name: t('setup.copyName'),
                copiedLabel: t('setup.copied'),
                failedLabel: t('setup.copyFailed'),
              }}
            />
          </div>
        </div>
      </li>
      <li className={classes.step}>
        <h2 className={classes.stepTitle}>{t('setup.confirm')}</h2>
        <AuthenticatorForm submit={confirm} onDone={onDone} submitLabel={t('setup.submit')} />
      </li>
    </ol>
  );
}
