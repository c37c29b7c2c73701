/**
 * Resolves once when this process should end: a signal, a closed terminal, or the death of the program that
 * started us (a package manager that was killed outright).
 */
export function untilAskedToStop(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) resolve('parent gone');
    }, 1_000);
    watch.unref();
    // Nobody reads any more: writing on would end us without cleaning up.
    process.stdout.on('error', () => resolve('output closed'));
    process.stderr.on('error', () => resolve('output closed'));
  });
}
