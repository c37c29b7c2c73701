import bcrypt from 'bcryptjs';
import type { HashTask } from './password-hasher.ts';

/** Runs in a worker thread: one hash, or one comparison. */
export default function work(task: HashTask): string | boolean {
  return task.kind === 'hash'
    ? bcrypt.hashSync(task.text, task.cost)
    : bcrypt.compareSync(task.text, task.hash);
}
