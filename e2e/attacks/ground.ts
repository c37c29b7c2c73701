import { type StackOptions, startTestServer } from '@casetalk/local-stack';

/**
 * Does something on a PostgreSQL server of its own, with a migrated database to copy, and removes the server afterwards.
 * @param say hears what is being started
 */
export async function withGround<T>(
  say: (line: string) => void,
  act: (database: NonNullable<StackOptions['database']>) => Promise<T>,
): Promise<T> {
  const { adminUrl, template, stop } = await startTestServer(say);
  try {
    return await act({ adminUrl, template });
  } finally {
    await stop();
  }
}
