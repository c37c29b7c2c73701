import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { securityHeaders } from './security-headers.ts';

test('the web server for containers sends the same headers, on errors too', async () => {
  const file = join(root, 'packages/portal/web-server/security-headers.inc');
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('add_header'));
  const found = lines.map((line) => /^add_header (\S+) "(.*)" always;$/.exec(line)?.slice(1));
  expect(found).toEqual(Object.entries(securityHeaders));
});
