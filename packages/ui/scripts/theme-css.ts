import { writeFile } from 'node:fs/promises';
import { staticCss } from '../src/theme/static-css.ts';

/** Writes `src/theme/theme.css` from the tokens. Run it after a change of tokens: `pnpm theme`. */
await writeFile(new URL('../src/theme/theme.css', import.meta.url), staticCss());
