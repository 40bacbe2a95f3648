// The Grafana dashboard: fits Grafana's model, is laid out without overlaps, and asks only for what there is. Rules Y10 and Y12.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { GrafanaDashboard, graphsOf } from '../../../test/support/grafana.ts';
import { askedIn, faultsOf, metricsThatAre } from '../../../test/support/promql.ts';
import { findPromtool } from '../../setup/steps/promtool.mjs';
import { dashboardText } from './dashboard.ts';

const text = readFileSync(join(import.meta.dirname, 'dashboard.json'), 'utf8');
const dashboard = GrafanaDashboard.parse(JSON.parse(text));
const graphs = graphsOf(dashboard);
const promtool = findPromtool(process.env);
const expressions = graphs.flatMap(({ title, targets }) => targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })));

test('dashboard.json is what dashboard.ts says (node config/deploy/monitoring/dashboard.ts writes it)', () => {
  expect(text).toBe(dashboardText());
});

test('Y12 no panel lies upon another, and none has the number of another', () => {
  const all = [...dashboard.panels, ...dashboard.panels.flatMap((one) => (one.type === 'row' ? one.panels : []))];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const cells = all.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

test.each(expressions)('Y10 $title asks for what is measured: $expr', async ({ expr, legendFormat }) => {
  const known = await metricsThatAre();
  expect(faultsOf(expr, known)).toEqual([]);
  const labels = askedIn(expr).flatMap(({ metric }) => known.get(metric) ?? []);
  const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
  expect(named.filter((label) => !labels.includes(label))).toEqual([]);
});

test.skipIf(promtool === undefined)('promtool reads every expression (skipped where it is missing)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'auditoria-dashboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rules = expressions.map(({ expr }, index) => ({ record: `shown:${index}`, expr: expr.replaceAll('$__rate_interval', '5m') }));
  writeFileSync(join(folder, 'rules.yml'), stringify({ groups: [{ name: 'dashboard', rules }] }));
  const said = execFileSync(promtool ?? '', ['check', 'rules', join(folder, 'rules.yml')], { encoding: 'utf8', stdio: 'pipe' });
  expect(said).toContain(`${expressions.length} rules found`);
});

test('Y10 its variables and its marks ask for what is measured', async () => {
  const known = await metricsThatAre();
  const asked = [
    ...dashboard.annotations.list.map(({ expr }) => expr),
    ...dashboard.templating.list.flatMap((one) => (one.type === 'query' ? [one.definition] : [])),
  ];
  for (const expr of asked) expect(faultsOf(expr, known)).toEqual([]);
});

test('every variable that is asked by exists', () => {
  const variables = [...dashboard.templating.list.map(({ name }) => name), '__rate_interval'];
  const used = [...text.matchAll(/\$\{?(\w+)\}?/g)].map(([, name = '']) => name).filter((name) => name !== '__all');
  expect([...new Set(used)].filter((name) => !variables.includes(name))).toEqual([]);
});

test('Y12 whatever is measured of our own is shown somewhere', async () => {
  const shown = new Set(expressions.flatMap(({ expr }) => askedIn(expr).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, ''))));
  const measured = [...(await metricsThatAre()).keys()].filter((name) => name.startsWith('auditoria_'));
  expect(measured.map((name) => name.replace(/_(bucket|sum|count)$/, '')).filter((name) => !shown.has(name))).toEqual([]);
});

test('the schema finds what Grafana would stumble over', () => {
  const fitsAfter = (change: (raw: { panels: object[] }) => void) => {
    const raw = JSON.parse(text);
    change(raw);
    return GrafanaDashboard.safeParse(raw).success;
  };
  expect(fitsAfter(() => undefined)).toBe(true);
  expect(fitsAfter(({ panels }) => void panels.splice(1, 1, { gridPos: { w: 25 } }))).toBe(false);
  expect(fitsAfter((raw) => Object.assign(raw, { schemaVersion: '38' }))).toBe(false);
  expect(fitsAfter((raw) => Object.assign(raw, { widgets: [] }))).toBe(false);
});
