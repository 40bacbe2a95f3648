// One own track between the device, the person's wish and what the room allows.
import { describe, expect, test } from 'vitest';
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
  #id: TrackId | undefined;

  trackId(): TrackId | undefined {
    return this.#id;
  }
  publish(source: TrackSource, _track: FakeTrack, paused: boolean): Promise<Outcome<TrackId>> {
    this.published.push({ source, paused });
    if (this.answer) return Promise.resolve(this.answer);
    this.#id = TrackId.parse(`track-${this.published.length}`);
    this.paused = paused;
    return Promise.resolve({ ok: true, value: this.#id });
  }
  setPaused(_source: TrackSource, paused: boolean): void {
    this.paused = paused;
  }
  replace(): Promise<void> {
    return Promise.resolve();
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
});

describe('a camera', () => {
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
