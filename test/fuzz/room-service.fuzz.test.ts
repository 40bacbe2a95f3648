// The rooms' service under many requests at once: what is published is what is true, and what is written, in the same order.
import { afterEach, describe, expect, it } from 'vitest';
import { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import { TrackSource } from '../../server/contract/media.ts';
import { Refused } from '../../server/contract/reply.ts';
import type { Fact } from '../../server/facts.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { raiseHand } from '../../server/room/hands.ts';
import { lock, remove } from '../../server/room/leading.ts';
import { mute } from '../../server/room/permissions.ts';
import { pageSeen } from '../../server/room/seats.ts';
import { entryOf } from '../../server/trace/trace.ts';
import { assistantId, lessonId, studentId, teacherId } from '../support/campus.ts';
import { Classroom } from '../support/classroom.ts';
import { Witness } from '../support/witness.ts';
import { Random } from './random.ts';

const people = [teacherId, assistantId, ...[1, 2, 3, 4, 5].map(studentId)];
let classroom: Classroom;

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

interface Device {
  readonly ref: ConnectionRef;
  readonly line: string;
}

async function play(seed: number): Promise<void> {
  classroom = await Classroom.open();
  const { rooms, clock } = classroom;
  const random = new Random(seed);
  const witness = new Witness();
  const published: Fact[] = [];
  classroom.running.rooms.bus.listen('witness', (fact) => {
    witness.hear(fact);
    published.push(fact);
  });
  const devices: Device[] = [];
  let count = 0;

  const join = async (): Promise<void> => {
    count += 1;
    const personId = random.one(people) ?? teacherId;
    const line = `line${count}`;
    const claims = { personId, lessonId, name: personId, guest: false };
    await rooms.join(claims, { protocol: protocolVersion, device: 'd', consent: true }, { line, address: 'a' }, (found) => {
      if ('connection' in found) devices.push({ ref: found.connection, line });
    });
  };
  const newTrackId = () => {
    count += 1;
    return TrackId.parse(`t${count}`);
  };
  const withDevice = async (act: (device: Device) => Promise<unknown>): Promise<void> => {
    const device = random.one(devices);
    if (device !== undefined) await act(device);
  };
  const steps = [
    join,
    join,
    () => withDevice(({ ref, line }) => rooms.leave(ref, 'left', line)),
    () => withDevice(({ ref, line }) => rooms.dropped(ref, line, 'line-broken')),
    () => withDevice(({ ref }) => rooms.act(ref, (room, at) => pageSeen(room, ref, random.chance(0.5), at))),
    () =>
      withDevice(({ ref }) =>
        rooms.publishTrack(ref, {
          trackId: newTrackId(),
          source: random.one(TrackSource.options) ?? 'camera',
          paused: false,
        }),
      ),
    () => withDevice(({ ref }) => rooms.act(ref, (room, at) => raiseHand(room, ref, random.chance(0.7), at))),
    () => withDevice(({ ref }) => rooms.act(ref, (room, at) => lock(room, ref, random.chance(0.3), at))),
    () => withDevice(({ ref }) => rooms.act(ref, (room, at) => mute(room, ref, { all: true }, at))),
    () =>
      withDevice(({ ref }) =>
        random.chance(0.1)
          ? rooms.act(ref, (room, at) => remove(room, ref, random.one([...room.seats.keys()]) ?? ParticipantId.parse('x'), at))
          : Promise.resolve(),
      ),
  ];

  for (let wave = 0; wave < 25; wave += 1) {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => (random.one(steps) ?? join)()));
    for (const outcome of outcomes) if (outcome.status === 'rejected' && !(outcome.reason instanceof Refused)) throw outcome.reason;
    clock.advance(random.below(20_000));
  }
  // What timers began is written when this is.
  await rooms.record(lessonId, []);

  expect(published.length).toBeGreaterThan(100);
  expect(witness.contradictions).toEqual([]);
  const seen = rooms.participants(lessonId);
  expect([...witness.present.keys()].sort()).toEqual(seen.map(({ id }) => id).sort());
  expect([...witness.tracks.keys()].sort()).toEqual(
    rooms
      .tracks(lessonId)
      .map(({ trackId }) => trackId)
      .sort(),
  );
  for (const { trackId, live } of rooms.tracks(lessonId)) expect(witness.tracks.get(trackId)?.live).toBe(live);
  expect([...witness.hands].sort()).toEqual(
    seen
      .filter(({ handRaisedAt }) => handRaisedAt !== null)
      .map(({ id }) => id)
      .sort(),
  );

  const trace = await classroom.running.database.db
    .selectFrom('trace_entry')
    .select(['seq', 'kind', 'participant_id'])
    .where('lesson_id', '=', lessonId)
    .orderBy('seq')
    .execute();
  expect(trace.map(({ seq }) => seq)).toEqual(trace.map((_, index) => index + 1));
  const told = published.map(entryOf).filter((entry) => entry !== null);
  expect(trace.map(({ kind, participant_id }) => [kind, participant_id])).toEqual(
    told.map(({ kind, participantId }) => [kind, participantId]),
  );
}

describe('the service of rooms under many requests at once', () => {
  it.each([1, 2, 3, 4, 5, 6])('publishes what is true and written, seed %i', play);

  const fresh = Number(process.env['AUDITORIA_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
  it(`publishes what is true and written, seed ${fresh}`, () => play(fresh));
});
