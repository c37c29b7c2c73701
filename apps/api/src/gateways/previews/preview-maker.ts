import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';
import { previewLimits } from './preview-limits.ts';

/** A picture that shows a file: WebP, upright, without metadata. */
export interface Preview {
  readonly bytes: Buffer;
  /** How many pages or frames the file has; the preview shows the first. */
  readonly pages: number;
}

/** `unreadable`: broken, too large, or not what it claims to be; `excessive`: its process was ended by a limit. */
export type Refusal = 'unreadable' | 'excessive';

export interface PreviewMaker {
  /**
   * Draws a file in a process of its own, which holds no secret, writes nothing to disk and ends with its first excess.
   * @param source the plain bytes
   * @param signal ends it
   * @returns the picture, or why there is none
   * @throws what the source throws; PreviewsUnavailable when no process could be started
   */
  make(mediaType: string, source: Readable, signal: AbortSignal): Promise<Preview | Refusal>;
}

/** The machine could not start a process: says nothing of the file. */
export class PreviewsUnavailable extends Error {
  override readonly name = 'PreviewsUnavailable';
}

const drawable: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/tiff',
  'image/heic',
  'application/pdf',
]);

/** True for files of which a preview is worth a try. */
export const mayHavePreview = (mediaType: string, size: number): boolean =>
  drawable.has(mediaType) && size <= previewLimits.input;

const program = fileURLToPath(new URL('./preview-process.ts', import.meta.url));

/** How the process answers: a line of JSON, then the picture. */
export interface PreviewHead {
  readonly pages: number;
}

/**
 * The command of one process. The limits are the kernel's where there is a shell to set them: RLIMIT_DATA counts what is
 * written to, not the address space that V8 reserves. Windows has neither; there time and pixels are the limits.
 */
function commandOf(mediaType: string, limits: ProcessLimits): { command: string; args: string[] } {
  const node = [
    '--permission',
    '--allow-fs-read=*',
    '--allow-addons',
    '--max-old-space-size=192',
    '--no-warnings',
    program,
    mediaType,
  ];
  if (process.platform === 'win32') return { command: process.execPath, args: node };
  const { memory, processorSeconds } = limits;
  const capped = `ulimit -d ${memory / 1024}; ulimit -t ${processorSeconds}; ulimit -c 0; exec "$@"`;
  return { command: '/bin/sh', args: ['-c', capped, 'sh', process.execPath, ...node] };
}

/** What one process may take: see {@link previewLimits}. */
export type ProcessLimits = Record<'memory' | 'processorSeconds' | 'time', number>;

/** Makes previews, each in a process of its own. */
export function createPreviewMaker(limits: ProcessLimits = previewLimits): PreviewMaker {
  return { make: (mediaType, source, signal) => run(mediaType, source, signal, limits) };
}

function run(
  mediaType: string,
  source: Readable,
  signal: AbortSignal,
  limits: ProcessLimits,
): Promise<Preview | Refusal> {
  const { command, args } = commandOf(mediaType, limits);
  return new Promise((resolve, reject) => {
    // Nothing of the environment: the settings hold keys.
    const child = spawn(command, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const parts: Buffer[] = [];
    let size = 0;
    const end = (): void => void child.kill('SIGKILL');
    const clock = setTimeout(end, limits.time);
    signal.addEventListener('abort', end);
    const settle = (): void => {
      clearTimeout(clock);
      signal.removeEventListener('abort', end);
      source.destroy();
    };

    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > previewLimits.output) end();
      else parts.push(part);
    });
    child.on('error', (cause) => {
      settle();
      reject(new PreviewsUnavailable('No process could be started to draw a preview.', { cause }));
    });
    child.on('close', (code) => {
      settle();
      if (signal.aborted) reject(new PreviewsUnavailable('Drawing a preview was ended.'));
      else if (code === 0) resolve(previewIn(Buffer.concat(parts)) ?? 'unreadable');
      // The program itself ends with 1; anything else was done to it.
      else resolve(code === 1 ? 'unreadable' : 'excessive');
    });
    source.on('error', (error) => {
      end();
      reject(error);
    });
    // The process may end before it has read everything: that is its answer, not a failure.
    child.stdin.on('error', () => undefined);
    source.pipe(child.stdin);
  });
}

/** What the process answered, believed only as far as it is well-formed. */
function previewIn(answer: Buffer): Preview | undefined {
  const line = answer.indexOf('\n');
  if (line === -1) return undefined;
  const bytes = answer.subarray(line + 1);
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  const pages = Number(/^\{"pages":(\d{1,6})\}$/.exec(answer.toString('latin1', 0, line))?.[1]);
  return isWebp && pages > 0 ? { bytes, pages } : undefined;
}
