// What waits: for other systems (the outbox), and for the database (what is held on the local disk).
import { followAll, type Instruments, setAll } from './instruments.ts';

export interface RecordsReading {
  /** By destination, as the settings name them; null while the database cannot be asked. */
  readonly outbox:
    | readonly {
        readonly id: string;
        readonly undelivered: number;
        readonly oldestSeconds: number;
        readonly dead: number;
      }[]
    | null;
  /** Minutes of quality histories that the database did not take. */
  readonly historyLost: number;
  readonly holding: { readonly count: number; readonly isStuck: boolean; readonly awaySeconds: number };
}

export interface RecordsMetrics {
  set(reading: RecordsReading): void;
}

export function recordsMetrics(instruments: Instruments): RecordsMetrics {
  const perDestination = (name: string, help: string) => instruments.gauge(`outbox_${name}`, help, ['destination']);
  const undelivered = perDestination('undelivered', 'Records that were not delivered yet');
  const oldest = perDestination('oldest_seconds', 'Age of the oldest record that was not delivered');
  const dead = perDestination('dead', 'Records that were refused for good');
  const lost = instruments.counter('history_lost_total', 'Minutes of quality histories that the database did not take');
  const held = instruments.gauge('held_entries', 'Entries on the local disk that wait for the database');
  const stuck = instruments.gauge('held_stuck', '1 while neither the database nor the local disk takes anything');
  const away = instruments.gauge('database_away_seconds', 'How long the database has been away; 0 while it is there');
  return {
    set({ outbox, holding, historyLost }) {
      const of = (figure: 'undelivered' | 'oldestSeconds' | 'dead') =>
        (outbox ?? []).map((one) => [{ destination: one.id }, one[figure]] as const);
      setAll(undelivered, of('undelivered'));
      setAll(oldest, of('oldestSeconds'));
      setAll(dead, of('dead'));
      followAll(lost, [[{}, historyLost]]);
      held.set(holding.count);
      stuck.set(holding.isStuck ? 1 : 0);
      away.set(holding.awaySeconds);
    },
  };
}
