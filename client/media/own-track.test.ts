// One own track between the device, the person's wish and what the room allows.
import { describe, expect, test, vi } from 'vitest';
import { TrackId } from '../../server/contract/ids.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import type { PauseReason } from '../../server/contract/reasons.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Call } from './calls.ts';
import { OwnTrack, type Publisher } from './own-track.ts';

class FakeTrack extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

class FakePublisher implements Publisher<FakeTrack> {
  readonly published: { readonly source: TrackSource; readonly paused: boolean }[] = [];
  paused = false;
  answer: Outcome<TrackId> | undefined;
  broken = false;
  #id: TrackId | undefined;

  trackId(): TrackId | undefined {
    return this.#id;
  }
  async publish(source: TrackSource, _track: FakeTrack, paused: boolean): Promise<Outcome<TrackId>> {
    this.published.push({ source, paused });
    await Promise.resolve();
    if (this.broken) throw new Error('closed');
    if (this.answer) return this.answer;
    this.#id = TrackId.parse(`track-${this.published.length}`);
    this.paused = paused;
    return { ok: true, value: this.#id };
  }
  setPaused(_source: TrackSource, paused: boolean): void {
    this.paused = paused;
  }
  replace(): Promise<void> {
    return this.broken ? Promise.reject(new Error('closed')) : Promise.resolve();
  }
  end(): TrackId | undefined {
    const id = this.#id;
    this.#id = undefined;
    return id;
  }
}

function set(source: TrackSource, answers: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const call: Call = (name) => {
    asked.push(name);
    return Promise.resolve(JSON.parse(JSON.stringify(answers[name] ?? { ok: true, value: {} })));
  };
  const device = new FakeTrack();
  const publisher = new FakePublisher();
  const track = new OwnTrack<FakeTrack>(source, call, () => undefined);
  const open = () => Promise.resolve({ ok: true, value: device } as const);
  const shown = (...pausedBy: PauseReason[]) => {
    const id = publisher.trackId();
    track.follow(id ? [{ id, source, pausedBy }] : [], true);
  };
  return { asked, device, publisher, track, open, shown };
}

describe('a microphone', () => {
  test('is published when the class is entered, though it was opened in the lobby', async () => {
    const { track, open, publisher } = set('microphone');
    await track.start(open);
    expect(publisher.published).toEqual([]);
    await track.attach(publisher);
    expect(publisher.published).toEqual([{ source: 'microphone', paused: false }]);
  });

  test('falls silent at once when its owner mutes it, before the server knows', async () => {
    const { track, open, publisher, asked } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    const told = track.setMuted(true);
    expect(publisher.paused).toBe(true);
    await told;
    expect(asked).toEqual(['media:pause']);
  });

  test('that a teacher muted stays silent over a new connection', async () => {
    const { track, open, publisher, shown } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    shown('muted');
    expect(publisher.paused).toBe(true);
    track.detach();
    const next = new FakePublisher();
    await track.attach(next);
    expect(next.published).toEqual([{ source: 'microphone', paused: true }]);
  });

  test('that was forbidden does not open by itself when it is allowed again', async () => {
    const { track, open, publisher, shown } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    shown('forbidden', 'muted');
    shown('muted');
    expect(publisher.paused).toBe(true);
    await track.setMuted(false);
    expect(publisher.paused).toBe(false);
  });

  test('goes on by itself when the teacher is back', async () => {
    const { track, open, publisher, shown } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    shown('unsupervised');
    expect(publisher.paused).toBe(true);
    shown();
    expect(publisher.paused).toBe(false);
  });

  test('stays muted, with the reason, when the server does not let it on', async () => {
    const { track, open, publisher } = set('microphone', { 'media:resume': { ok: false, code: 'microphone-forbidden' } });
    await track.attach(publisher);
    await track.start(open);
    await track.setMuted(true);
    await track.setMuted(false);
    expect(publisher.paused).toBe(true);
    expect(track.state.value.trouble).toEqual({ kind: 'server', code: 'microphone-forbidden' });
  });

  test('that was unmuted while the line was dropped is opened as soon as it is back', async () => {
    const answers: Record<string, unknown> = {};
    const { track, open, publisher, shown, asked } = set('microphone', answers);
    await track.attach(publisher);
    await track.start(open);
    await track.setMuted(true);
    answers['media:resume'] = { ok: false, code: 'offline' };
    await track.setMuted(false);
    delete answers['media:resume'];
    shown('self');
    shown();
    expect(asked).toEqual(['media:pause', 'media:resume', 'media:resume']);
    expect(publisher.paused).toBe(false);
  });

  test('that a teacher muted is not opened by what the room shows', async () => {
    const { track, open, publisher, shown, asked } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    shown('self', 'muted');
    expect(asked).toEqual([]);
    expect(publisher.paused).toBe(true);
  });

  test('that was unmuted while it was being published is opened at the server too', async () => {
    const { track, open, publisher, asked } = set('microphone');
    await track.start(open);
    await track.setMuted(true);
    const attached = track.attach(publisher);
    await track.setMuted(false);
    await attached;
    expect(publisher.published).toEqual([{ source: 'microphone', paused: true }]);
    expect(asked).toEqual(['media:resume']);
  });

  test('that the server closed though it is allowed is not said to be forbidden', async () => {
    vi.useFakeTimers();
    try {
      const { track, open, publisher, shown } = set('microphone');
      await track.attach(publisher);
      await track.start(open);
      shown();
      track.follow([], true);
      vi.runAllTimers();
      expect(track.state.value).toMatchObject({ status: 'off', trouble: { kind: 'server', code: 'media-unavailable' } });
    } finally {
      vi.useRealTimers();
    }
  });

  test('that was lost while muted comes back muted with another device', async () => {
    const { track, open, publisher } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    await track.setMuted(true);
    track.fail('lost');
    await track.exchange(open);
    expect(track.state.value).toMatchObject({ status: 'on', pausedBy: ['self'] });
    expect(publisher.published.at(-1)).toEqual({ source: 'microphone', paused: true });
  });

  test('gives the former device back even where the exchange fails', async () => {
    const { track, open, publisher, device } = set('microphone');
    await track.attach(publisher);
    await track.start(open);
    publisher.broken = true;
    const other = new FakeTrack();
    await track.exchange(() => Promise.resolve({ ok: true, value: other }));
    expect(device.stopped).toBe(true);
    expect(other.stopped).toBe(true);
    expect(track.state.value).toMatchObject({ status: 'off', trouble: { kind: 'device', code: 'failed' } });
  });
});

describe('a camera', () => {
  test('that could not be opened is opened when another one is chosen', async () => {
    const { track, open } = set('camera');
    await track.start(() => Promise.resolve({ ok: false, trouble: 'in-use' }));
    await track.exchange(open);
    expect(track.state.value).toMatchObject({ status: 'on', trouble: null });
  });

  test('that is off stays off when another one is chosen', async () => {
    const { track, open } = set('camera');
    await track.exchange(open);
    expect(track.state.value.status).toBe('off');
  });

  test('that was switched off while the line was dropped is unpublished when it is back', async () => {
    const answers: Record<string, unknown> = {};
    const { track, open, publisher, shown, asked } = set('camera', answers);
    await track.attach(publisher);
    await track.start(open);
    answers['media:unpublish'] = { ok: false, code: 'offline' };
    track.stop();
    await Promise.resolve();
    delete answers['media:unpublish'];
    shown();
    await Promise.resolve();
    shown();
    expect(asked).toEqual(['media:unpublish', 'media:unpublish']);
  });

  test('that the browser cannot send is closed rather than shown as live', async () => {
    const { track, open, publisher, device } = set('camera');
    publisher.broken = true;
    await track.attach(publisher);
    expect(await track.start(open)).toBe(false);
    expect(device.stopped).toBe(true);
    expect(track.state.value.trouble).toEqual({ kind: 'device', code: 'failed' });
  });

  test('that is switched off gives the device back and tells the server', async () => {
    const { track, open, publisher, device, asked } = set('camera');
    await track.attach(publisher);
    await track.start(open);
    track.stop();
    expect(device.stopped).toBe(true);
    expect(asked).toEqual(['media:unpublish']);
  });

  test('that is forbidden goes out altogether, so that its light does not shine for nobody', async () => {
    const { track, open, publisher, device, shown } = set('camera');
    await track.attach(publisher);
    await track.start(open);
    shown('forbidden');
    expect(device.stopped).toBe(true);
    expect(track.state.value).toMatchObject({ status: 'off', trouble: { code: 'camera-forbidden' } });
  });

  test('that the server refuses is closed, with the reason', async () => {
    const { track, open, publisher, device } = set('camera');
    publisher.answer = { ok: false, code: 'camera-forbidden', details: undefined };
    await track.attach(publisher);
    expect(await track.start(open)).toBe(false);
    expect(device.stopped).toBe(true);
    expect(track.state.value.trouble).toEqual({ kind: 'server', code: 'camera-forbidden' });
  });

  test('that was switched off while it was being opened stays off', async () => {
    const { track, device } = set('camera');
    let opened: (track: { ok: true; value: FakeTrack }) => void = () => undefined;
    const starting = track.start(() => new Promise((resolve) => (opened = resolve)));
    track.stop();
    opened({ ok: true, value: device });
    expect(await starting).toBe(false);
    expect(device.stopped).toBe(true);
    expect(track.state.value.status).toBe('off');
  });
});
