import { useWords } from '@casetalk/portal';
import { Icon, PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { type SignInHandover, useSignInHandover } from '../../app/sign-in-handover.ts';
import classes from './done-screen.module.css';

/** "Your account is ready", and the one button that follows. */
export function DoneScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const { email } = useSignInHandover();
  const handover: SignInHandover = { why: 'ready', ...(email === undefined ? {} : { email }) };
  return (
    <>
      <PageTitle
        title={patient('done.title')}
        service={words('page.service')}
        lead={email === undefined ? patient('done.leadPlain') : patient('done.lead', { email })}
        before={
          <span className={classes.check}>
            <Icon of={IconCircleCheck} size="xl" />
          </span>
        }
      />
      <div>
        <Button component={Link} to={paths.signIn} state={handover}>
          {patient('done.signIn')}
        </Button>
      </div>
    </>
  );
}
