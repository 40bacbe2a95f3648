// What others are told of an entry, how long is waited, and ids that stay the same.
import { describe, expect, it } from 'vitest';
import { eventOf, type OutboxEvent, pauseMs, retryAfterMs } from './outbox.ts';
import { stableId } from './stable-id.ts';
import { changesOfTracks } from './tracks.ts';
import { webhookHeaders } from './webhook.ts';

const written = { lessonId: 'l', seq: 4, at: 1000, personId: 'p' };

describe('an entry of the trace', () => {
  it('O2 is told without what is nobody else’s business', () => {
    const detail = { role: 'student', name: 'Гауһар', address: '10.0.0.7' };
    expect(eventOf({ ...written, kind: 'participant-joined', detail })).toEqual({
      ...{ at: 1000, kind: 'participant-joined', lessonId: 'l', entrySeq: 4, personId: 'p', detail: { role: 'student' } },
    });
  });

  it.each(['connection-opened', 'waiting-started', 'page-hidden', 'roster-recorded', 'supervision-changed', 'of-a-later-version'])(
    'O2 is not told when it is %s',
    (kind) => expect(eventOf({ ...written, kind, detail: {} })).toBeNull(),
  );
});

describe('O4 waiting', () => {
  it('doubles from a second to an hour, with some chance in it', () => {
    expect([1, 2, 3, 4].map((attempts) => pauseMs(attempts, 0))).toEqual([1000, 2000, 4000, 8000]);
    expect([1, 2, 3].map((attempts) => pauseMs(attempts, 0.999))).toEqual([1999, 3998, 7996]);
    expect(pauseMs(500, 0.999)).toBeLessThanOrEqual(3_600_000);
    expect(pauseMs(500, 0)).toBe(1_800_000);
  });

  it('reads Retry-After in seconds and as a date, and a day at most', () => {
    const now = Date.parse('2026-09-07T08:00:00Z');
    expect(retryAfterMs('30', now)).toBe(30_000);
    expect(retryAfterMs('Mon, 07 Sep 2026 08:02:00 GMT', now)).toBe(120_000);
    expect(retryAfterMs('999999999', now)).toBe(24 * 3_600_000);
    for (const nonsense of [null, '', 'soon', '-5', '0', 'Mon, 07 Sep 2026 07:00:00 GMT']) expect(retryAfterMs(nonsense, now)).toBeNull();
  });
});

describe('O3 ids', () => {
  it('are UUIDs of version 5, as in the example of RFC 9562', () => {
    expect(stableId('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('sign a webhook as the Standard Webhooks specification does', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(webhookHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_999, '{"test": 2432232314}', secret)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('O9 a camera', () => {
  const event = (seq: number, kind: string, detail: object = {}): OutboxEvent => ({
    ...{ seq, at: seq, kind, lessonId: 'l', entrySeq: seq, personId: 'p', detail: { trackId: 't', ...detail } },
  });
  it('starts and stops once, whatever pauses it and for how many reasons', () => {
    const changes = changesOfTracks([
      event(1, 'track-published', { pausedBy: ['self'] }),
      event(2, 'track-paused', { by: 'muted' }),
      event(3, 'track-resumed', { pausedBy: ['muted'] }),
      event(4, 'track-resumed', { pausedBy: [] }),
      event(5, 'track-paused', { by: 'self' }),
      event(6, 'track-paused', { by: 'forbidden' }),
      event(7, 'track-closed'),
      event(8, 'track-published', { trackId: 'other', pausedBy: [] }),
      event(9, 'track-closed', { trackId: 'other' }),
    ]);
    expect([...changes]).toEqual([
      [4, 'started'],
      [5, 'stopped'],
      [8, 'started'],
      [9, 'stopped'],
    ]);
  });
  it('stops also when what came before is not known', () => {
    expect([...changesOfTracks([event(7, 'track-closed')])]).toEqual([[7, 'stopped']]);
    expect([...changesOfTracks([event(7, 'track-resumed', { pausedBy: [] })])]).toEqual([[7, 'started']]);
  });
});
