import {
  answerOf,
  api,
  ChangePassword,
  LanguagePicker,
  LookSettings,
  NoticeSettings,
  Passkeys,
  Reauthentication,
  SignedInPlaces,
  usePatientMe,
  useSession,
  useWords,
} from '@casetalk/portal';
import { PageTitle, Panel } from '@casetalk/ui';
import type { Language } from '@casetalk/contract';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './account-screen.module.css';

/** Who one is here, how one signs in, the devices, the language and the colors. */
export function AccountScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const me = usePatientMe();
  const { look } = useSession();
  const keepLanguage = useMutation({
    mutationFn: (language: Language) => answerOf(api.updateMe({ body: { language } })),
    onSuccess: look,
  });

  return (
    <Reauthentication>
      <PageTitle title={patient('account.title')} service={words('page.service')} />
      <Panel title={patient('account.person')}>
        <dl className={classes.facts}>
          {me.name !== '' && <Fact name={patient('account.name')} value={me.name} />}
          <Fact name={patient('account.email')} value={me.email}>
            <Link to={paths.emailChange}>{patient('account.email.change')}</Link>
          </Fact>
          <Fact
            name={patient('account.phone')}
            value={patient('account.phone.ending', { hint: me.phoneHint })}
          >
            <Link to={paths.phoneChange}>{patient('account.phone.change')}</Link>
          </Fact>
        </dl>
        <p className={classes.note}>{patient('account.change')}</p>
      </Panel>
      <Panel title={words('account.language.title')}>
        <p className={classes.note}>{words('account.language.legend')}</p>
        <div>
          <LanguagePicker onChosen={(language) => keepLanguage.mutate(language)} />
        </div>
      </Panel>
      <NoticeSettings />
      <Panel title={patient('account.seen')}>
        <p className={classes.note}>{patient('account.seen.detail')}</p>
        <p>
          <Link to={paths.seen}>{words('access.titleAll')}</Link>
        </p>
      </Panel>
      <Passkeys />
      <ChangePassword />
      <SignedInPlaces />
      <LookSettings />
    </Reauthentication>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  /** The way to change it. */
  readonly children?: ReactNode;
}

function Fact({ name, value, children }: FactProps) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.value}>{value}</span>
        {children}
      </dd>
    </div>
  );
}
