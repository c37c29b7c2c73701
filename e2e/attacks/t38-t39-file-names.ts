import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Attack, Tally } from './attack.ts';
import { hostileNames } from './means/file-names.ts';
import { newUploader } from './means/uploads.ts';
import type { Answer } from './means/wire.ts';

/** The smallest of pictures. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const valuesOf = ({ rawHeaders }: Answer, name: string): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);

/** The name that a program reads out of a disposition (RFC 6266): the extended one wins. */
function nameIn(disposition: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decodeURIComponent(extended);
  const plain = /filename=(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition);
  return plain?.[1]?.replaceAll(/\\(.)/g, '$1') ?? plain?.[2];
}

/** Parameters outside of quotation marks that set a name without its extended form. */
const plainNames = (disposition: string): number =>
  disposition
    .replaceAll(/"(?:\\.|[^"\\])*"/g, '""')
    .split(';')
    .filter((part) => /^\s*filename\s*=/i.test(part)).length;

/** Whatever a file is called, what is handed out has one name, which is the one that people see, and no other header. */
export const t38: Attack = {
  id: 'T38',
  title: 'File name: CRLF, quote, bidi, 4 KB, NUL, Unicode',
  async run({ target }) {
    const tally = new Tally();
    const uploader = await newUploader(target);
    const reference = await uploader.try('reference.png', pixel, 'image/png');
    const usual = reference.file && (await uploader.download(reference.file));
    const headerNames = new Set(
      usual?.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
    );
    for (const name of hostileNames) {
      const shown = JSON.stringify(name.toString()).slice(0, 80);
      const { answer, file } = await uploader.try(name, pixel, 'image/png');
      if (!file) {
        tally.held(false, `${shown} was answered with ${answer.status} ${answer.text.slice(0, 120)}`);
        continue;
      }
      const given = await uploader.download(file);
      const dispositions = valuesOf(given, 'content-disposition');
      const [disposition = ''] = dispositions;
      const extra = given.rawHeaders.filter(
        (one, index) => index % 2 === 0 && !headerNames.has(one.toLowerCase()),
      );
      tally.held(
        given.status === 200 &&
          dispositions.length === 1 &&
          plainNames(disposition) <= 1 &&
          nameIn(disposition) === file.name &&
          extra.length === 0 &&
          valuesOf(given, 'set-cookie').length === 0,
        `${shown}: ${given.status} ${dispositions.join(' AND ')} ${extra.join()} beside ${JSON.stringify(file.name)}`,
      );
      // Nothing that turns writing around, breaks lines or leads to another folder is left in what people see.
      tally.held(
        !/[\p{Cc}/\\\u202a-\u202e\u2066-\u2069]/u.test(file.name) && file.name.length <= 255,
        `${shown} is shown as ${JSON.stringify(file.name)}`,
        0,
      );
      await uploader.remove(file);
    }
    tally.note(`${hostileNames.length} names, each back as it is shown`);
    return tally.outcome;
  },
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[a-z]+)?$/;

/** Every file beneath a folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

/** Where bytes are kept has nothing to do with what they are called. */
export const t39: Attack = {
  id: 'T39',
  title: 'Path traversal, overwrite',
  async run({ target }) {
    const tally = new Tally();
    const uploader = await newUploader(target);
    const mark = `escape-${crypto.randomUUID().slice(0, 8)}`;
    const dataDir = dirname(target.filesDir);
    const outside = async (): Promise<string[]> =>
      (await filesBelow(dataDir)).filter(
        (path) => !path.startsWith(target.filesDir) && !/postgres|\.log$/.test(path),
      );
    const before = await outside();
    const keys = await stat(join(dataDir, 'keys.json'));
    const names = [
      `../../${mark}.png`,
      `../../../../../../../../tmp/${mark}.png`,
      `/tmp/${mark}.png`,
      `${dataDir}/${mark}.png`,
      `..\\..\\${mark}.png`,
      `..%2f..%2f${mark}.png`,
      `%2e%2e%2f%2e%2e%2f${mark}.png`,
      `..%c0%af..%c0%af${mark}.png`,
      `....//....//${mark}.png`,
      `files/../../${mark}.png`,
      `~/${mark}.png`,
      `file:///tmp/${mark}.png`,
      '../keys.json',
      '../../keys.json.png',
      `${mark}.png/`,
      `.`,
      `..`,
      `${mark}\u0000.png`,
      `CON/${mark}.png`,
      `incoming/${mark}.png`,
    ];
    for (const name of names) {
      const { answer, file } = await uploader.try(name, pixel, 'image/png');
      tally.held(answer.status < 500, `${name} was answered with ${answer.status}`);
      if (file) {
        const given = await uploader.download(file);
        tally.held(given.bytes.equals(pixel), `${name} gives other bytes back`, 0);
      }
    }
    const now = await outside();
    tally.held(
      now.every((path) => before.includes(path)),
      `Files outside the store: ${now.filter((path) => !before.includes(path)).join(', ')}`,
    );
    const inside = await filesBelow(target.filesDir);
    const named = inside.filter((path) => !uuid.test(basename(path)) && !path.endsWith('.jsonl'));
    tally.held(named.length === 0, `Files that are named by their sender: ${named.slice(0, 3).join(', ')}`);
    for (const path of [`/tmp/${mark}.png`, join(process.cwd(), `${mark}.png`)]) {
      tally.held(
        await stat(path).then(
          () => false,
          () => true,
        ),
        `${path} was written`,
      );
      await rm(path, { force: true });
    }
    tally.held(
      (await stat(join(dataDir, 'keys.json'))).mtimeMs === keys.mtimeMs,
      'The keys’ file was written',
    );
    tally.note(
      `${names.length} names; 0 files outside the store, ${inside.length} inside, each named by a UUID`,
    );
    return tally.outcome;
  },
};
