// Reads what the test runners report and adds it up.

/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped the names of tests that were left out
 * @property {readonly string[]} faults the names of what failed
 */

/** @type {Result} */
export const nothing = { passed: 0, failed: 0, skipped: [], faults: [] };

/**
 * @param {readonly Result[]} results
 * @returns {Result}
 */
export function addUp(results) {
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    skipped: results.flatMap((result) => result.skipped),
    faults: results.flatMap((result) => result.faults),
  };
}

/**
 * One thing that is not a test of a runner: a check, or a runner that broke.
 * @param {string} name
 * @param {boolean} isGood
 * @returns {Result}
 */
export function single(name, isGood) {
  return isGood ? { ...nothing, passed: 1 } : { ...nothing, failed: 1, faults: [name] };
}

/**
 * A runner that ends badly without a failed test has failed all the same: as one more failure.
 * @param {string} name the runner's
 * @param {Result | undefined} result undefined when there is no report
 * @param {number} code the runner's exit code
 * @returns {Result}
 */
export function withExitCode(name, result, code) {
  if (!result) return single(`${name}: ended with code ${code} and no report`, false);
  if (code === 0 || result.failed > 0) return result;
  return addUp([result, single(`${name}: ended with code ${code} though no test failed`, false)]);
}

/**
 * @typedef {{ name: string, status: string, message?: string, assertionResults: { fullName: string, status: string }[] }} VitestFile
 * @param {{ testResults: VitestFile[] }} report vitest's JSON report
 * @returns {Result}
 */
export function fromVitest(report) {
  return addUp(
    report.testResults.map(({ name, status, assertionResults }) => {
      const named = (/** @type {readonly string[]} */ states) =>
        assertionResults.filter((test) => states.includes(test.status)).map((test) => `${name}: ${test.fullName}`);
      const faults = named(['failed']);
      // A file that cannot even be loaded has no tests to fail.
      if (status === 'failed' && faults.length === 0) faults.push(name);
      return {
        passed: named(['passed']).length,
        failed: faults.length,
        skipped: named(['pending', 'skipped', 'todo', 'disabled']),
        faults,
      };
    }),
  );
}

/**
 * @typedef {{ title: string, tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }} PlaywrightSpec
 * @typedef {{ title: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @param {{ suites: PlaywrightSuite[], errors: { message?: string }[] }} report Playwright's JSON report
 * @returns {Result}
 */
export function fromPlaywright(report) {
  const broken = report.errors.map(({ message = 'an error outside of any test' }) => single(message.split('\n')[0] ?? '', false));
  return addUp([...report.suites.map((suite) => fromSuite(suite, [])), ...broken]);
}

/**
 * @param {PlaywrightSuite} suite
 * @param {readonly string[]} above
 * @returns {Result}
 */
function fromSuite(suite, above) {
  const path = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map(({ status }) => {
      const name = [...path, title].join(' › ');
      return status === 'skipped' ? { ...nothing, skipped: [name] } : single(name, status !== 'unexpected');
    }),
  );
  return addUp([...own, ...(suite.suites ?? []).map((inner) => fromSuite(inner, path))]);
}

/** @param {Result} result */
export function closingLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
