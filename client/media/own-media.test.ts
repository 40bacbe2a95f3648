// Sharing the screen, played on a browser whose own choice stays open until the test chooses.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call } from './calls.ts';
import { OwnMedia } from './own-media.ts';

class FakeTrack extends EventTarget {
  stopped = false;
  contentHint = '';
  stop(): void {
    this.stopped = true;
  }
}

const call: Call = () => Promise.reject(new Error('nothing is to be asked outside a room'));

let choices: { readonly choose: (sound: boolean) => FakeTrack[]; readonly cancel: () => void }[];

beforeEach(() => {
  choices = [];
  const getDisplayMedia = () =>
    new Promise((resolve, reject) => {
      choices.push({
        choose: (withSound) => {
          const picture = new FakeTrack();
          const sound = withSound ? [new FakeTrack()] : [];
          resolve({ getVideoTracks: () => [picture], getAudioTracks: () => sound });
          return [picture, ...sound];
        },
        cancel: () => reject(new DOMException('', 'NotAllowedError')),
      });
    });
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia } });
});

afterEach(() => vi.unstubAllGlobals());

describe('a screen', () => {
  test('is shared once it was chosen', async () => {
    const own = new OwnMedia(call);
    const sharing = own.shareScreen();
    expect(own.screen.value.status).toBe('starting');
    const tracks = choices[0]?.choose(true) ?? [];
    await sharing;
    expect(own.screen.value.track).toBe(tracks[0]);
    expect(tracks.map(({ stopped }) => stopped)).toEqual([false, false]);
  });

  test('that is chosen after the class was left is not captured', async () => {
    const own = new OwnMedia(call);
    const sharing = own.shareScreen();
    own.close();
    const tracks = choices[0]?.choose(true) ?? [];
    await sharing;
    expect(own.screen.value.status).toBe('off');
    expect(tracks.map(({ stopped }) => stopped)).toEqual([true, true]);
  });

  test('is asked for once, however often it is wished', async () => {
    const own = new OwnMedia(call);
    const sharing = own.shareScreen();
    await own.shareScreen();
    expect(choices).toHaveLength(1);
    choices[0]?.choose(false);
    await sharing;
    expect(own.screen.value.status).toBe('on');
  });

  test('that was not chosen after all is no trouble', async () => {
    const own = new OwnMedia(call);
    const sharing = own.shareScreen();
    choices[0]?.cancel();
    await sharing;
    expect(own.screen.value).toMatchObject({ status: 'off', trouble: null });
  });
});
