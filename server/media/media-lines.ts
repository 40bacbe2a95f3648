// Everybody's lines as they are measured: told to those whom they concern, and remembered for when one is lost.
import type { ConnectionId } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';
import type { Announcer } from '../ports/announcer.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionMedia } from './connection-media.ts';
import type { Flows } from './line-flow.ts';
import type { Measured } from './line-memory.ts';
import { type LineReadings, type LineStats, LineWatch, type MeasuredLine, type Traffic } from './line-watch.ts';
import type { MediaRooms } from './media-rooms.ts';

/** Hears of each measurement, before anybody else is told. `readings` is null while nothing comes from the device. */
export type MeasurementHearer = (connection: ConnectionMedia, stats: LineStats, readings: LineReadings | null) => void;

export interface MediaLinesOptions {
  readonly clock: Clock;
  readonly announcer: Announcer;
  readonly rooms: Pick<MediaRooms, 'mayDo' | 'audienceFor'>;
  connections(): Iterable<ConnectionMedia>;
  /** In their order. */
  readonly measured: readonly MeasurementHearer[];
  /** Its tracks are watched: it is measured in time for that. */
  isWatched(connectionId: ConnectionId): boolean;
  publish(facts: readonly Fact[]): void;
  failed(error: unknown): void;
}

export class MediaLines {
  readonly #options: MediaLinesOptions;
  readonly #watch: LineWatch;

  constructor(options: MediaLinesOptions) {
    const { clock, connections, isWatched, failed } = options;
    this.#options = options;
    this.#watch = new LineWatch({ clock, connections, isWatched, failed, measured: (lines) => this.#tell(lines) });
  }

  seenOf(connectionId: ConnectionId): Measured {
    return this.#watch.seenOf(connectionId);
  }

  traffic(): Traffic {
    return this.#watch.traffic();
  }

  flows(): Flows {
    return this.#watch.flows();
  }

  close(): void {
    this.#watch.close();
  }

  #tell(measured: readonly MeasuredLine[]): void {
    const { announcer, clock, publish, rooms } = this.#options;
    for (const { connection, stats, readings } of measured) for (const hear of this.#options.measured) hear(connection, stats, readings);
    const told = measured.map(({ connection, line, changed }) => ({ connection, line: { ...line, step: connection.step }, changed }));
    const byRoom = Map.groupBy(told, ({ connection }) => connection.ref.lessonId);
    for (const [lessonId, lines] of byRoom) {
      const shown = lines.filter(({ connection }) => rooms.audienceFor(connection.ref) === null).map(({ line }) => line);
      if (shown.length > 0) announcer.toThoseWhoMay(lessonId, 'see-quality', { type: 'quality-changed', lines: shown });
      for (const { connection, line, changed } of lines) {
        const { personId, participantId } = connection.ref;
        const audience = rooms.audienceFor(connection.ref);
        // Those who know of an observer may see the lines of all.
        for (const knowing of audience ?? []) announcer.toConnection(knowing, { type: 'quality-changed', lines: [line] });
        if (!rooms.mayDo(connection.ref, 'see-quality'))
          announcer.toConnection(connection.ref.connectionId, { type: 'quality-changed', lines: [line] });
        if (changed) publish([{ type: 'quality-changed', lessonId, at: clock.now(), personId, participantId, quality: line.quality }]);
      }
    }
  }
}
