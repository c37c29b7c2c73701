import { type Endpoint, idempotencyHeader, type Portal, portalHeader } from '@casetalk/contract';
import { newIdempotencyKey } from './idempotency-key.ts';

export interface ClientSettings {
  /** Where the API answers, without a trailing slash; empty for the page's own origin. */
  readonly baseUrl: string;
  /** Which portal's session to use when the API is reached without a portal's web server. */
  readonly portal?: Portal;
  /** Another `fetch`, such as one with a cookie jar. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Names this act, so that sending it again has no second effect. Made up when absent. */
  readonly idempotencyKey?: string;
  /** The version that the change is based on. */
  readonly ifMatch?: number;
  /** The request goes on when the page that made it closes; browsers bound its body to 64 KiB. */
  readonly keepalive?: boolean;
}

/** What callers pass, once the endpoint's own types are forgotten. */
export interface AnyInput {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number | boolean | null | undefined>;
  readonly body?: unknown;
}

/** Fills an endpoint's path and query in. */
export function urlOf(settings: ClientSettings, endpoint: Endpoint, input: AnyInput): string {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const text = query.toString();
  return `${settings.baseUrl}${path}${text === '' ? '' : `?${text}`}`;
}

/** The headers that a call to an endpoint carries, beside those of its body. */
export function headersOf(settings: ClientSettings, endpoint: Endpoint, options: CallOptions): Headers {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (settings.portal) headers.set(portalHeader, settings.portal);
  if (endpoint.idempotent) headers.set(idempotencyHeader, options.idempotencyKey ?? newIdempotencyKey());
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  return headers;
}
