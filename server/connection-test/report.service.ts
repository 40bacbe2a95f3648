// Takes the results that people send, and shows them to administrators.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { ConnectionReportSent, ConnectionReports, ConnectionReportsQuery } from '../contract/connection-test.ts';
import { judge } from '../contract/connection-verdict.ts';
import type { Clock } from '../ports/clock.ts';
import { placeAfter, type ReportStore } from './report.store.ts';

const longestUserAgent = 400;

export class ReportService {
  readonly #store: ReportStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #newId: () => string;

  constructor({ store, clock, newId }: { readonly store: ReportStore; readonly clock: Pick<Clock, 'now'>; readonly newId: () => string }) {
    this.#store = store;
    this.#clock = clock;
    this.#newId = newId;
  }

  async send(actor: Actor, { result, note }: z.output<typeof ConnectionReportSent>, userAgent: string): Promise<void> {
    await this.#store.add({
      ...{
        id: this.#newId(),
        at: this.#clock.now(),
        address: actor.address,
        userAgent: userAgent.slice(0, longestUserAgent),
        note,
        result,
      },
      person: { id: actor.id, name: actor.displayName },
      verdict: judge(result).verdict,
    });
  }

  async page(query: z.output<typeof ConnectionReportsQuery>): Promise<z.output<typeof ConnectionReports>> {
    const { limit, before: _before, ...filter } = query;
    const [found, total] = await Promise.all([this.#store.page({ ...query, limit: limit + 1 }), this.#store.count(filter)]);
    const reports = found.slice(0, limit);
    const last = reports.at(-1);
    return { reports, next: found.length > limit && last !== undefined ? placeAfter(last) : null, total };
  }
}
