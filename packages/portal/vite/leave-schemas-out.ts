import { pathToFileURL } from 'node:url';

interface EndpointFacts {
  readonly method: string;
  readonly path: string;
  readonly idempotent?: boolean;
  readonly transfer?: string;
}

const endpointsFile = /\/packages\/contract\/src\/endpoints\.ts$/;

/**
 * A Vite plugin: puts the table of operations into a portal's bundle without its schemas. A browser needs to know where
 * each operation is, not how the API checks it; this keeps the schema library (35 KB gzipped, and a probe for `eval` that
 * the content security policy reports) out of the first load. The types stay those of the contract.
 */
export function leaveSchemasOut() {
  return {
    name: 'casetalk:leave-schemas-out',
    enforce: 'pre' as const,
    async load(id: string): Promise<string | undefined> {
      const [file = ''] = id.split('?');
      if (!endpointsFile.test(file.replaceAll('\\', '/'))) return undefined;
      const contract = (await import(pathToFileURL(file).href)) as {
        readonly endpoints: Readonly<Record<string, EndpointFacts>>;
      };
      const facts = Object.entries(contract.endpoints).map(
        ([name, { method, path, idempotent, transfer }]) =>
          [name, { method, path, idempotent, transfer }] as const,
      );
      return `export const endpoints = ${JSON.stringify(Object.fromEntries(facts))};`;
    },
  };
}
