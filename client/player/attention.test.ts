// What runs before nobody earns nothing.
import { describe, expect, test } from 'vitest';
import { isAttended, Seen } from './attention.ts';
import type { Stretch } from './played.ts';

const page = { isHidden: false, isPictureApart: false, isSoundOnly: false, isMuted: false };
const hidden = { ...page, isHidden: true };

describe('V70 somebody is there', () => {
  test.each([
    ['when the page is seen', page, true],
    ['when it is seen and muted, for there are captions', { ...page, isMuted: true }, true],
    ['not when it is hidden', hidden, false],
    ['when a picture of it stands apart', { ...hidden, isPictureApart: true }, true],
    ['when sound only is listened to in a hidden page, as on a locked phone', { ...hidden, isSoundOnly: true }, true],
    ['not when that is muted', { ...hidden, isSoundOnly: true, isMuted: true }, false],
  ])('%s', (_when, attention, expected) => {
    expect(isAttended(attention)).toBe(expected);
  });
});

describe('V70 what counts', () => {
  const playing = () => {
    let [told, at] = [0, 0];
    const take = (): Stretch[] => {
      const stretch = { fromMs: told, toMs: at, speed: 1 };
      told = at;
      return stretch.toMs > stretch.fromMs ? [stretch] : [];
    };
    const until = (ms: number) => {
      at = ms;
    };
    return { seen: new Seen(take, true), until };
  };

  test('is what ran while somebody was there, to the moment', () => {
    const { seen, until } = playing();
    until(10_000);
    seen.attend(false);
    until(50_000);
    seen.attend(false);
    until(60_000);
    seen.attend(true);
    until(65_000);
    expect(seen.take()).toEqual([
      { fromMs: 0, toMs: 10_000, speed: 1 },
      { fromMs: 60_000, toMs: 65_000, speed: 1 },
    ]);
    expect(seen.take()).toEqual([]);
  });

  test('is nothing of a page that is opened behind others', () => {
    const { seen, until } = playing();
    seen.attend(false);
    until(30_000);
    expect(seen.take()).toEqual([]);
  });
});
