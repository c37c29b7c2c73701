import { newIdempotencyKey } from '@casetalk/client';
import { type Clinician, limits } from '@casetalk/contract';
import { api, problemWords, useCheckedForm, useConfirmed, useWords } from '@casetalk/portal';
import {
  ConfirmDialog,
  ErrorSummary,
  Icon,
  PageTitle,
  Panel,
  SelectField,
  SubmitButton,
  TextAreaField,
  TextField,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { caseIdIn } from './case-address.ts';
import { ClinicianChoice } from './clinician-choice.tsx';
import { type StartInput, useTakeInGrant } from './emergency-queries.ts';
import classes from './emergency-screens.module.css';

interface EmergencyValues {
  caseAddress: string;
  clinician: Clinician | null;
  reason: string;
  minutes: string;
}

const fieldId = (field: string): string => `emergency-${field}`;

const choicesOfMinutes: readonly number[] = [15, 30, 45, 60].filter(
  (minutes) => minutes >= limits.breakGlassMinMinutes && minutes <= limits.breakGlassMaxMinutes,
);

const rulesOf = (t: ClinicianWords) => ({
  caseAddress: (value: string) => (caseIdIn(value) === null ? t('emergencyAccess.form.caseError') : null),
  clinician: (value: Clinician | null) => (value ? null : t('emergencyAccess.form.clinicianError')),
  reason: (value: string) =>
    value.trim().length < limits.breakGlassReasonMinLength
      ? t('emergencyAccess.form.reasonShort', { count: limits.breakGlassReasonMinLength })
      : null,
});

/** Opens one talk in an emergency: which, why and for how long, what follows, and a confirmation. */
export function EmergencyFormScreen() {
  const t = useClinicianWords();
  const words = useWords();
  const navigate = useNavigate();
  const confirmed = useConfirmed();
  const takeIn = useTakeInGrant();
  const [address] = useSearchParams();
  const key = useRef(newIdempotencyKey());
  const [asking, setAsking] = useState<((agreed: boolean) => void) | null>(null);
  const [opening, setOpening] = useState(false);

  const agreedTo = async (): Promise<boolean> => {
    const agreed = await new Promise<boolean>((answer) => {
      setAsking(() => answer);
    });
    if (!agreed) setAsking(null);
    return agreed;
  };

  /** Answers what did not work, in words; undefined once the talk is open. */
  const start = async (body: StartInput): Promise<string | undefined> => {
    setOpening(true);
    const result = await confirmed(async () => {
      const answer = await api.startBreakGlass({ body }, { idempotencyKey: key.current });
      // Whatever is asked or shown next takes this question's place.
      setAsking(null);
      return answer;
    });
    setOpening(false);
    if (result.ok) {
      takeIn(result.data);
      await navigate(`/emergency-access/${result.data.id}`, { replace: true });
      return undefined;
    }
    const { code } = result.problem;
    if (code !== 'unreachable') key.current = newIdempotencyKey();
    if (code === 'not-found') return t('emergencyAccess.form.notFound');
    if (code === 'reauthentication-needed') return t('emergencyAccess.form.unconfirmed');
    return problemWords(words, result.problem);
  };

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<EmergencyValues>({
    initialValues: {
      caseAddress: address.get('case') ?? '',
      clinician: null,
      reason: '',
      minutes: String(limits.breakGlassMinutes),
    },
    validate: rulesOf(t),
    fieldId,
    send: async ({ caseAddress, clinician, reason, minutes }) => {
      const caseId = caseIdIn(caseAddress);
      if (caseId === null || clinician === null || !(await agreedTo())) return undefined;
      const failure = await start({
        caseId,
        clinicianId: clinician.id,
        reason: reason.trim(),
        minutes: Number(minutes),
      });
      return failure === undefined ? undefined : { form: failure };
    },
  });
  const { clinician, minutes } = form.values;
  const count = Number(minutes);

  return (
    <>
      <form className={classes.form} noValidate onSubmit={onSubmit}>
        <PageTitle
          title={t('emergencyAccess.form.title')}
          service={t('shell.service')}
          prefix={problems.length > 0 ? t('shell.errorPrefix') : ''}
          lead={t('emergencyAccess.form.lead')}
          before={
            <Link className={classes.back} to="/emergency-access">
              <Icon of={IconArrowLeft} size="sm" />
              {t('emergencyAccess.back')}
            </Link>
          }
        />
        <ErrorSummary title={t('shell.problem')} items={problems} attempt={attempt} />
        <TextField
          id={fieldId('caseAddress')}
          label={t('emergencyAccess.form.case')}
          hint={t('emergencyAccess.form.caseHint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          {...form.getInputProps('caseAddress')}
        />
        <ClinicianChoice
          id={fieldId('clinician')}
          chosen={clinician}
          error={form.errors['clinician']}
          onChoose={(chosen) => form.setFieldValue('clinician', chosen)}
        />
        <TextAreaField
          id={fieldId('reason')}
          label={t('emergencyAccess.form.reason')}
          hint={t('emergencyAccess.form.reasonHint')}
          maxLength={limits.breakGlassReasonLength}
          {...form.getInputProps('reason')}
        />
        <SelectField
          id={fieldId('minutes')}
          label={t('emergencyAccess.form.minutes')}
          hint={t('emergencyAccess.form.minutesHint')}
          width="short"
          data={choicesOfMinutes.map((value) => ({
            value: String(value),
            label: t('emergencyAccess.form.minutesOf', { count: value }),
          }))}
          {...form.getInputProps('minutes')}
        />
        <Panel title={t('emergencyAccess.form.happens')}>
          <ul className={classes.happens}>
            <li>{t('emergencyAccess.form.happens.told')}</li>
            <li>{t('emergencyAccess.form.happens.read')}</li>
            <li>{t('emergencyAccess.form.happens.recorded')}</li>
            <li>{t('emergencyAccess.form.happens.ends', { count })}</li>
          </ul>
        </Panel>
        <div className={classes.actions}>
          <SubmitButton busy={busy} busyLabel={t('emergencyAccess.form.submit')}>
            {t('emergencyAccess.form.submit')}
          </SubmitButton>
          <Button variant="default" component={Link} to="/emergency-access">
            {t('shell.cancel')}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        opened={asking !== null}
        title={t('emergencyAccess.confirm.title', { name: clinician?.name ?? '' })}
        detail={t('emergencyAccess.confirm.text', { name: clinician?.name ?? '', count })}
        confirmLabel={t('emergencyAccess.confirm.action')}
        cancelLabel={t('shell.cancel')}
        busy={opening}
        busyLabel={t('emergencyAccess.confirm.busy')}
        dangerous
        onCancel={() => asking?.(false)}
        onConfirm={() => asking?.(true)}
      />
    </>
  );
}
