// The sum of what the test runners report.
import { expect, test } from 'vitest';
import { addUp, closingLine, fromPlaywright, fromVitest, nothing, single, withExitCode } from './results.mjs';

const file = (name: string, status: string, tests: Record<string, string>) => ({
  name,
  status,
  assertionResults: Object.entries(tests).map(([fullName, state]) => ({ fullName, status: state })),
});

test('passed and failed tests are counted, skipped ones are named', () => {
  const report = { testResults: [file('a', 'failed', { one: 'passed', two: 'failed', three: 'pending', four: 'todo' })] };
  expect(fromVitest(report)).toEqual({ passed: 1, failed: 1, skipped: ['a: three', 'a: four'], faults: ['a: two'] });
});

test('a file that cannot be loaded counts as one failure', () => {
  expect(fromVitest({ testResults: [file('a', 'failed', {})] })).toEqual({ ...nothing, failed: 1, faults: ['a'] });
});

test('tests in nested Playwright suites are found, and errors outside of tests count', () => {
  const report = {
    suites: [
      {
        title: 'class.test.ts',
        specs: [{ title: 'opens', tests: [{ status: 'expected' as const }] }],
        suites: [
          {
            title: 'teacher',
            specs: [
              { title: 'mutes', tests: [{ status: 'unexpected' as const }] },
              { title: 'waits', tests: [{ status: 'skipped' as const }] },
            ],
          },
        ],
      },
    ],
    errors: [{ message: 'no browser\nat somewhere' }],
  };
  expect(fromPlaywright(report)).toEqual({
    passed: 1,
    failed: 2,
    skipped: ['class.test.ts › teacher › waits'],
    faults: ['class.test.ts › teacher › mutes', 'no browser'],
  });
});

test('a runner that breaks without a report is a failure', () => {
  expect(withExitCode('vitest', undefined, 139).failed).toBe(1);
});

test('a runner that ends badly though every test passed is a failure', () => {
  expect(withExitCode('vitest', { ...nothing, passed: 3 }, 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('a runner whose tests failed is not counted twice', () => {
  const result = single('a test', false);
  expect(withExitCode('vitest', result, 1)).toBe(result);
});

test('the closing line is the sum', () => {
  expect(closingLine(addUp([single('a', true), single('b', true), single('c', false)]))).toBe('2 passed, 1 failed');
});
