// Files made by ffmpeg of a small class: what is in them, when, and nothing else.
import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RecordingMarkId } from '../../contract/ids.ts';
import { ExportWorld } from './testing/export-world.ts';
import { filmBeeps, filmFlashes, filmOf } from './testing/film-signals.ts';
import { flashSeconds, pathOf, smallClass, student } from './testing/small-class.ts';

let world: ExportWorld;
const id = 'class';
const file = (name: string) => pathOf(world.root, id, name);
/** The pause is left out, and the cut from 17.5 to 19.5. */
const watched = (classSeconds: number) => (classSeconds - (classSeconds >= 12 ? 2 : 0) - (classSeconds >= 19.5 ? 2 : 0)) * 1000;

beforeAll(async () => {
  world = await ExportWorld.open();
  await world.add(id);
  await smallClass(world.root, id);
  world.edits.push({ kind: 'cut', fromMs: 17_500, toMs: 19_500 });
  const mark = { id: RecordingMarkId.parse('mark'), kind: 'important', atMs: 13_000, text: 'Емтихан' } as const;
  world.chapters.push({ kind: 'mark', atMs: mark.atMs, mark });
  await world.change(id, { edition: 1 });
  const { queue, exports } = world.server();
  await queue.start();
  await exports.catchUp();
  world.clock.move(3 * 60_000);
  await queue.idle();
  await queue.close();
}, 90_000);
afterAll(() => world.close());

it('V30 makes all three by itself, and leaves no working folder', async () => {
  expect(await world.states(id)).toEqual({ insight: 'ready', m4a: 'ready', mp4: 'ready' });
  await expect(stat(`${world.workRoot}/${id}-mp4`)).rejects.toThrow('ENOENT');
});

it('V35 makes a film of watching time: H.264 at 720 lines and AAC, with chapters, its head first', async () => {
  const { durationMs, streams, chapters } = await filmOf(file('class.mp4'));
  expect(Math.abs(durationMs - 20_000)).toBeLessThan(100);
  expect(streams.map(({ codec_name }) => codec_name).slice(0, 2)).toEqual(['h264', 'aac']);
  expect(streams[0]).toMatchObject({ width: 1280, height: 720 });
  for (const stream of streams.slice(0, 2)) expect(Math.abs(stream.duration * 1000 - 20_000)).toBeLessThan(100);
  expect(chapters).toEqual([
    [0, 11_000, 'Lesson'],
    [11_000, 20_000, '★ Емтихан'],
  ]);
  const head = (await readFile(file('class.mp4'))).toString('latin1');
  expect(head.indexOf('moov')).toBeLessThan(head.indexOf('mdat'));
});

it('V36 keeps sound and picture together, and both with the class, across a pause, a cut, a part of another size and a change of what is shown', async () => {
  const flashes = await filmFlashes(file('class.mp4'));
  const beeps = await filmBeeps(file('class.mp4'));
  const expected = flashSeconds.filter((second) => second !== 18).map(watched);
  expect(flashes).toHaveLength(expected.length);
  for (const [n, flash] of flashes.entries()) {
    expect(Math.abs(flash - (expected[n] ?? 0))).toBeLessThanOrEqual(40);
    // From then on somebody speaks through the beeps.
    if (flash >= watched(21)) continue;
    const beep = beeps.find((one) => Math.abs(one - flash) < 400) ?? Number.NaN;
    expect(Math.abs(beep - flash)).toBeLessThanOrEqual(40);
  }
});

it('V34 mixes every voice into one sound that is as loud as it should be', async () => {
  const { durationMs, streams } = await filmOf(file('sound.m4a'));
  expect(streams[0]?.codec_name).toBe('aac');
  expect(Math.abs(durationMs - 20_000)).toBeLessThan(100);
  const beeps = await filmBeeps(file('sound.m4a'));
  expect(beeps[0]).toBeLessThan(30);
  // The student, who is forty decibels below the beeps, is heard at 21 seconds of class time.
  expect(beeps.some((at) => Math.abs(at - watched(21)) < 60)).toBe(true);
});

it('V33 finds who speaks, when nobody does, when the screen changed, and small pictures', async () => {
  const { exports } = world.server();
  const insight = await exports.insightOf(await world.recording(id));
  const spoke = insight?.speech.find(({ participantId }) => participantId === student.participantId);
  expect(spoke?.spans).toHaveLength(1);
  const [from = 0, to = 0] = spoke?.spans[0] ?? [];
  expect([Math.abs(from - 21_000) < 500, Math.abs(to - 23_800) < 500]).toEqual([true, true]);
  expect(insight?.silences.every(({ fromMs, toMs }) => toMs <= 10_000 || (fromMs >= 12_000 && toMs <= 21_100))).toBe(true);
  expect(insight?.slides).toHaveLength(1);
  expect(insight?.slides[0]?.atMs).toBeGreaterThan(2500);
  expect(insight?.slides[0]?.atMs).toBeLessThanOrEqual(6500);
  expect(insight?.storyboard).toMatchObject({ everyMs: 10_000, count: 2, sheets: ['s0001.jpg'] });
  for (const name of ['s0001.jpg', insight?.thumbnail ?? '']) expect((await readFile(file(name))).readUInt16BE(0)).toBe(0xffd8);
  const gains = new Map(insight?.gains.map(({ trackId, gainDb }) => [String(trackId), gainDb]));
  expect((gains.get('microphone-2') ?? 0) - (gains.get('microphone') ?? 0)).toBeGreaterThan(10);
});

it('V31 reads no byte of what was cut', async () => {
  const cut = [17_500, 19_500] as const;
  const recording = await world.recording(id);
  const whole = { ...recording, edition: 0 };
  for (const { parts } of (await world.playback.view(whole, 'viewer')).tracks)
    for (const { file: name, index } of parts) {
      const lines = await world.playback.index(whole, index, 'viewer');
      for (const [at, lasts, offset, bytes] of lines.filter(([from, length]) => from + length > cut[0] && from < cut[1])) {
        const read = world.files.read.filter((one) => one.name === name && one.end >= offset && one.start < offset + bytes);
        expect(read, `${name} ${at} ${lasts}`).toEqual([]);
      }
    }
});
