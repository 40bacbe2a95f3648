// Measures what the monitoring of a thousand people costs: the processor's time, and the bytes that are kept of a person's minute.
// npm run bench monitoring -- [--people=1000] [--minutes=10] [--seconds=60]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Kysely, sql } from 'kysely';
import { openDiagnosis } from '../../server/app-diagnosis.ts';
import type { Actor } from '../../server/audit/actor.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/tables.ts';
import { DiagnosisService } from '../../server/diagnosis/diagnosis.service.ts';
import { SearchStore } from '../../server/diagnosis/search.store.ts';
import { FactBus } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { Metrics } from '../../server/monitoring/metrics/metrics.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { CrowdedUniversity } from './monitoring/class.ts';
import type { MonitoringPart } from './monitoring/part.ts';
import { costOfReports } from './monitoring/socket-cost.ts';
import { fillUniversity, personOf } from './subjects/university.ts';
import { atMost, told } from './table/row.ts';
import { runBench } from './table/run.ts';

const minuteMs = 60_000;
const perLesson = 50;
const noon = Date.parse('2026-09-07T12:00:00+05:00');
/** Of one core, in per cent, all monitoring together. */
const goalPercent = 3;
const goalBytes = 1024;

await runBench('monitoring', ['people', 'minutes', 'seconds'], async ({ number }) => {
  const people = number('people', 1000, 200);
  const minutes = number('minutes', 10, 2);
  const seconds = number('seconds', 60, 30);
  const bare = await measure(people, minutes, 'nothing');
  const history = await measure(people, minutes, 'history');
  const metrics = await measure(people, minutes, 'metrics');
  const sockets = await costOfReports(people, seconds);
  const percent = (cpuMs: number) => (cpuMs / (minutes * minuteMs)) * 100;
  const extra = ({ cpuMs }: Measured) => Math.max(0, percent(cpuMs - bare.cpuMs));
  const reports = Math.max(0, (sockets.with - sockets.without) * 100);
  const name = `monitoring of ${people} people`;
  return [
    told(`${name}: measuring all lines, as ever`, percent(bare.cpuMs), '% of a core'),
    told(`${name}: quality history`, extra(history), '% of a core'),
    told(`${name}: metrics of quality`, extra(metrics), '% of a core'),
    told(`${name}: reports over sockets, with all that hears them`, reports, '% of a core', {
      note: `${(sockets.without * 100).toFixed(1)} % without, ${(sockets.with * 100).toFixed(1)} % with`,
    }),
    // What hears the reports is measured in both.
    atMost(`${name}: together at most`, extra(history) + extra(metrics) + reports, '% of a core', goalPercent),
    atMost(`${name}: kept of a person's minute`, history.bytes / (people * minutes), 'bytes', goalBytes),
    told(`${name}: longest stop of the thread while it is written`, history.longestMs, 'ms'),
    told(`${name}: who had trouble in all that time, the first fifty with causes`, history.search.ms, 'ms', {
      note: `the thread stops for ${history.search.longestMs.toFixed(0)} ms at most`,
    }),
  ];
});

interface Measured {
  readonly cpuMs: number;
  readonly bytes: number;
  readonly longestMs: number;
  readonly search: { readonly ms: number; readonly longestMs: number };
}

async function measure(people: number, minutes: number, what: 'nothing' | 'history' | 'metrics'): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-monitoring-'));
  const { db, close } = await openDatabase(join(folder, 'test.sqlite'));
  const clock = new FakeClock(noon);
  try {
    await fillUniversity(db, Math.ceil(people / perLesson), perLesson, noon);
    const university = await CrowdedUniversity.open({ people, perLesson }, clock, async (mediaOf): Promise<MonitoringPart[]> => {
      if (what === 'nothing') return [];
      if (what === 'metrics') {
        const { lines } = new Metrics('bench');
        return [{ hearer: lines, onFact: (fact) => lines.heard(fact), close: () => Promise.resolve() }];
      }
      const bus = new FactBus((_name, _fact, error) => {
        throw error;
      });
      const log = openLog({ level: 'error', format: 'text' });
      const diagnosis = await openDiagnosis({
        ...{ config: { retention: { qualityDays: 30 }, room: { observersTold: 'everyone' } }, db, clock, log },
        audit: { record: () => Promise.resolve() },
        trace: { readOf: () => Promise.resolve([]) },
        standing: ({ connectionId }) => {
          const media = mediaOf(connectionId);
          return media === undefined ? null : { ice: media.ice, ladder: media.step, ladderWhy: media.given.why, isOffered: false };
        },
      });
      diagnosis.listen(bus);
      return [{ hearer: diagnosis.hearer, onFact: (fact) => bus.publish([fact]), close: () => diagnosis.close() }];
    });
    await university.pass(minuteMs);
    const before = await bytesOf();
    const [cpuMs, longestMs] = await withoutStops(() => university.pass(minutes * minuteMs));
    const bytes = (await bytesOf()) - before;
    await university.close();
    return { cpuMs, bytes, longestMs, search: await search(db, clock) };
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }

  async function bytesOf(): Promise<number> {
    const { rows } = await sql<{
      bytes: number;
    }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db);
    return rows[0]?.bytes ?? 0;
  }
}

/** Answers what the work does, and for how long the thread stood still at most. */
async function withoutStops<T>(work: () => Promise<T>): Promise<[T, number]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const done = await work();
  delay.disable();
  return [done, delay.max / 1e6];
}

async function search(db: Kysely<Database>, clock: FakeClock): Promise<Measured['search']> {
  const service = new DiagnosisService({
    ...{ store: new SearchStore(db), clock, keptDays: 30, observersTold: 'everyone', audit: { record: () => Promise.resolve() } },
    ...{ trace: { readOf: () => Promise.resolve([]) }, flush: () => Promise.resolve() },
  });
  const administrator: Actor = { kind: 'person', id: personOf(0, 0), displayName: '', roles: ['administrator'], address: '' };
  const began = performance.now();
  const [, longestMs] = await withoutStops(() => service.troubles(administrator, { from: noon, to: clock.now(), limit: 50 }));
  return { ms: performance.now() - began, longestMs };
}
