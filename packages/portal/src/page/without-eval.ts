/** Where zod looks for its configuration, in every copy of it; its own types do not name the place. */
const zodConfig = '__zod_globalConfig';

interface WithZodConfig {
  [zodConfig]?: { jitless?: boolean };
}

/**
 * zod tries `new Function` as soon as it makes a schema. A page under our Content-Security-Policy may not, and each try is
 * reported as a violation. Call this in the first file of a portal: the schemas are made when their file is loaded.
 */
export function withoutEval(): void {
  const place = globalThis as WithZodConfig;
  place[zodConfig] = { ...place[zodConfig], jitless: true };
}
