import { schemaResolver } from '@mantine/form';

/** Judges a form's values by one of the contract's schemas, the same by which the API judges them. */
export const judgedBy = (schema: Parameters<typeof schemaResolver>[0]) =>
  schemaResolver(schema, { sync: true });
