import type { Page } from 'playwright';
import { launchBrowser } from '../support/browser.ts';
import { arranged, type Attack, Tally } from './attack.ts';
import { type Misdeeds, open, takeOver, watchMisdeeds } from './means/browsing.ts';
import { upload } from './means/caller.ts';
import { newPair, openCase, type Pair, say } from './means/cast.ts';
import { scriptPayloads } from './means/scripts.ts';
import type { Target } from './means/target.ts';
import { dataOf } from './means/wire.ts';

const pairsOf = (payloads: readonly string[]): [string, string][] =>
  payloads.flatMap((payload, index) =>
    index % 2 === 0 ? [[payload, payloads[index + 1] ?? payload] as [string, string]] : [],
  );

/** Puts every payload wherever people write: names, titles, descriptions, messages, names of files. */
async function plant({ doctor, patient, talkId, caseId }: Pair, payloads: readonly string[]): Promise<void> {
  const couples = pairsOf(payloads);
  for (const [patientName, title] of couples)
    await openCase(doctor, { patientName, title, description: title });
  for (const [index, couple] of couples.entries()) {
    await say(index % 2 === 0 ? doctor : patient, talkId, couple.join('\n'));
    await doctor.send('POST', `/v1/cases/${caseId}/doctor-talk/messages`, { text: couple.join('\n') });
  }
  for (let start = 0; start < payloads.length; start += 10) {
    const ids: string[] = [];
    for (const payload of payloads.slice(start, start + 10)) {
      const name = `${payload.replaceAll('"', '%22')}.txt`;
      const sent = await upload(patient, `/v1/talks/${talkId}/uploads`, { name, content: payload });
      // A file that is refused for its content comes again with a harmless one: here its name matters.
      const kept =
        sent.status === 201
          ? sent
          : await upload(patient, `/v1/talks/${talkId}/uploads`, { name, content: 'Hello' });
      ids.push((dataOf(kept) as { id: string }).id);
    }
    await say(patient, talkId, '', ids);
    for (const id of ids) dataOf(await doctor.send('POST', `/v1/attachments/${id}/share`));
  }
}

/** Opens a page, waits until it has said everything, and touches what is there. */
async function visit(
  page: Page,
  path: string,
  misdeeds: Misdeeds,
  tally: Tally,
  payloads: number,
): Promise<void> {
  const stands = await open(page, path).then(
    () => true,
    () => false,
  );
  await page.mouse.move(400, 300);
  await page.mouse.wheel(0, -20_000);
  await page.keyboard.press('Tab');
  const found = misdeeds.take();
  tally.held(found.length === 0, `${path}: ${found.slice(0, 3).join(' | ')}`, payloads);
  arranged(stands || found.length > 0, `${path} with something on it`);
}

/** What people write is shown as what they wrote, in both portals. */
export const t35: Attack = {
  id: 'T35',
  title: 'XSS steals session or PHI',
  async run({ target, fast }) {
    const tally = new Tally();
    const payloads = fast ? scriptPayloads.slice(0, 20) : scriptPayloads;
    const pair = await newPair(target, {
      patientName: '<img src=x onerror=alert(0)>',
      title: '"><script>alert(0)</script>',
    });
    await plant(pair, payloads);
    const browser = await launchBrowser();
    try {
      for (const side of ['clinician', 'patient'] as const)
        await lookAround(browser, target, pair, side, tally, payloads);
    } finally {
      await browser.close();
    }
    tally.note(
      `${payloads.length} payloads in names, titles, messages and file names: no dialog, no foreign request`,
    );
    return tally.outcome;
  },
};

async function lookAround(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  target: Target,
  { doctor, patient, caseId, talkId }: Pair,
  side: 'clinician' | 'patient',
  tally: Tally,
  payloads: readonly string[],
): Promise<void> {
  const url = side === 'clinician' ? target.clinicianUrl : target.patientUrl;
  const context = await browser.newContext({ baseURL: url });
  await takeOver(context, side === 'clinician' ? doctor : patient, url);
  const misdeeds = watchMisdeeds(context, [url]);
  const page = await context.newPage();
  const paths =
    side === 'clinician'
      ? [
          '/cases',
          `/cases/${caseId}`,
          `/cases/${caseId}/patient-talk`,
          `/cases/${caseId}/doctor-talk`,
          `/cases/${caseId}/attachments`,
          ...payloads.slice(0, 5).map((payload) => `/cases?search=${encodeURIComponent(payload)}`),
        ]
      : [
          '/',
          '/inbox',
          `/inbox/${talkId}`,
          ...payloads.slice(0, 5).map((payload) => `/${encodeURIComponent(payload)}`),
        ];
  for (const path of paths) await visit(page, path, misdeeds, tally, payloads.length);
  if (tally.successes > 0) return;
  // The payload stood on the page, as words: else nothing was proved.
  await open(page, side === 'clinician' ? `/cases/${caseId}/patient-talk` : `/inbox/${talkId}`);
  const words = await page.getByRole('main').first().innerText();
  const unseen = payloads.filter((payload) => !words.includes(payload));
  arranged(unseen.length === 0, `a page that shows ${unseen.length} more payloads, such as ${unseen[0]}`);
  await context.close();
}
