/** Variables of the environment by name, as the operating system hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment this process was started in; everything else here is handed its settings. */
export function inheritedEnvironment(): Environment {
  return process.env;
}

/** Loads `.env` of a folder into the environment; variables that are set already win. */
export function loadDotEnv(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
