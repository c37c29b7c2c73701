/** What making one preview may take. Whatever needs more has none, and is downloaded instead. */
export const previewLimits = {
  /** The longest side of a preview, in pixels. */
  side: 1600,
  /** A file larger than this, in bytes, is not drawn. */
  input: 64 * 1024 * 1024,
  /** What a picture may declare, in pixels: cameras of telephones reach fifty million. */
  pixels: 100_000_000,
  /** The memory that the process may write to, in bytes: half of it is Node’s own, a telephone’s largest HEIC takes the rest. */
  memory: 1536 * 1024 * 1024,
  /** Processor time, in seconds. */
  processorSeconds: 15,
  /** Time by the clock, in milliseconds: a machine that is busy draws more slowly. */
  time: 30_000,
  /** What a process may answer with, in bytes. */
  output: 8 * 1024 * 1024,
} as const;
