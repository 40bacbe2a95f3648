// What administrators see of it all: the pressure of now, the priority of the workers, and the next hours.
import type { CapacityView, PriorityReport } from '../contract/capacity.ts';
import { LessonId } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { CapacityService } from './capacity.service.ts';
import type { ForecastService } from './forecast.service.ts';
import { heaviestIn } from './forecast.ts';

const mostHeaviest = 5;

export interface CapacityViewOptions {
  readonly clock: Clock;
  readonly capacity: Pick<CapacityService, 'workers' | 'overall' | 'roomsPressed'>;
  readonly forecast: Pick<ForecastService, 'now'>;
  readonly viewersPerCore: number;
  readonly relief: boolean;
  /** Null beside a media engine without processes. */
  readonly priority: (pids: readonly number[]) => PriorityReport | null;
}

export class CapacityViewService {
  readonly #options: CapacityViewOptions;

  constructor(options: CapacityViewOptions) {
    this.#options = options;
  }

  view(): CapacityView {
    const { clock, capacity, forecast, viewersPerCore, relief, priority } = this.#options;
    const { quarters, peaks, lessons, budget } = forecast.now();
    const loads = capacity.workers;
    const [fullest] = quarters.toSorted((a, b) => b.share - a.share || a.startsAt - b.startsAt);
    const heaviest = fullest === undefined ? [] : heaviestIn(lessons, fullest.startsAt, mostHeaviest);
    return {
      ...{ now: clock.now(), viewersPerCore, relief, overall: capacity.overall, roomsPressed: capacity.roomsPressed },
      workers: loads.map(({ load: { pid, cpuShare, packetsPerSecond, budget: planned }, pressure }) => ({
        ...{ pid, pressure, cpuShare, packetsPerSecond },
        plannedShare: planned.limit > 0 ? planned.used / planned.limit : 0,
      })),
      priority: priority(loads.map(({ load }) => load.pid)),
      quarters: [...quarters],
      peaks: [...peaks],
      heaviest: heaviest.map(({ id, title, courseTitle, startsAt, expected, units }) => ({
        ...{ lessonId: LessonId.parse(id), title, courseTitle, startsAt, people: expected.viewers },
        share: units / budget,
      })),
    };
  }
}
