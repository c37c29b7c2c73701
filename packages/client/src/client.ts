import {
  type Endpoint,
  type Endpoints,
  endpoints,
  type InputOf,
  type OutputOf,
  type ResumableUpload,
  tusVersion,
} from '@casetalk/contract';
import { type EventSubscription, followEvents, type StreamHandlers } from './events.ts';
import { type AnyInput, type CallOptions, type ClientSettings, headersOf, urlOf } from './request.ts';
import { type ResumableOptions, uploadResumably } from './resumable-upload.ts';
import { failureOf, type Result, unreachable } from './result.ts';
import { type UploadOptions, uploadFile } from './upload.ts';

type JsonEndpoints = {
  [K in keyof Endpoints as Endpoints[K] extends { transfer: string } ? never : K]: Endpoints[K];
};
type UploadId = {
  [K in keyof Endpoints]: Endpoints[K] extends { transfer: 'upload' } ? K : never;
}[keyof Endpoints];
/** Where an upload that can be resumed begins. */
export type ResumableId = 'createTalkResumableUpload' | 'createCaseResumableUpload';
type DownloadId = {
  [K in keyof Endpoints]: Endpoints[K] extends { transfer: 'download' } ? K : never;
}[keyof Endpoints];

type Call<E extends Endpoint> =
  unknown extends InputOf<E>
    ? (input?: Record<string, never>, options?: CallOptions) => Promise<Result<OutputOf<E>>>
    : Partial<InputOf<E>> extends InputOf<E>
      ? (input?: InputOf<E>, options?: CallOptions) => Promise<Result<OutputOf<E>>>
      : (input: InputOf<E>, options?: CallOptions) => Promise<Result<OutputOf<E>>>;

type Calls = { readonly [K in keyof JsonEndpoints]: Call<JsonEndpoints[K]> };

/** The typed client: one function for each operation, named by its operation id. */
export interface Client extends Calls {
  /** Uploads one file as it is read, telling its progress; aborting leaves nothing behind on the server. */
  upload<K extends UploadId>(
    operation: K,
    input: InputOf<Endpoints[K]>,
    file: File,
    options?: UploadOptions,
  ): Promise<Result<OutputOf<Endpoints[K]>>>;
  /**
   * Uploads one file in parts, so that a lost connection only pauses it; aborting removes what has arrived.
   * @returns the finished upload, with the file that it became
   */
  uploadResumably<K extends ResumableId>(
    operation: K,
    input: InputOf<Endpoints[K]>,
    file: File,
    options?: ResumableOptions,
  ): Promise<Result<ResumableUpload>>;
  /** Sends the next bytes of an upload, for whoever looks after its course by other means. */
  appendToUpload(
    resumableUploadId: string,
    offset: number,
    bytes: Blob,
    options?: CallOptions,
  ): Promise<Result<void>>;
  /** The address of a file's bytes, for a link or a download. */
  fileUrl<K extends DownloadId>(operation: K, input: InputOf<Endpoints[K]>): string;
  /** Fetches a file's bytes. */
  download<K extends DownloadId>(
    operation: K,
    input: InputOf<Endpoints[K]>,
    options?: CallOptions & { readonly range?: string },
  ): Promise<Result<Blob>>;
  /** Follows live updates until closed, reconnecting by itself. */
  events(handlers: StreamHandlers): EventSubscription;
}

/**
 * Makes a client of the API.
 * Every call answers a {@link Result}; only an abort by the caller's signal is thrown.
 */
export function createClient(settings: ClientSettings): Client {
  const fetcher: typeof globalThis.fetch = settings.fetch ?? ((input, init) => globalThis.fetch(input, init));

  async function send(url: string, init: RequestInit): Promise<Response | undefined> {
    try {
      return await fetcher(url, { credentials: 'same-origin', ...init });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      return undefined;
    }
  }

  async function call(endpoint: Endpoint, input: AnyInput, options: CallOptions): Promise<Result<unknown>> {
    const headers = headersOf(settings, endpoint, options);
    const init: RequestInit = { method: endpoint.method, headers };
    if (options.signal) init.signal = options.signal;
    if (options.keepalive) init.keepalive = true;
    if (input.body !== undefined) {
      headers.set('content-type', 'application/json');
      init.body = JSON.stringify(input.body);
    }
    const response = await send(urlOf(settings, endpoint, input), init);
    if (!response) return unreachable();
    const text = await response.text().catch(() => undefined);
    if (text === undefined) return unreachable();
    if (!response.ok) return failureOf(response.status, text, response.headers);
    const data: unknown = text === '' ? undefined : JSON.parse(text);
    return { ok: true, status: response.status, data, headers: response.headers };
  }

  const calls = Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [
      name,
      (input: AnyInput = {}, options: CallOptions = {}) => call(endpoint, input, options),
    ]),
  ) as unknown as Calls;

  return {
    ...calls,
    upload: (operation, input, file, options = {}) =>
      uploadFile(settings, endpoints[operation], input as AnyInput, file, options),
    async uploadResumably(operation, input, file, options = {}) {
      const sent = await uploadResumably(settings, endpoints[operation], input as AnyInput, file, options);
      if (!sent.ok) return sent;
      const resumableUploadId = sent.data.slice(sent.data.lastIndexOf('/') + 1);
      return calls.getResumableUpload({ params: { resumableUploadId } }, callOptionsOf(options));
    },
    async appendToUpload(resumableUploadId, offset, bytes, options = {}) {
      const endpoint = endpoints.appendResumableUpload;
      const headers = headersOf(settings, endpoint, options);
      headers.set('content-type', 'application/offset+octet-stream');
      headers.set('tus-resumable', tusVersion);
      headers.set('upload-offset', String(offset));
      const init: RequestInit = { method: 'PATCH', headers, body: bytes, ...callOptionsOf(options) };
      const response = await send(urlOf(settings, endpoint, { params: { resumableUploadId } }), init);
      if (!response) return unreachable();
      if (!response.ok) return failureOf(response.status, await response.text(), response.headers);
      return { ok: true, status: response.status, data: undefined, headers: response.headers };
    },
    fileUrl: (operation, input) => urlOf(settings, endpoints[operation], input as AnyInput),
    async download(operation, input, options = {}) {
      const headers = headersOf(settings, endpoints[operation], options);
      if (options.range) headers.set('range', options.range);
      const init: RequestInit = { headers, ...(options.signal ? { signal: options.signal } : {}) };
      const response = await send(urlOf(settings, endpoints[operation], input as AnyInput), init);
      if (!response) return unreachable();
      if (!response.ok) return failureOf(response.status, await response.text(), response.headers);
      const data = await response.blob().catch(() => undefined);
      return data ? { ok: true, status: response.status, data, headers: response.headers } : unreachable();
    },
    events: (handlers) => followEvents(settings, fetcher, handlers),
  };
}

const callOptionsOf = ({ signal }: CallOptions): { signal?: AbortSignal } => (signal ? { signal } : {});
