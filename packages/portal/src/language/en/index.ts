import { access } from './access.ts';
import { page } from './page.ts';
import { problems } from './problems.ts';
import { signingIn } from './signing-in.ts';
import { talk } from './talk.ts';
import { verification } from './verification.ts';

/** Everything that both portals say, in English. */
export const en = { ...access, ...page, ...problems, ...signingIn, ...verification, ...talk };
