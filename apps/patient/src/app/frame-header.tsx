import { useSession, useWords } from '@casetalk/portal';
import { Icon, Logo, PatientHeader, UnreadBadge } from '@casetalk/ui';
import { UnstyledButton } from '@mantine/core';
import { IconInbox, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { NavLink, useNavigate } from 'react-router';
import { usePatientWords } from '../language/use-patient-words.ts';
import classes from './frame-header.module.css';
import { paths } from './paths.ts';
import { forgetPractice, useShownPractice } from './shown-practice.ts';
import { useUnreadTotal } from './use-unread-total.ts';

/** "(415) 555-0100" as a telephone dials it. */
const dialled = (phone: string): string => phone.replaceAll(/[^\d+]/g, '');

/** Who this is from and how to call them, always; for a signed-in person also the ways around. */
export function FrameHeader() {
  const words = useWords();
  const patient = usePatientWords();
  const practice = useShownPractice();
  const { state } = useSession();
  const name = practice?.name ?? patient('header.inbox');
  return (
    <>
      <PatientHeader
        practiceName={name}
        telephone={practice?.phone}
        telephoneNumber={practice ? dialled(practice.phone) : undefined}
        callLabel={patient('header.call', { practice: name })}
        brand={<Logo name={words('page.service')} />}
      />
      {state.status === 'signedIn' && <SignedInNav />}
    </>
  );
}

function SignedInNav() {
  const words = useWords();
  const patient = usePatientWords();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const unread = useUnreadTotal();

  const leave = async () => {
    await signOut();
    forgetPractice();
    // The sign-in screen stands there already: at an address beside this one it stays, with what is typed into it.
    await navigate(paths.home);
  };

  return (
    <nav className={classes.nav} aria-label={patient('header.nav')}>
      <div className={classes.inner}>
        <NavLink className={classes.link ?? ''} to={paths.inbox}>
          <Icon of={IconInbox} />
          {patient('header.inbox')}
          <UnreadBadge count={unread} text={patient('header.unread', { count: unread })} />
        </NavLink>
        <NavLink className={classes.link ?? ''} to={paths.account}>
          <Icon of={IconUserCircle} />
          {patient('header.account')}
        </NavLink>
        <UnstyledButton className={`${classes.link} ${classes.leave}`} onClick={() => void leave()}>
          <Icon of={IconLogout} />
          {words('page.signOut')}
        </UnstyledButton>
      </div>
    </nav>
  );
}
