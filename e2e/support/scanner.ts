import { startClamdStandIn } from '@casetalk/local-stack';
import { localMalware, startClamd } from '../attacks/means/clamd.ts';
import { note, type TestFile } from './pictures.ts';

/** What looks for malware in a story. */
export interface Scanner {
  /** As the setting CLAMD_ADDRESS wants it. */
  readonly address: string;
  /** From now on it says nothing of what it is shown, until it goes on. */
  hold(): void;
  goOn(): void;
  close(): Promise<void>;
}

/** A file that the scanner of the stories finds harmful, and nobody else does. */
export const harmfulFile = (name: string): TestFile => note(name, `Readings of the week. ${localMalware}.`);

/** clamd with a signature of its own where it is installed, else what speaks as clamd does and knows the same signature. */
export async function startScanner(): Promise<Scanner> {
  const clamd = await startClamd();
  if (clamd) {
    const { socket, pause, resume, close } = clamd;
    return { address: `unix:${socket}`, hold: pause, goOn: resume, close };
  }
  console.error('clamd is not installed: a stand-in that speaks its protocol takes its place in this story.');
  let held = Promise.withResolvers<void>();
  held.resolve();
  const standIn = await startClamdStandIn(async (file) => {
    await held.promise;
    return file.includes(localMalware) ? 'stream: Test.Local FOUND' : 'stream: OK';
  });
  return {
    address: standIn.address,
    hold: () => {
      held = Promise.withResolvers<void>();
    },
    goOn: () => held.resolve(),
    close: standIn.close,
  };
}
