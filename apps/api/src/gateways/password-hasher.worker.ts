import { constants, setPriority } from 'node:os';
import bcrypt from 'bcryptjs';
import type { HashTask } from './password-hasher.ts';

// Linux keeps a priority for each thread: hashing gives way to the requests of everybody else. Other systems would lower
// the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** Runs in a worker thread: one hash, or one comparison. */
export default function work(task: HashTask): string | boolean {
  return task.kind === 'hash'
    ? bcrypt.hashSync(task.text, task.cost)
    : bcrypt.compareSync(task.text, task.hash);
}
