import { randomBytes, randomUUID } from 'node:crypto';
import { median } from '../load/statistics.ts';
import { messageText } from '../world/message-text.ts';
import { benchVault, openText, sealText } from '../world/sealing.ts';
import { asMilliseconds, type Figure, type Row } from './figure.ts';

const messagesOfPage = 50;
const pages = 2000;

/**
 * What sealed texts add to a page of messages: the opening of fifty bodies beside the mere reading of fifty plain ones, on
 * one core and with nothing else to do. Whatever else a page costs is the same for both.
 */
export const sealingFigure: Figure = {
  name: 'sealing',
  async measure(world): Promise<Row[]> {
    const key = benchVault(randomBytes(32).toString('base64')).newKey(randomUUID());
    const text = Buffer.from(messageText);
    const rows = Array.from({ length: messagesOfPage }, () => {
      const id = randomUUID();
      return { id, plain: Buffer.from(text), sealed: sealText(key, 'messages', 'body', id, text) };
    });
    let characters = 0;
    const opened = (): void => {
      for (const { id, sealed } of rows) characters += openText(key, 'messages', 'body', id, sealed).length;
    };
    const read = (): void => {
      for (const { plain } of rows) characters += plain.toString('utf8').length;
    };
    const timed = (page: () => void): number => {
      const start = performance.now();
      page();
      return performance.now() - start;
    };
    world.say('Measuring sealing …');
    const differences: number[] = [];
    for (let page = 0; page < pages; page += 1) differences.push(timed(opened) - timed(read));
    const added = median(differences.slice(pages / 2));
    return [
      {
        figure: 'sealed texts add to a page of 50 messages, p50',
        value: added,
        measured: `${added.toFixed(2)} ms (${characters.toLocaleString('en')} characters opened)`,
        target: { direction: 'at most', floor: 2, goal: 1, write: asMilliseconds },
      },
    ];
  },
};
