import { inheritedEnvironment } from '../settings.ts';
import { buildPortalServer, type PortalServerOptions } from './portal-server.ts';

/** What the process is told in the variable PORTALS, as JSON. */
export interface PortalToServe extends PortalServerOptions {
  readonly port: number;
}

const portals = JSON.parse(inheritedEnvironment()['PORTALS'] ?? '[]') as readonly PortalToServe[];
const servers = portals.map(({ port, ...options }) => ({ port, server: buildPortalServer(options) }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(servers.map(({ server }) => server.close())).then(() => process.exit(0));
  });
}

await Promise.all(servers.map(({ port, server }) => server.listen({ port, host: '127.0.0.1' })));
