import { access } from './access.ts';
import { page } from './page.ts';
import { problems } from './problems.ts';
import { secondFactor } from './second-factor.ts';
import { signingIn } from './signing-in.ts';
import { talk } from './talk.ts';
import { unsubscribe } from './unsubscribe.ts';
import { verification } from './verification.ts';

/** Everything that both portals say, in Spanish. */
export const es = {
  ...access,
  ...access,
  ...page,
  ...problems,
  ...signingIn,
  ...secondFactor,
  ...unsubscribe,
  ...verification,
  ...talk,
};
