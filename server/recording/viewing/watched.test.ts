// What can have been watched, and what is kept of it.
import { describe, expect, it } from 'vitest';
import { Random } from '../../../test/fuzz/random.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { RegisterFact } from '../../facts.ts';
import type { StoredRecording } from '../recording.store.ts';
import { WatchedService } from './watched.service.ts';
import { slackMs, spend, watchingFrom } from './watched.ts';

const minute = 60_000;
const hour = 60 * minute;
const stretch = (fromMs: number, toMs: number, speed = 1) => ({ fromMs, toMs, speed });
const whyOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof Refused ? [error.code, error.details?.why] : error;
  }
  return 'taken';
};

describe('G10 what can have been watched', () => {
  it('takes as long as it lasts, at its speed, with a little to spare', () => {
    const since = watchingFrom(0);
    const say = (stretches: ReturnType<typeof stretch>[], now: number) => whyOf(() => spend(since, { stretches }, hour, now));
    expect(say([stretch(0, 30_000)], 30_000)).toBe('taken');
    expect(say([stretch(0, 30_000 + slackMs)], 30_000)).toBe('taken');
    expect(say([stretch(0, 30_001 + slackMs)], 30_000)).toEqual(['bad-request', 'too-fast']);
    expect(say([stretch(0, 2 * (30_000 + slackMs), 2)], 30_000)).toBe('taken');
    expect(say([stretch(0, minute, 0.5)], minute)).toEqual(['bad-request', 'too-fast']);
    expect(say([stretch(0, 40_000), stretch(0, 40_000)], 30_000)).toEqual(['bad-request', 'too-fast']);
  });

  it('lies within the recording, and runs forwards', () => {
    const say = (...stretches: ReturnType<typeof stretch>[]) => whyOf(() => spend(watchingFrom(0), { stretches }, minute, hour));
    expect(say(stretch(minute - 5000, minute + 5000))).toBe('taken');
    expect(say(stretch(minute - 5000, minute + 5001))).toEqual(['bad-request', 'outside']);
    expect(say(stretch(3000, 3000))).toEqual(['bad-request', 'backwards']);
    expect(say(stretch(4000, 3000))).toEqual(['bad-request', 'backwards']);
  });

  it('never adds up to more than the time that has passed, however it is cut into reports', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = new Random(seed);
      let [time, now, took] = [watchingFrom(0), 0, 0];
      for (let report = 0; report < 200; report += 1) {
        now += random.below(2000);
        const lasts = 1 + random.below(6000);
        const speed = 0.25 + random.below(16) / 4;
        if (whyOf(() => ({ time } = spend(time, { stretches: [stretch(0, lasts, Math.min(4, speed))] }, hour, now))) === 'taken')
          took += lasts / Math.min(4, speed);
      }
      expect(took).toBeLessThanOrEqual(now + slackMs + 0.001);
    }
  });

  it('is earned back by time in which nothing was watched, and never beyond the slack', () => {
    const first = spend(watchingFrom(0), { stretches: [stretch(0, slackMs)] }, hour, 0);
    expect(first.time.spareMs).toBe(0);
    const later = spend(first.time, { stretches: [stretch(0, 1000)] }, hour, 10 * minute);
    expect(later.time).toEqual({ at: 10 * minute, spareMs: slackMs });
  });
});

describe('G11 what is kept', () => {
  const kept = (...stretches: ReturnType<typeof stretch>[]) => spend(watchingFrom(0), { stretches }, minute, hour).kept;

  it('is joined where it touches or overlaps, and cut at the end of the recording', () => {
    expect(
      kept(stretch(20_000, 30_000), stretch(0, 10_000), stretch(10_900, 15_000), stretch(5000, 12_000), stretch(58_000, 63_000)),
    ).toEqual([
      { fromMs: 0, toMs: 15_000 },
      { fromMs: 20_000, toMs: 30_000 },
      { fromMs: 58_000, toMs: 60_000 },
    ]);
  });

  it('is not what was only touched on the way, nor more than the five longest', () => {
    expect(kept(stretch(0, 999))).toEqual([]);
    const many = Array.from({ length: 12 }, (_, index) => stretch(index * 5000, index * 5000 + 1000 + index));
    expect(kept(...many).map(({ fromMs }) => fromMs)).toEqual([35_000, 40_000, 45_000, 50_000, 55_000]);
  });
});

