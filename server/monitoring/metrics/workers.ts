// The media workers: how busy each is, how full, and how many died (utilisation, saturation, errors).
import { Pressure } from '../../contract/capacity.ts';
import type { WorkerLoad } from '../../ports/media.ts';
import { followAll, type Instruments, setAll } from './instruments.ts';
import { Slots } from './slots.ts';

export interface WorkerReading {
  /** How many there should be. */
  readonly wanted: number;
  /** As measured over the last seconds: nobody is asked for it. */
  readonly capacity: {
    readonly overall: Pressure;
    readonly workers: readonly { readonly load: WorkerLoad; readonly pressure: Pressure }[];
    readonly roomsPressed: number;
  };
}

export interface WorkerMetrics {
  died(): void;
  set(reading: WorkerReading): void;
}

/** 0: rooms do without nothing; then each step of relief. */
const stepOf = (pressure: Pressure): number => Pressure.options.indexOf(pressure);

export function workerMetrics(instruments: Instruments): WorkerMetrics {
  const slots = new Slots();
  const perWorker = (name: string, help: string) => instruments.gauge(`worker_${name}`, help, ['worker']);
  const wanted = instruments.gauge('workers_wanted', 'Media workers that there should be');
  const running = instruments.gauge('workers_running', 'Media workers that live');
  const deaths = instruments.counter('worker_deaths_total', 'Media workers that died and were replaced');
  const cpu = instruments.counter('worker_cpu_seconds_total', 'Processor time of a media worker', ['worker']);
  const gauges: readonly (readonly [ReturnType<typeof perWorker>, (load: WorkerLoad) => number])[] = [
    [perWorker('cpu_share', 'Of one core, over the last seconds'), ({ cpuShare }) => cpuShare ?? 0],
    [perWorker('packets_per_second', 'RTP packets received and sent, over the last seconds'), ({ packetsPerSecond }) => packetsPerSecond],
    [perWorker('fullness', 'What flows and what is expected, as a share of what is planned for one worker'), fullness],
    [perWorker('rooms', 'Rooms that a worker carries, whole or in part'), ({ rooms }) => rooms],
    [perWorker('transports', 'WebRTC transports on a worker'), ({ transports }) => transports],
    [perWorker('producers', 'Tracks that people publish on a worker'), ({ producers }) => producers],
    [perWorker('drained', '1 while a worker takes nothing new'), ({ drained }) => (drained ? 1 : 0)],
    [perWorker('consumers', 'Subscriptions of people on a worker'), ({ consumers }) => consumers],
  ];
  const pressure = perWorker('pressure', 'What rooms do without because of this worker: 0 nothing, 1 to 3 the steps of relief');
  const overall = instruments.gauge('pressure', 'What all rooms do without because of the machine: 0 nothing, 1 to 3 the steps of relief');
  const roomsPressed = instruments.gauge('rooms_pressed', 'Rooms that do without something for now');
  return {
    died: () => deaths.inc(),
    set({ wanted: should, capacity }) {
      const slotOf = slots.of(capacity.workers.map(({ load }) => load.pid));
      const each = (figure: (load: WorkerLoad, pressure: Pressure) => number) =>
        capacity.workers.map(({ load, pressure: level }) => [{ worker: String(slotOf.get(load.pid)) }, figure(load, level)] as const);
      wanted.set(should);
      running.set(capacity.workers.length);
      followAll(
        cpu,
        each(({ cpuSeconds }) => cpuSeconds),
      );
      for (const [gauge, figure] of gauges) setAll(gauge, each(figure));
      setAll(
        pressure,
        each((_load, level) => stepOf(level)),
      );
      overall.set(stepOf(capacity.overall));
      roomsPressed.set(capacity.roomsPressed);
    },
  };
}

function fullness({ budget: { used, limit } }: WorkerLoad): number {
  return limit > 0 ? used / limit : 0;
}
