import { api, looksLikeLinkToken, problemWords, takeLinkToken, useSession, useWords } from '@casetalk/portal';
import { ErrorSummary, PageTitle, SubmitButton } from '@casetalk/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** The link that was sent to a new address. Opening it changes nothing; pressing the button does. */
export function EmailConfirmationScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const { look } = useSession();
  const [token] = useState(takeLinkToken);
  const [state, setState] = useState<'asking' | 'busy' | 'done' | 'unusable'>(
    token !== null && looksLikeLinkToken(token) ? 'asking' : 'unusable',
  );
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(0);

  const confirm = async () => {
    if (token === null || state === 'busy') return;
    setState('busy');
    setProblem('');
    const result = await api.confirmEmailChange({ body: { token } });
    if (result.ok) {
      setState('done');
      void look();
    } else if (result.problem.code === 'link-unusable') {
      setState('unusable');
    } else {
      setState('asking');
      setProblem(problemWords(words, result.problem));
      setAttempt((count) => count + 1);
    }
  };

  if (state === 'done' || state === 'unusable') {
    return (
      <>
        <PageTitle
          title={patient(`contact.confirm.${state}`)}
          service={words('page.service')}
          lead={patient(`contact.confirm.${state}Lead`)}
        />
        <p>
          <Link to={paths.account}>{patient('contact.back')}</Link>
        </p>
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={patient('contact.confirm.title')}
        service={words('page.service')}
        prefix={problem === '' ? undefined : words('page.errorPrefix')}
        lead={patient('contact.confirm.lead')}
      />
      <ErrorSummary
        title={words('page.problem')}
        items={problem === '' ? [] : [{ message: problem }]}
        attempt={attempt}
      />
      <div>
        <SubmitButton
          type="button"
          busy={state === 'busy'}
          busyLabel={words('page.saving')}
          onClick={() => void confirm()}
        >
          {patient('contact.confirm.submit')}
        </SubmitButton>
      </div>
    </>
  );
}
