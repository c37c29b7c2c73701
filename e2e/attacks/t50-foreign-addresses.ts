import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arranged, type Attack, Tally } from './attack.ts';
import { sowEverywhere } from './means/sowing.ts';
import { comesTrue } from './means/target.ts';

/** The product asks nobody at an address that somebody wrote. */
export const t50: Attack = {
  id: 'T50',
  title: 'SSRF',
  async run({ target, fast }) {
    const tally = new Tally();
    const hits: string[] = [];
    const listener = createServer((request, response) => {
      hits.push(`${request.method} ${request.url} of ${request.headers['user-agent'] ?? 'nobody'}`);
      response.end();
    });
    listener.on('connection', () => hits.push('a connection'));
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve);
    });
    const { port } = listener.address() as AddressInfo;
    try {
      const addresses = [
        `http://127.0.0.1:${port}/inside`,
        `//127.0.0.1:${port}/inside`,
        `https://127.0.0.1:${port}/inside`,
        `http://localhost:${port}/inside`,
        `http://0x7f000001:${port}/inside`,
        `http://2130706433:${port}/inside`,
        `http://[::ffff:127.0.0.1]:${port}/inside`,
        `http://example.com@127.0.0.1:${port}/inside`,
      ].slice(0, fast ? 2 : undefined);
      let asked = 0;
      for (const address of addresses) asked += await sowEverywhere(target, address);
      await comesTrue(() => hits.length > 0, fast ? 1_000 : 5_000);
      tally.held(hits.length === 0, `The listener was asked: ${hits.slice(0, 3).join(', ')}`, asked);
      // The listener hears: silence means something.
      await fetch(`http://127.0.0.1:${port}/control`);
      arranged(hits.length > 0, 'a listener that can be reached');
      tally.note(`${addresses.length} ways to write the address of a listener, in ${asked} requests: 0 hits`);
      return tally.outcome;
    } finally {
      listener.closeAllConnections();
      listener.close();
    }
  },
};
