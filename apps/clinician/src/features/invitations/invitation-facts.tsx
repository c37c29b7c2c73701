import type { Invitation } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { ExactTime } from '@casetalk/ui';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './invitation-facts.module.css';

/** A number as people read it: North American ones in groups, others as they are. */
const readable = (number: string): string => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');

/** What the invitation says of itself: to whom, when, in which language, with which numbers. */
export function InvitationFacts({ invitation }: { readonly invitation: Invitation }) {
  const t = useClinicianWords();
  const language = useLanguage();
  const numbers = [invitation.mobile, invitation.landline].filter((number) => number !== null);
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('invitations.panel.to')}</dt>
        <dd>{invitation.email}</dd>
      </div>
      <div>
        <dt>{t('invitations.panel.numbers')}</dt>
        <dd>{numbers.length === 0 ? t('invitations.panel.noNumbers') : numbers.map(readable).join(', ')}</dd>
      </div>
      <div>
        <dt>{t('invitations.panel.language')}</dt>
        <dd>{t(`invitations.form.languageOf.${invitation.language}`)}</dd>
      </div>
      <div>
        <dt>{t('invitations.panel.invitedOn')}</dt>
        <dd>
          <ExactTime value={invitation.createdAt} language={language} />
        </dd>
      </div>
    </dl>
  );
}
