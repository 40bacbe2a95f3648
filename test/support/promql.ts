// Reads from a PromQL expression which metrics it asks for, and by which labels, so that tests can see whether there are any such.
import { Metrics } from '../../server/monitoring/metrics/metrics.ts';
import { nothingRead } from '../../server/monitoring/metrics/testing.ts';

export interface Asked {
  readonly metric: string;
  /** Those that it is narrowed by, with the values that are asked for; a regular expression's parts are split. */
  readonly matchers: readonly { readonly label: string; readonly values: readonly string[] }[];
}

const string = /"(?:[^"\\]|\\.)*"/g;
const selector = /\b((?:auditoria|process|nodejs)_\w+|up)\b(?:\{([^}]*)\})?/g;
const matcher = /(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g;
const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;

export function askedIn(expression: string): readonly Asked[] {
  return [...expression.matchAll(selector)].map(([, metric = '', narrowed = '']) => ({
    metric,
    matchers: [...narrowed.matchAll(matcher)].map(([, label = '', value = '']) => ({ label, values: value.split('|') })),
  }));
}

/** The labels that it groups by. */
export function groupedIn(expression: string): readonly string[] {
  return [...expression.replace(string, '""').matchAll(grouping)].flatMap(([, labels = '']) =>
    labels
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
  );
}

/** What Prometheus itself adds. */
const ofPrometheus = ['job', 'instance'];

/** All metrics that there are, as they can be asked for, with their labels. */
export async function metricsThatAre(): Promise<ReadonlyMap<string, readonly string[]>> {
  const metrics = new Metrics('1');
  const known = new Map<string, readonly string[]>([['up', ofPrometheus]]);
  for (const [name, { kind, labels }] of metrics.shapes) {
    const all = [...labels, ...ofPrometheus];
    if (kind !== 'histogram') known.set(name, all);
    else for (const suffix of ['_bucket', '_sum', '_count']) known.set(name + suffix, suffix === '_bucket' ? [...all, 'le'] : all);
  }
  const text = await metrics.text(nothingRead);
  for (const [, name = ''] of text.matchAll(/^# TYPE ((?:process|nodejs)_\w+) /gm))
    known.set(name, [...ofPrometheus, 'version', 'kind', 'space', 'type']);
  return known;
}

/** Faults in words; none when all that is asked for is there. */
export function faultsOf(expression: string, known: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const asked = askedIn(expression);
  const labels = new Set(asked.flatMap(({ metric }) => known.get(metric) ?? []));
  return [
    ...(asked.length === 0 ? ['asks for no metric'] : []),
    ...asked.flatMap(({ metric, matchers }) => {
      const own = known.get(metric);
      if (own === undefined) return [`there is no metric ${metric}`];
      return matchers.flatMap(({ label }) => (own.includes(label) ? [] : [`${metric} has no label ${label}`]));
    }),
    ...groupedIn(expression).flatMap((label) => (labels.has(label) ? [] : [`nothing here has a label ${label}`])),
  ];
}
