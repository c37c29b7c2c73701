import type { Failure } from '@casetalk/client';
import type { ErrorSummaryItem } from '@casetalk/ui';
import { type FormErrors, type FormValidateInput, useForm, type UseFormReturnType } from '@mantine/form';
import { type SyntheticEvent, useCallback, useMemo, useRef, useState } from 'react';

export interface CheckedFormSettings<V extends object> {
  readonly initialValues: V;
  /** Rules by field, answering the sentence to show, or `schemaResolver(schema, { sync: true })`. */
  readonly validate?: FormValidateInput<V>;
  /** The id of a field's control; the field's own name by default. */
  readonly fieldId?: (field: string) => string;
  /**
   * Sends the form. Answers nothing when it went well, otherwise the errors: by field, or under `form` when they
   * belong to none.
   */
  readonly send: (values: V) => Promise<FormErrors | undefined>;
}

export interface CheckedForm<V extends object> {
  readonly form: UseFormReturnType<V>;
  readonly busy: boolean;
  /** For `ErrorSummary`. */
  readonly problems: readonly ErrorSummaryItem[];
  /** Grows with each failed submit, for `ErrorSummary`. */
  readonly attempt: number;
  readonly onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
}

/**
 * A form as people expect it: judged when it is sent, each failed field live from then on, a second press swallowed while
 * the first is on its way, and nothing that was typed ever cleared.
 */
export function useCheckedForm<V extends object>(settings: CheckedFormSettings<V>): CheckedForm<V> {
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const onItsWay = useRef(false);
  const { send, fieldId = (field: string) => field, validate, initialValues } = settings;

  const form = useForm<V>({
    initialValues,
    ...(validate === undefined ? {} : { validate }),
    validateInputOnChange: failed as NonNullable<
      NonNullable<Parameters<typeof useForm<V>>[0]>['validateInputOnChange']
    >,
  });

  const fail = useCallback(
    (errors: FormErrors) => {
      form.setErrors(errors);
      setFailed((before) => [...new Set([...before, ...Object.keys(errors)])]);
      setAttempt((count) => count + 1);
    },
    [form],
  );

  const sendOnce = async (values: V) => {
    if (onItsWay.current) return;
    onItsWay.current = true;
    setBusy(true);
    try {
      const errors = await send(values);
      if (errors) fail(errors);
    } finally {
      onItsWay.current = false;
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => form.onSubmit(sendOnce, fail)(event);

  const problems = useMemo(
    () =>
      Object.entries(form.errors)
        .filter(([, message]) => Boolean(message))
        .map(([field, message]) => ({
          fieldId: field === 'form' ? undefined : fieldId(field),
          message: typeof message === 'string' ? message : '',
        })),
    [form.errors, fieldId],
  );

  return { form, busy, problems, attempt, onSubmit };
}

/** The API's field errors of a problem, by the name of the field at the top of the body; empty when it has none. */
export function fieldErrorsOf(problem: Failure): Record<string, string> {
  const errors = 'errors' in problem ? (problem.errors ?? []) : [];
  return Object.fromEntries(
    errors
      .filter((item) => item.in === 'body')
      .map((item) => [item.pointer.split('/')[1] ?? 'form', item.detail]),
  );
}
