// What there is to hear of people's lines beside the facts: measurements, what devices report, and who was not let in.
import type { QualityReport } from '../contract/quality-report.ts';
import { Refused } from '../contract/reply.ts';
import type { Handlers } from '../edge/answer.ts';
import type { MeasurementHearer } from '../media/media-lines.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { Turned } from './refusals.ts';

export interface LineHearer {
  readonly measured: MeasurementHearer;
  /** May throw `Refused`: then nobody behind it hears the report. */
  reported(ref: ConnectionRef, report: QualityReport): void;
  refused(turned: Turned): void;
}

/** The socket request by which a device tells how what it got and sent was. */
export function reportHandlers(hearers: readonly LineHearer[]): Handlers<'media:report', 'in-room'> {
  return {
    'media:report': {
      phases: ['in-room'],
      handle: async (report, { connection }) => {
        for (const hearer of hearers) hearer.reported(connection, report);
        return {};
      },
    },
  };
}

type Entrance = Handlers<'room:join' | 'room:leave'>;

/** Z8: the same, and who is refused at the door is told of. */
export function watchDoor({ 'room:join': join, ...others }: Entrance, hearers: readonly LineHearer[]): Entrance {
  return {
    ...others,
    'room:join': {
      ...join,
      async handle(input, session, line) {
        try {
          return await join.handle(input, session, line);
        } catch (error) {
          const { lessonId, personId, guest, name } = session.claims;
          const turned = {
            lessonId,
            personId,
            guestName: guest ? name : null,
            place: 'door',
            device: input.device,
            address: line.address,
          } as const;
          const code = error instanceof Refused ? error.code : 'internal';
          for (const hearer of hearers) hearer.refused({ ...turned, code });
          throw error;
        }
      },
    },
  };
}
