// Makes the instruments that Prometheus reads: all in one registry, under one prefix.
import { Counter, collectDefaultMetrics, Gauge, Histogram, type LabelValues, Registry } from 'prom-client';

const prefix = 'auditoria_';

/** Of answers, in seconds. */
export const answerSeconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Kind = 'counter' | 'gauge' | 'histogram';

/** A metric as it can be asked about. */
export interface Shape {
  readonly kind: Kind;
  readonly labels: readonly string[];
}

export class Instruments {
  readonly registry = new Registry();
  /** Those of our own. */
  readonly shapes = new Map<string, Shape>();
  readonly #registers = [this.registry];

  counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name: this.#named('counter', name, labelNames), help, labelNames, registers: this.#registers });
  }

  gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name: this.#named('gauge', name, labelNames), help, labelNames, registers: this.#registers });
  }

  histogram<L extends string = never>(name: string, help: string, buckets: readonly number[], labelNames: readonly L[] = []): Histogram<L> {
    return new Histogram({
      name: this.#named('histogram', name, labelNames),
      help,
      buckets: [...buckets],
      labelNames,
      registers: this.#registers,
    });
  }

  #named(kind: Kind, name: string, labels: readonly string[]): string {
    this.shapes.set(prefix + name, { kind, labels });
    return prefix + name;
  }

  /** Memory, processor and event loop of this process, as every program in Node tells them. */
  collectOfProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}

/** What is read when Prometheus asks; what is not told any more is gone. */
export function setAll<L extends string>(gauge: Gauge<L>, values: Iterable<readonly [LabelValues<L>, number]>): void {
  gauge.reset();
  for (const [labels, value] of values) gauge.set(labels, value);
}

/** The same of a sum that is kept elsewhere. Prometheus takes one that falls for one that began anew. */
export function followAll<L extends string>(counter: Counter<L>, sums: Iterable<readonly [LabelValues<L>, number]>): void {
  counter.reset();
  for (const [labels, sum] of sums) counter.inc(labels, sum);
}

/** One of a closed list, each 0 or 1. */
export function setState<L extends string>(gauge: Gauge<L>, label: L, states: readonly string[], current: string): void {
  for (const state of states) gauge.set(labelled(label, state), state === current ? 1 : 0);
}

function labelled<L extends string>(label: L, value: string): LabelValues<L> {
  const labels: LabelValues<L> = {};
  labels[label] = value;
  return labels;
}
