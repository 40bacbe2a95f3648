// A picture's own word on what it is.
import { expect, test } from 'vitest';
import { jpeg, webp } from '../../test/support/still-pictures.ts';
import { pictureSize } from './picture-size.ts';

test('the size is read from either kind of file', () => {
  expect(pictureSize('image/webp', webp(1280, 720))).toEqual({ width: 1280, height: 720 });
  expect(pictureSize('image/jpeg', jpeg(960, 540))).toEqual({ width: 960, height: 540 });
});

test('also where the file is a part of a larger buffer', () => {
  const larger = new Uint8Array(3_000);
  larger.set(webp(640, 360), 500);
  expect(pictureSize('image/webp', larger.subarray(500, 2_500))).toEqual({ width: 640, height: 360 });
});

test('lossless and extended WebP say it elsewhere', () => {
  const lossless = webp(1, 1);
  lossless.set(new TextEncoder().encode('VP8L'), 12);
  new DataView(lossless.buffer).setUint32(21, (1280 - 1) | ((720 - 1) << 14), true);
  expect(pictureSize('image/webp', lossless)).toEqual({ width: 1280, height: 720 });
  const extended = webp(1, 1);
  extended.set(new TextEncoder().encode('VP8X'), 12);
  extended.set([0xff, 0x04, 0, 0xcf, 0x02, 0], 24);
  expect(pictureSize('image/webp', extended)).toEqual({ width: 1280, height: 720 });
});

test('L12 what begins as something else, or ends before it says its size, is no picture', () => {
  expect(pictureSize('image/jpeg', webp(1280, 720))).toBeNull();
  expect(pictureSize('image/webp', jpeg(1280, 720))).toBeNull();
  expect(pictureSize('image/webp', webp(1280, 720).subarray(0, 20))).toBeNull();
  expect(pictureSize('image/jpeg', jpeg(1280, 720).subarray(0, 15))).toBeNull();
  expect(pictureSize('image/jpeg', new Uint8Array([0xff, 0xd8, 1, 2]))).toBeNull();
  expect(pictureSize('image/webp', new TextEncoder().encode('<svg onload="alert(1)"></svg>'.padEnd(64)))).toBeNull();
});
