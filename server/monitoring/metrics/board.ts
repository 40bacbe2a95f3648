// What the situation centre's board sees just now: lessons by their state, and their troubles by kind.
import type { SituationState, TroubleKind } from '../../contract/situation.ts';
import { type Instruments, setAll } from './instruments.ts';

export interface BoardReading {
  readonly states: Readonly<Partial<Record<SituationState, number>>>;
  readonly troubles: Readonly<Partial<Record<TroubleKind, number>>>;
}

export interface BoardMetrics {
  set(reading: BoardReading): void;
}

export function boardMetrics(instruments: Instruments): BoardMetrics {
  const lessons = instruments.gauge('lessons', 'Lessons of the timetable around now, by how they go', ['state']);
  const troubles = instruments.gauge('lesson_troubles', 'Troubles of lessons that go on now', ['kind']);
  return {
    set({ states, troubles: kinds }) {
      setAll(
        lessons,
        Object.entries(states).map(([state, count]) => [{ state }, count] as const),
      );
      setAll(
        troubles,
        Object.entries(kinds).map(([kind, count]) => [{ kind }, count] as const),
      );
    },
  };
}
