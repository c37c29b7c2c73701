/**
 * The same failure without anything that a person typed. The database layer's errors carry the parameters of their
 * statement, and a job's failure is kept and logged: the SQLSTATE and the place are enough to find the cause.
 */
export function quietError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown.');
  const cause = error.cause instanceof Error ? error.cause : error;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  if (typeof code !== 'string') return error.cause ? new Error(error.name) : error;
  const quiet = new Error(
    `The database refused: ${code}${typeof constraint === 'string' ? ` ${constraint}` : ''}`,
  );
  quiet.name = cause.name;
  return quiet;
}
