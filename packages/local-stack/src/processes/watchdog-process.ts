import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { groupLives, signalGroup } from './groups.ts';

const GRACE_MS = 8_000;
const groups = new Map<number, NodeJS.Signals>();
const folders = new Set<string>();
let isDismissed = false;

function obey(line: string): void {
  const [word, subject, signal] = JSON.parse(line) as [string, string | number, NodeJS.Signals];
  if (word === 'guard') groups.set(Number(subject), signal);
  else if (word === 'release') groups.delete(Number(subject));
  else if (word === 'discard') folders.add(String(subject));
  else if (word === 'keep') folders.delete(String(subject));
  else if (word === 'dismiss') isDismissed = true;
}

async function cleanUp(): Promise<void> {
  for (const [pid, signal] of groups) signalGroup(pid, signal);
  const giveUpAt = Date.now() + GRACE_MS;
  const anyoneLives = () => [...groups.keys()].some(groupLives);
  while (anyoneLives() && Date.now() < giveUpAt) await delay(50);
  for (const pid of groups.keys()) signalGroup(pid, 'SIGKILL');
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

// Ctrl-C reaches whole groups and a closed terminal whole sessions: the watchdog outlasts both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', obey);
lines.on('close', () => {
  if (!isDismissed) void cleanUp();
});
