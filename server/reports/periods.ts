// Finds the days that a query of a report means, in the university's time zone.
import { DateTime } from 'luxon';
import { localInstants } from '../calendar/dates.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { NamedTerm, Period, Span } from './period.ts';
import { periodOf, spanOf, usualPeriod } from './period.ts';

export class Periods {
  readonly timeZone: string;
  readonly #terms: () => Promise<readonly NamedTerm[]>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #instantOf: (date: LocalDate, time: string) => Instant;

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
    return DateTime.fromMillis(at, { zone: this.timeZone }).toFormat('yyyy-MM-dd');
  }
}
