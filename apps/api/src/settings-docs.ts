import * as z from 'zod';
import { ownerSettingsSchema, settingsSchema } from './settings.ts';

interface Setting {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** As it is written in an environment; empty when there is none. */
  readonly preset: string;
}

/** Every setting, in the order in which they are declared. */
function allSettings(): Setting[] {
  const { OWNER_DATABASE_URL } = ownerSettingsSchema.shape;
  const shape = { ...settingsSchema.shape, OWNER_DATABASE_URL };
  return Object.entries<z.ZodType>(shape).map(([name, schema]) => {
    const without = schema.safeParse(undefined);
    return {
      name,
      description: schema.description ?? innerDescription(schema),
      required: !without.success,
      preset: without.success && without.data !== undefined ? presetText(without.data) : '',
    };
  });
}

/** A description may stand beneath a default. */
const innerDescription = (schema: z.ZodType): string =>
  schema instanceof z.ZodDefault ? ((schema.unwrap() as z.ZodType).description ?? '') : '';

const presetText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

const filesOfSecrets =
  '`SECRETS_FILE` may name a JSON file with `SEALING_KEY`, `PASSWORD_PEPPER` and `VAULT_KEY`, so that keys need not stand in the environment.';

/** The table of settings for docs/settings.md. */
export function settingsPage(): string {
  const rows = allSettings().map(
    ({ name, description, required, preset }) =>
      `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${preset === '' ? '' : `\`${preset}\``} | ${required ? 'yes' : 'no'} |`,
  );
  return `# Settings

All settings are read from the environment when a process starts; one that is missing or wrong stops it and is named. This page is made from \`apps/api/src/settings.ts\` by \`pnpm openapi\`.

| setting | what it is | default | required |
|---|---|---|---|
${rows.join('\n')}

${filesOfSecrets}
`;
}

/** A file to copy to `.env` and to fill in. */
export function environmentExample(): string {
  const entries = allSettings().map(
    ({ name, description, required, preset }) =>
      `# ${description}${required ? '' : ` Default: ${preset === '' ? 'none' : preset}`}\n${required ? '' : '# '}${name}=${preset}\n`,
  );
  return `# Settings of CaseTalk. Copy this file to .env and fill it in; docs/settings.md says more.
# Lines that begin with # and a name stand at their default.

${entries.join('\n')}`;
}
