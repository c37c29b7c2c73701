import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The flags that a package's own start script gives to Node: whoever starts it by another way gives the same. */
export function nodeFlagsOf(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
