/** The parts of vitest's JSON report that the verdict is made from. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Skipped, by `skip`, `only` elsewhere or a condition. */
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files that failed before any of their tests ran. */
  readonly brokenFiles: readonly string[];
}

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
  readonly remarks: readonly string[];
}

/** Counts tests of a report; without a report nothing has run. */
export function countResults(report: Report | undefined): Counts {
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0, brokenFiles: [] };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    brokenFiles: broken.map(({ name }) => name),
  };
}

/**
 * What to tell at the end. A skipped test proves nothing, a file that does not load hides its tests, and an error
 * outside any test is an error: each counts as failed.
 */
export function verdictOf({ passed, failed, skipped, brokenFiles }: Counts, exitCode: number): Verdict {
  const remarks = brokenFiles.map((file) => `${file} could not be run.`);
  if (skipped > 0) remarks.push(`${skipped} skipped: a skipped test counts as failed.`);
  let all = failed + skipped + brokenFiles.length;
  if (passed + all === 0) {
    remarks.push('No test has run.');
    all = 1;
  } else if (exitCode !== 0 && all === 0) {
    remarks.push(`An error happened outside the tests (vitest ended with ${exitCode}); it counts as failed.`);
    all = 1;
  }
  return { passed, failed: all, remarks };
}
