// The alert rules: each is about something that is measured, says what to do, fires when it should and is quiet when not. Rules Y10 and Y11.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { RecordingEndReason } from '../../../server/contract/reasons.ts';
import { SpaceLevel } from '../../../server/contract/recording-keeping.ts';
import { refusalStatus } from '../../../server/contract/reply.ts';
import { TroubleKind } from '../../../server/contract/situation.ts';
import { askedIn, faultsOf, metricsThatAre } from '../../../test/support/promql.ts';
import { findPromtool } from '../../setup/steps/promtool.mjs';

const folder = import.meta.dirname;
const root = join(folder, '../../..');
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Auditoria[A-Z][A-Za-z]+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string().min(20), action: z.string().min(40) }),
        }),
      ),
    }),
  ),
});
const Tests = z.object({ tests: z.array(z.object({ name: z.string() })) });

const rules = Rules.parse(read('alerts.yml')).groups.flatMap((group) => group.rules);
const promtool = findPromtool(process.env);

test.each(rules)('Y10 $alert asks for what is measured', async ({ expr }) => {
  expect(faultsOf(expr, await metricsThatAre())).toEqual([]);
});

/** Of labels whose values are a closed list. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  outcome: [...Object.keys(refusalStatus), 'ok', 'ignored', 'refused', 'away', 'no-way'],
  reason: RecordingEndReason.options,
  level: SpaceLevel.options,
  kind: TroubleKind.options,
  what: ['participant', 'room', 'track', 'recording'],
};

test('Y10 where a label has a closed list of values, alerts ask for values on it', () => {
  const matchers = rules.flatMap(({ expr }) => askedIn(expr)).flatMap((asked) => asked.matchers);
  const unknown = matchers.flatMap(({ label, values }) => values.filter((value) => valuesOf[label]?.includes(value) === false));
  expect(unknown).toEqual([]);
});

test('Y11 each alert has a test in which it fires, and one in which it is quiet', () => {
  const names = Tests.parse(read('alerts.test.yml')).tests.map(({ name }) => name.split(':')[0]);
  expect(names.toSorted()).toEqual(rules.flatMap(({ alert }) => [`${alert} fires`, `${alert} is quiet`]).toSorted());
});

test('Y11 what alerts quote is there: messages of the log, words of the pages, titles of the dashboard', () => {
  const sources = globSync('server/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  const texts = [...sources, ...globSync('client/i18n/en/*.json', { cwd: root }), 'config/deploy/monitoring/dashboard.json'];
  const all = texts.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
  const quoted = rules.flatMap(({ annotations }) => [...annotations.action.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words));
  expect(quoted.length).toBeGreaterThan(10);
  expect(quoted.filter((words) => !all.includes(`'${words}`) && !all.includes(`"${words}"`))).toEqual([]);
});

test('no two alerts have one name', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
});

test.skipIf(promtool === undefined)(
  'Y11 promtool finds each alert firing when it should, and quiet when not (skipped where promtool is missing)',
  () => {
    const run = (...args: string[]) => execFileSync(promtool ?? '', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(run('check', 'config', 'prometheus.yml')).toContain(`${rules.length} rules found`);
    expect(run('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
  },
  60_000,
);
