import { launchBrowser } from '../support/browser.ts';
import { type Attack, Tally } from './attack.ts';
import { activeTypes, lies } from './means/active-files.ts';
import { takeOver, watchMisdeeds } from './means/browsing.ts';
import { newUploader, type Uploaded } from './means/uploads.ts';
import type { Answer } from './means/wire.ts';

/** What keeps a browser from showing or running what it is given. */
function isInert({ headers }: Answer): boolean {
  const policy = String(headers['content-security-policy'] ?? '');
  return (
    /^attachment\b/.test(String(headers['content-disposition'])) &&
    headers['x-content-type-options'] === 'nosniff' &&
    policy.includes("default-src 'none'") &&
    /(?:^|;)\s*sandbox\s*(?:;|$)/.test(policy) &&
    headers['cross-origin-resource-policy'] === 'same-origin' &&
    !/html|svg|xml|script|css/i.test(String(headers['content-type']))
  );
}

/** Files that run are refused; those that look like plain text are handed out so that nothing runs them. */
export const t37: Attack = {
  id: 'T37',
  title: 'SVG/HTML/XML stored XSS',
  async run({ target, fast }) {
    const tally = new Tally();
    const uploader = await newUploader(target);
    const types = fast ? activeTypes.slice(0, 12) : activeTypes;
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ acceptDownloads: true });
      await takeOver(context, uploader.pair.patient, target.patientUrl);
      const misdeeds = watchMisdeeds(context, [target.patientUrl]);
      const page = await context.newPage();
      let refused = 0;
      let inert = 0;
      const look = async (file: Uploaded, name: string): Promise<void> => {
        const answer = await uploader.download(file);
        tally.held(isInert(answer), `${name} is served as ${JSON.stringify(answer.headers)}`);
        // A download ends the navigation with an error; a page that opens is what must not happen.
        const opened = await page
          .goto(`${target.patientUrl}/v1/attachments/${file.id}/content`)
          .then(() => true)
          .catch(() => false);
        const found = misdeeds.take();
        tally.held(!opened && found.length === 0, `${name} was opened in the browser: ${found.join(' | ')}`);
        inert += 1;
        await uploader.remove(file);
      };
      for (const type of types) {
        for (const lie of lies) {
          const name = lie.name(type);
          const { answer, file } = await uploader.try(name, type.content, lie.type(type));
          if (file) {
            await look(file, name);
            continue;
          }
          refused += 1;
          tally.held(answer.status === 415, `${name} was answered with ${answer.status}`);
        }
      }
      tally.note(
        `${types.length * lies.length} active files: ${refused} refused, ${inert} plain texts served inert; 0 executed`,
      );
    } finally {
      await browser.close();
    }
    return tally.outcome;
  },
};
