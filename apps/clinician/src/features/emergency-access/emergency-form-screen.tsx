import { type Failure, newIdempotencyKey } from '@casetalk/client';
import { type Clinician, limits } from '@casetalk/contract';
import { api, mayHaveHappened, problemWords, useCheckedForm, useConfirmed, useWords } from '@casetalk/portal';
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
  useAnnouncer,
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

/** Why nothing was opened, where this screen knows better words than others. */
const refusalOf = ({ code }: Failure, t: ClinicianWords): string | undefined => {
  if (code === 'not-found') return t('emergencyAccess.form.notFound');
  return code === 'reauthentication-needed' ? t('emergencyAccess.form.unconfirmed') : undefined;
};

/** Opens one talk in an emergency: which, why and for how long, what follows, and a confirmation. */
export function EmergencyFormScreen() {
  const t = useClinicianWords();
  const words = useWords();
  const navigate = useNavigate();
  const announce = useAnnouncer();
  const confirmed = useConfirmed();
  const takeIn = useTakeInGrant();
  const [address] = useSearchParams();
  const key = useRef(newIdempotencyKey());
  // What was filled in, while the question stands whether it is meant.
  const [asked, setAsked] = useState<StartInput | null>(null);
  const [opening, setOpening] = useState(false);

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
      if (caseId !== null && clinician !== null) {
        setAsked({ caseId, clinicianId: clinician.id, reason: reason.trim(), minutes: Number(minutes) });
      }
      return undefined;
    },
  });
  const { clinician, minutes } = form.values;
  const count = Number(minutes);

  const start = async (body: StartInput): Promise<void> => {
    setOpening(true);
    const result = await confirmed(async () => {
      const answer = await api.startBreakGlass({ body }, { idempotencyKey: key.current });
      // Whatever is asked or shown next takes this question's place.
      setAsked(null);
      return answer;
    });
    setOpening(false);
    if (result.ok) {
      takeIn(result.data);
      announce(t('emergencyAccess.reading.opened', { count: body.minutes ?? limits.breakGlassMinutes }));
      await navigate(`/emergency-access/${result.data.id}`, { replace: true });
      return;
    }
    if (!mayHaveHappened(result.problem)) key.current = newIdempotencyKey();
    form.setErrors({ form: refusalOf(result.problem, t) ?? problemWords(words, result.problem) });
  };

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
          <SubmitButton busy={busy} busyLabel={t('emergencyAccess.confirm.busy')}>
            {t('emergencyAccess.form.submit')}
          </SubmitButton>
          <Button variant="default" component={Link} to="/emergency-access">
            {t('shell.cancel')}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        opened={asked !== null}
        title={t('emergencyAccess.confirm.title', { name: clinician?.name ?? '' })}
        detail={t('emergencyAccess.confirm.text', { name: clinician?.name ?? '', count })}
        confirmLabel={t('emergencyAccess.confirm.action')}
        cancelLabel={t('shell.cancel')}
        busy={opening}
        busyLabel={t('emergencyAccess.confirm.busy')}
        dangerous
        onCancel={() => setAsked(null)}
        onConfirm={() => {
          if (asked && !opening) void start(asked);
        }}
      />
    </>
  );
}
