// Short ways to say what the dashboard's lines ask for, in PromQL: https://prometheus.io/docs/prometheus/latest/querying/basics/

const window = '[$__rate_interval]';

/** The series of the servers that were chosen above. */
export function of(metric: string, matchers = ''): string {
  return `auditoria_${metric}{${['instance=~"$instance"', matchers].filter(Boolean).join(',')}}`;
}

export function sumOf(metric: string, by = '', matchers = ''): string {
  return `sum${grouped(by)}(${of(metric, matchers)})`;
}

/** A second. */
export function rateOf(metric: string, by = '', matchers = ''): string {
  return `sum${grouped(by)}(rate(${of(metric, matchers)}${window}))`;
}

/** Whole ones, over the width of one point. */
export function countOf(metric: string, by = '', matchers = ''): string {
  return `sum${grouped(by)}(increase(${of(metric, matchers)}${window}))`;
}

/** Of a histogram. */
export function quantileOf(quantile: number, histogram: string, by = '', matchers = ''): string {
  return `histogram_quantile(${quantile}, ${rateOf(`${histogram}_bucket`, ['le', by].filter(Boolean).join(', '), matchers)})`;
}

/** The share of what a histogram saw that is above one of its bounds. */
export function shareAbove(bound: number, histogram: string, by = '', matchers = ''): string {
  const below = rateOf(`${histogram}_bucket`, by, [`le="${bound}"`, matchers].filter(Boolean).join(','));
  return `1 - ${below} / ${rateOf(`${histogram}_count`, by, matchers)}`;
}

function grouped(by: string): string {
  return by === '' ? ' ' : ` by (${by}) `;
}
