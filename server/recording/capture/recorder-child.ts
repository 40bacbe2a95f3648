// The recorder as it lives in a process of its own: it does what the server asks, and has the server steer the media engine.

import type { TrackId } from '../../contract/ids.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { TapEvents, TappedTrack, TapSteering } from '../../ports/tap.ts';
import type { RecordingEvent } from '../format/format.ts';
import type { LiveExtent } from '../format/live-manifest.ts';
import type { OpenFile } from './append-file.ts';
import { Line } from './line.ts';
import { type FromRecorder, faultOf, SteeredTrack, ToRecorder } from './protocol.ts';
import { Recorder } from './recorder.ts';
import { UdpTap } from './udp-tap.ts';

/** What was written is told so long after: rewinding is behind by as much. */
const tellAfterMs = 100;

export type RecorderChildOptions = {
  readonly root: string;
  readonly clock: Clock;
  readonly openFile: OpenFile;
  readonly send: (message: object) => void;
};

type Opened = { readonly recorder: Recorder; readonly report: Report; readonly taps: Map<number, Map<number, TapEvents>> };

export class RecorderChild {
  readonly #options: RecorderChildOptions;
  readonly #line: Line<FromRecorder>;
  readonly #opened = new Map<string, Opened>();
  #taps = 0;
  #tracks = 0;

  constructor(options: RecorderChildOptions) {
    this.#options = options;
    this.#line = new Line<FromRecorder>({ send: options.send, asked: async (body) => this.#do(ToRecorder.parse(body)) });
  }

  heard(message: unknown): void {
    this.#line.heard(message);
  }

  async #do(asked: ToRecorder): Promise<unknown> {
    if (asked.ask === 'ping') return null;
    if (asked.ask === 'open') return this.#open(asked);
    const opened = this.#opened.get(asked.id);
    if (!opened) throw new Error('There is no such recording here');
    const { recorder, report, taps } = opened;
    switch (asked.ask) {
      case 'add':
        return void recorder.add(asked.info);
      case 'remove':
        return void recorder.remove(asked.trackId);
      case 'media-reset':
        return void recorder.mediaReset();
      case 'pause':
        return recorder.pause();
      case 'resume':
        return recorder.resume();
      case 'cameras':
        return recorder.captureCameras(asked.captured);
      case 'close':
        await recorder.close(asked.reason).finally(() => {
          report.close();
          this.#opened.delete(asked.id);
        });
        return recorder.bytes;
      case 'track-changed':
        return void changed(taps.get(asked.tap)?.get(asked.track), asked.what);
      default:
        return asked satisfies never;
    }
  }

  async #open({ id, session, key, goesOnAfter, paused, cameras }: Extract<ToRecorder, { ask: 'open' }>): Promise<void> {
    const { root, clock, openFile } = this.#options;
    const line = this.#line;
    const taps: Opened['taps'] = new Map();
    const report = new Report(clock, (news) =>
      line.tell({ ask: 'progress', id, bytes: this.#opened.get(id)?.recorder.bytes ?? 0, ...news }),
    );
    try {
      const recorder = await Recorder.open({
        ...{ root, clock, openFile, session, goesOnAfter, paused, cameras },
        key: key === null ? null : Buffer.from(key, 'base64'),
        progress: report,
        onWritten: (bytes, delayMs) => report.written(bytes, delayMs),
        onFailed: (error) => line.tell({ ask: 'failed', id, fault: faultOf(error) }),
        onTrackFault: (trackId, error, again) => line.tell({ ask: 'track-fault', id, trackId, fault: faultOf(error), again }),
        openTap: () => UdpTap.open({ clock, steer: (port) => this.#steer(id, taps, port) }),
      });
      this.#opened.set(id, { recorder, report, taps });
    } catch (error) {
      report.close();
      throw error;
    }
  }

  async #steer(id: FromRecorder['id'], taps: Opened['taps'], port: number): Promise<TapSteering> {
    const line = this.#line;
    const tap = ++this.#taps;
    const tracks = new Map<number, TapEvents>();
    await line.ask({ ask: 'tap-open', id, tap, port });
    taps.set(tap, tracks);
    return {
      attach: async (trackId: TrackId, events: TapEvents): Promise<TappedTrack> => {
        const track = ++this.#tracks;
        const act = async (what: 'resume' | 'pause' | 'key-frame' | 'close'): Promise<void> => {
          await line.ask({ ask: 'track', id, tap, track, what });
        };
        tracks.set(track, events);
        try {
          const steered = SteeredTrack.parse(await line.ask({ ask: 'attach', id, tap, track, trackId }));
          return {
            ...{ ...steered, trackId },
            resume: () => act('resume'),
            pause: () => act('pause'),
            requestKeyFrame: () => act('key-frame'),
            close: () => {
              tracks.delete(track);
              return act('close');
            },
          };
        } catch (error) {
          tracks.delete(track);
          throw error;
        }
      },
      close: async () => {
        taps.delete(tap);
        await line.ask({ ask: 'tap-close', id, tap });
      },
    };
  }
}

const changed = (events: TapEvents | undefined, what: 'producer-paused' | 'producer-resumed' | 'ended'): void => {
  switch (what) {
    case 'producer-paused':
      return events?.producerPaused();
    case 'producer-resumed':
      return events?.producerResumed();
    case 'ended':
      return events?.ended();
    default:
      what satisfies never;
  }
};

type News = Omit<Extract<FromRecorder, { ask: 'progress' }>, 'ask' | 'id' | 'bytes'>;

/** Gathers what was written at about one time: one message for all of it, and none while nothing happens. */
class Report {
  readonly #clock: Clock;
  readonly #tell: (news: News) => void;
  #timer: Timer | undefined;
  #mended: readonly RecordingEvent[] | null = null;
  #events: RecordingEvent[] = [];
  #indexed: Record<string, LiveExtent> = {};
  #written: [number, number][] = [];

  constructor(clock: Clock, tell: (news: News) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  event(event: RecordingEvent): void {
    this.#events.push(event);
    if (event.type === 'part-end') delete this.#indexed[event.file];
    this.#soon();
  }

  indexed(file: string, extent: LiveExtent): void {
    this.#indexed[file] = extent;
    this.#soon();
  }

  mended(events: readonly RecordingEvent[]): void {
    this.#mended = events;
    this.#flush();
  }

  written(bytes: number, delayMs: number): void {
    this.#written.push([bytes, delayMs]);
    this.#soon();
  }

  close(): void {
    this.#flush();
  }

  #soon(): void {
    this.#timer ??= this.#clock.after(tellAfterMs, () => this.#flush());
  }

  #flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const news = { mended: this.#mended && [...this.#mended], events: this.#events, indexed: this.#indexed, written: this.#written };
    if (!news.mended && news.events.length + news.written.length === 0) return;
    this.#mended = null;
    this.#events = [];
    this.#indexed = {};
    this.#written = [];
    this.#tell(news);
  }
}
