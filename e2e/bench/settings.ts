/** What a process needs to run at all, from the environment that this one was started in. */
export function inheritedEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}
