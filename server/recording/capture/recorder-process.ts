// Keeps the recorder's process alive: one for the whole server, at lower priority. When it dies, another goes on with the same recordings.

import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import type { RecordingId } from '../../contract/ids.ts';
import type { RecordingGapReason } from '../../contract/recording.ts';
import { hints } from '../../hints.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import { Line, LineBroken } from './line.ts';
import { FromRecorder, type ToRecorder } from './protocol.ts';
import { RemoteRecorder, type SteerTap } from './remote-recorder.ts';
import type { OpenRecorder } from './running-recorder.ts';

/** Behind the media workers and the server, before all that nobody waits for. */
const niceness = 5;
const leastBackOffMs = 50;
const mostBackOffMs = 2000;
/** A process that lived this long did not die of how it began. */
const soundAfterMs = 1500;
const pingEveryMs = 5000;
/** One from which so many pings brought nothing hangs. */
const mostPings = 4;

export type RecorderProcessOptions = {
  /** The file that the process runs. */
  readonly entry: string;
  /** The directory of all recordings. */
  readonly root: string;
  readonly steerTap: SteerTap;
  readonly clock: Clock;
  /** For the metrics. */
  readonly died?: () => void;
  readonly log: {
    info(details: object, message: string): void;
    error(details: object, message: string): void;
  };
};

type Living = { readonly child: ChildProcess; readonly line: Line<ToRecorder>; readonly bornAt: number; unanswered: number };

export class RecorderProcess {
  readonly #options: RecorderProcessOptions;
  readonly #recorders = new Map<RecordingId, RemoteRecorder>();
  readonly #pings: Timer;
  #living: Living | undefined;
  #deaths = 0;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: RecorderProcessOptions) {
    this.#options = options;
    this.#pings = options.clock.every(pingEveryMs, () => this.#ping());
    this.#bear();
  }

  /** Undefined while there is none. */
  get pid(): number | undefined {
    return this.#living?.child.pid;
  }

  readonly open: OpenRecorder = async (lessonId, start) => {
    const { id } = start.session;
    const recorder: RemoteRecorder = new RemoteRecorder(lessonId, start, this.#options.steerTap, () => {
      // One that goes on after a failure is another under the same id.
      if (this.#recorders.get(id) === recorder) this.#recorders.delete(id);
    });
    this.#recorders.set(id, recorder);
    try {
      await this.#beginSomewhere(recorder, start.goesOnAfter);
      return recorder;
    } catch (error) {
      this.#recorders.delete(id);
      throw error;
    }
  };

  /** Recordings must have been closed before. Safe twice. */
  close(): void {
    this.#closed = true;
    this.#pings.cancel();
    this.#timer?.cancel();
    this.#living?.child.disconnect();
    this.#living = undefined;
  }

  /** A process that dies while it begins is no fault of the recording's: once more with the next, which may find a directory or none. */
  async #beginSomewhere(recorder: RemoteRecorder, goesOnAfter: RecordingGapReason | null): Promise<void> {
    try {
      await recorder.begin(this.#alive().line, goesOnAfter);
    } catch (error) {
      if (!(error instanceof LineBroken) || this.#closed) throw error;
      await recorder.begin(this.#alive().line, goesOnAfter ?? 'recorder').catch((again: unknown) => {
        if (goesOnAfter !== null || !isAbsent(again)) throw again;
        return recorder.begin(this.#alive().line, null);
      });
    }
  }

  #alive(): Living {
    return this.#living ?? this.#goOn();
  }

  #bear(): Living {
    this.#timer?.cancel();
    const { entry, root, clock } = this.#options;
    // Nothing that is secret goes by the command line or the environment: settings may stand there.
    const env = process.env.PATH === undefined ? {} : { PATH: process.env.PATH };
    const child = fork(entry, [root], { execArgv: [], env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const line = new Line<ToRecorder>({
      send: (message) => void child.send(message, () => undefined),
      asked: async (body) => this.#asked(FromRecorder.parse(body)),
    });
    const living: Living = { child, line, bornAt: clock.now(), unanswered: 0 };
    this.#living = living;
    child.on('message', (message) => {
      living.unanswered = 0;
      line.heard(message);
    });
    child.once('spawn', () => lower(child));
    child.once('error', (error) => this.#died(living, { error }));
    child.once('exit', (code, signal) => this.#died(living, { code, signal }));
    return living;
  }

  async #asked(asked: FromRecorder): Promise<unknown> {
    return this.#recorders.get(asked.id)?.asked(asked);
  }

  #died(living: Living, how: object): void {
    living.line.break();
    if (this.#closed || this.#living !== living) return;
    this.#living = undefined;
    const { clock, log, died } = this.#options;
    died?.();
    this.#deaths = clock.now() - living.bornAt > soundAfterMs ? 0 : this.#deaths + 1;
    log.error({ ...how, recordings: this.#recorders.size, hint: hints.recorder }, 'The process of the recorder died; another goes on');
    for (const recorder of this.#recorders.values()) recorder.lost();
    const waitMs = this.#deaths === 0 ? 0 : Math.min(mostBackOffMs, leastBackOffMs * 2 ** (this.#deaths - 1));
    this.#timer = clock.after(waitMs, () => void this.#alive());
  }

  #goOn(): Living {
    const living = this.#bear();
    const { log } = this.#options;
    for (const recorder of this.#recorders.values()) {
      if (!recorder.goesOn) continue;
      recorder.begin(living.line, 'recorder').then(
        () => log.info({ recordingId: recorder.id }, 'A recording goes on in the next process'),
        // Of a process that died too, the next takes it.
        (error: unknown) => {
          if (!(error instanceof LineBroken)) recorder.failed(error);
        },
      );
    }
    return living;
  }

  #ping(): void {
    const living = this.#living;
    if (!living) return;
    living.unanswered += 1;
    if (living.unanswered > mostPings) living.child.kill('SIGKILL');
    else living.line.tell({ ask: 'ping' });
  }
}

const lower = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // It is gone again already, which is heard elsewhere.
  }
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
