import { chown, cp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../attacks/world.ts';
import { arranged } from '../fault.ts';
import type { Ground } from '../ground.ts';

/** Puts PostgreSQL's log of changes into another folder, as `initdb --waldir` would have. @param to made and owned by this */
export async function moveWal(ground: Ground, world: World, to: string): Promise<void> {
  const { databaseServer } = world.stack;
  arranged(databaseServer !== undefined, 'a PostgreSQL of the product’s own');
  const from = join(databaseServer.folder, 'pg_wal');
  await ground.restartDatabase(world, 'fast', async () => {
    const { uid, gid } = await stat(databaseServer.folder);
    await cp(from, to, { recursive: true });
    for (const name of ['', ...(await readdir(to))]) await chown(join(to, name), uid, gid);
    await rm(from, { recursive: true });
    await symlink(to, from);
  });
}
