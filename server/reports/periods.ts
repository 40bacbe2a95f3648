// Finds the days that a query of a report means, in the university's time zone.
import { DateTime } from 'luxon';
import { localInstants } from '../calendar/dates.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { NamedTerm, Period, Span } from './period.ts';
import { periodOf, spanOf, usualPeriod } from './period.ts';

const mostTimes = 20_000;

export class Periods {
  readonly timeZone: string;
  readonly #terms: () => Promise<readonly NamedTerm[]>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #instantOf: (date: LocalDate, time: string) => Instant;
  readonly #times = new Map<Instant, string>();

  constructor(options: {
    readonly timeZone: string;
    readonly terms: () => Promise<readonly NamedTerm[]>;
    readonly clock: Pick<Clock, 'now'>;
  }) {
    this.timeZone = options.timeZone;
    this.#terms = options.terms;
    this.#clock = options.clock;
    this.#instantOf = localInstants(options.timeZone);
  }

  /** Q4. Throws `Refused('bad-request')`. */
  async find(wanted: {
    readonly from?: LocalDate | undefined;
    readonly to?: LocalDate | undefined;
  }): Promise<{ period: Period; span: Span }> {
    const period = periodOf(wanted, usualPeriod(await this.#terms(), this.dayOf(this.#clock.now())));
    return { period, span: this.spanOf(period) };
  }

  spanOf(period: Period): Span {
    return spanOf(period, this.#instantOf);
  }

  dayOf(at: Instant): LocalDate {
    return this.timeOf(at).slice(0, 10);
  }

  /** ISO 8601 with the university's offset. Many lessons begin at the same time, and to work a time out takes a while: the answers are kept. */
  timeOf(at: Instant): string {
    let time = this.#times.get(at);
    if (time === undefined) {
      time = DateTime.fromMillis(at, { zone: this.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
      if (this.#times.size >= mostTimes) this.#times.clear();
      this.#times.set(at, time);
    }
    return time;
  }
}
