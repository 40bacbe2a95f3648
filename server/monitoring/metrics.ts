// The metrics for Prometheus: counted as things happen, or read when somebody asks.
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is read at the moment of asking. */
export interface Readings {
  readonly sockets: number;
  readonly rooms: number;
  readonly participants: { readonly here: number; readonly dropped: number; readonly waiting: number };
  readonly recordings: number;
  readonly workers: readonly {
    readonly pid: number;
    readonly cpuSeconds: number;
    readonly transports: number;
    readonly producers: number;
    readonly consumers: number;
  }[];
  /** By destination. */
  readonly outbox: readonly {
    readonly id: string;
    readonly undelivered: number;
    readonly oldestSeconds: number;
    readonly dead: number;
  }[];
  readonly traffic: {
    readonly bytesIn: number;
    readonly bytesOut: number;
    readonly packetsIn: number;
    readonly packetsLostIn: number;
    readonly lossShare: number;
  };
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Metrics {
  readonly #registry = new Registry();
  readonly #read: () => Promise<Readings>;
  readonly #http: Histogram<'method' | 'route' | 'status'>;
  readonly #requests: Counter<'request' | 'outcome'>;
  readonly #requestTime: Histogram<'request'>;
  readonly #joins: Histogram;
  readonly #recordedBytes: Counter;
  readonly #recordDelay: Histogram;
  readonly #gauges: { readonly set: (readings: Readings) => void };

  constructor(read: () => Promise<Readings>) {
    this.#read = read;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#http = new Histogram({
      name: 'auditoria_http_request_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: seconds,
      registers,
    });
    this.#requests = new Counter({
      name: 'auditoria_socket_requests_total',
      help: 'Socket requests by outcome: ok, or the code of the refusal',
      labelNames: ['request', 'outcome'],
      registers,
    });
    this.#requestTime = new Histogram({
      name: 'auditoria_socket_request_seconds',
      help: 'Time to answer a socket request',
      labelNames: ['request'],
      buckets: seconds,
      registers,
    });
    this.#joins = new Histogram({ name: 'auditoria_join_seconds', help: 'Time to let somebody into a room', buckets: seconds, registers });
    this.#recordedBytes = new Counter({ name: 'auditoria_recorded_bytes_total', help: 'Bytes of media written to recordings', registers });
    this.#recordDelay = new Histogram({
      name: 'auditoria_record_write_seconds',
      help: 'How long recorded media waited for the disk',
      buckets: seconds,
      registers,
    });
    this.#gauges = liveGauges(registers);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Put before the routers. Requests to paths that no router knows are one label, or a scanner could fill the memory. */
  readonly countHttp: RequestHandler = (request, response, next) => {
    const stop = this.#http.startTimer({ method: request.method });
    response.once('close', () => {
      const route: unknown = request.route?.path;
      stop({ route: typeof route === 'string' ? `${request.baseUrl}${route}` : 'other', status: String(response.statusCode) });
    });
    next();
  };

  /** `name` and `outcome` come from closed lists. */
  answered(name: string, outcome: string, durationMs: number): void {
    this.#requests.inc({ request: name, outcome });
    this.#requestTime.observe({ request: name }, durationMs / 1000);
    if (name === 'room:join' && outcome === 'ok') this.#joins.observe(durationMs / 1000);
  }

  /** Media that was written to a recording, and how long it waited for the disk. */
  written(bytes: number, delayMs: number): void {
    this.#recordedBytes.inc(bytes);
    this.#recordDelay.observe(delayMs / 1000);
  }

  async text(): Promise<string> {
    this.#gauges.set(await this.#read());
    return this.#registry.metrics();
  }
}

function liveGauges(registers: Registry[]) {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const perWorker = (name: string, help: string) => new Gauge({ name, help, labelNames: ['pid'], registers });
  const simple = {
    sockets: gauge('auditoria_sockets', 'Open sockets'),
    rooms: gauge('auditoria_rooms', 'Open rooms'),
    recordings: gauge('auditoria_recordings', 'Recordings that run'),
    bytesIn: gauge('auditoria_rtp_received_bytes_total', 'Bytes of media received from clients'),
    bytesOut: gauge('auditoria_rtp_sent_bytes_total', 'Bytes of media sent to clients'),
    packetsIn: gauge('auditoria_rtp_received_packets_total', 'RTP packets received from clients'),
    packetsLostIn: gauge('auditoria_rtp_lost_packets_total', 'RTP packets that clients sent and the server never got'),
    lossShare: gauge('auditoria_rtp_loss_share', 'Mean loss over all lines that carry something, 0 to 1'),
  };
  const participants = new Gauge({ name: 'auditoria_participants', help: 'People in rooms and lobbies', labelNames: ['state'], registers });
  const workers = {
    cpuSeconds: perWorker('auditoria_worker_cpu_seconds_total', 'CPU time of a media worker'),
    transports: perWorker('auditoria_transports', 'WebRTC transports'),
    producers: perWorker('auditoria_producers', 'Tracks that are published'),
    consumers: perWorker('auditoria_consumers', 'Subscriptions to tracks'),
  };
  const perDestination = (name: string, help: string) => new Gauge({ name, help, labelNames: ['destination'], registers });
  const destinations = {
    undelivered: perDestination('auditoria_outbox_undelivered', 'Records that were not delivered yet'),
    oldestSeconds: perDestination('auditoria_outbox_oldest_seconds', 'Age of the oldest record that was not delivered'),
    dead: perDestination('auditoria_outbox_dead', 'Records that were refused for good'),
  };
  return {
    set({ outbox, sockets, rooms, recordings, participants: people, traffic, workers: live }: Readings): void {
      simple.sockets.set(sockets);
      simple.rooms.set(rooms);
      simple.recordings.set(recordings);
      simple.bytesIn.set(traffic.bytesIn);
      simple.bytesOut.set(traffic.bytesOut);
      simple.packetsIn.set(traffic.packetsIn);
      simple.packetsLostIn.set(traffic.packetsLostIn);
      simple.lossShare.set(traffic.lossShare);
      for (const [state, count] of Object.entries(people)) participants.set({ state }, count);
      for (const { id, ...figures } of outbox) {
        destinations.undelivered.set({ destination: id }, figures.undelivered);
        destinations.oldestSeconds.set({ destination: id }, figures.oldestSeconds);
        destinations.dead.set({ destination: id }, figures.dead);
      }
      for (const each of Object.values(workers)) each.reset();
      for (const worker of live) {
        const label = { pid: String(worker.pid) };
        workers.cpuSeconds.set(label, worker.cpuSeconds);
        workers.transports.set(label, worker.transports);
        workers.producers.set(label, worker.producers);
        workers.consumers.set(label, worker.consumers);
      }
    },
  };
}
