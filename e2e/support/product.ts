import { type Stack, type StackOptions, startStack } from '@casetalk/local-stack';

/** Where the running product answers. */
export interface Product {
  readonly apiUrl: string;
  readonly clinicianUrl: string;
  readonly patientUrl: string;
  readonly mailroomUrl: string;
  /** The tables' owner, past row-level security: to move time, and to look behind the API. */
  readonly ownerUrl: string;
  readonly logFile: string;
}

/** One network plays all patients, so that what bounds one network is raised to what bounds a town. */
const townSettings = { CODES_PER_NETWORK: '500', CODES_PER_HOUR: '1000', PASSWORD_COST: '10' };

/** Starts the product with its demo data and the mailroom. */
export async function startProduct(
  options: StackOptions = {},
): Promise<{ readonly stack: Stack; readonly product: Product }> {
  const stack = await startStack({ ...options, env: { ...townSettings, ...options.env } });
  const { apiUrl, clinicianUrl, patientUrl, mailroomUrl, ownerUrl, logFile } = stack;
  if (mailroomUrl === undefined) {
    await stack.stop();
    throw new Error('The stories need the mailroom, not the real providers.');
  }
  return { stack, product: { apiUrl, clinicianUrl, patientUrl, mailroomUrl, ownerUrl, logFile } };
}