describe('the service', () => {
  const startedAt = 1_000_000;
  const person = PersonId.parse('student');
  const recording: StoredRecording = {
    ...{ id: RecordingId.parse('r'), lessonId: LessonId.parse('lesson'), state: 'ended', startedAt, endedAt: startedAt + hour },
    ...{ endReason: 'stopped', startedBy: null, bytes: 1, directory: 'r' },
  };
  function running({ fails = false, live = false } = {}) {
    const clock = new FakeClock(startedAt + 2 * hour);
    const facts: RegisterFact[] = [];
    const state = { fails };
    const service = new WatchedService({
      clock,
      isLive: () => live,
      written: () => Promise.resolve(),
      trace: {
        append: (written) => {
          if (state.fails) return Promise.reject(new Error('no disk'));
          facts.push(...written);
          return Promise.resolve();
        },
      },
    });
    clock.advance(hour);
    const say = (fromMs: number, toMs: number) => service.report(person, recording, { stretches: [stretch(fromMs, toMs)] });
    return { clock, facts, state, service, say };
  }

  it('G12 writes one entry for half a minute of watching', async () => {
    const { clock, facts, service, say } = running();
    service.opened(person, recording.id);
    for (let half = 0; half < 4; half += 1) {
      clock.advance(30_000);
      await say(half * 30_000, (half + 1) * 30_000);
    }
    expect(facts).toHaveLength(4);
    expect(facts[0]).toMatchObject({
      type: 'recording-watched',
      personId: person,
      fromMs: 0,
      toMs: 30_000,
      live: false,
      at: clock.now() - 90_000,
    });
  });

  it('G10 gives no time for opening it again and again, nor to who never opened it', async () => {
    const { clock, service, say } = running();
    service.opened(person, recording.id);
    clock.advance(30_000);
    await say(0, 50_000);
    service.opened(person, recording.id);
    await expect(say(0, 10_000)).rejects.toMatchObject({ code: 'bad-request' });
    const other = running();
    await expect(other.say(0, 30 * minute)).rejects.toMatchObject({ details: { why: 'too-fast' } });
    await other.say(0, minute);
  });

  it('G10 does not hold it against a player that the server was restarted', async () => {
    const clock = new FakeClock(startedAt + 2 * hour);
    const service = new WatchedService({
      clock,
      isLive: () => true,
      written: async () => undefined,
      trace: { append: async () => undefined },
    });
    clock.advance(minute);
    await service.report(person, recording, { stretches: [stretch(0, 110_000)] });
  });

  it('takes again what could not be written', async () => {
    const { clock, facts, service, state, say } = running({ fails: true, live: true });
    service.opened(person, recording.id);
    clock.advance(30_000);
    await expect(say(0, 45_000)).rejects.toThrow('no disk');
    state.fails = false;
    await say(0, 45_000);
    expect(facts).toMatchObject([{ live: true, toMs: 45_000 }]);
  });

  it('knows of a recording that still runs how long it can be', async () => {
    const { clock, service } = running();
    const young = { ...recording, state: 'recording', startedAt: clock.now() - minute, endedAt: null } as const;
    service.opened(person, recording.id);
    clock.advance(minute);
    await service.report(person, young, { stretches: [stretch(90_000, 2 * minute)] });
    clock.advance(minute);
    await expect(service.report(person, young, { stretches: [stretch(180_000, 200_000)] })).rejects.toMatchObject({
      details: { why: 'outside' },
    });
  });
});
