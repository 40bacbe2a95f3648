// Sends good sound and good pictures of many kinds from real browsers for a long time, and counts the false alarms; at the end, that real ones are found.
// npm run bench signals -- [--minutes=20] [--codec=VP8|H264]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clientScript } from '../media/devices/browser.ts';
import { type PictureName, pictureFile, type SoundName, soundFile } from '../media/devices/files.ts';
import { WatchedClass } from '../media/devices/watched-class.ts';
import { atMost, exactly, type Row } from './table/row.ts';
import { runBench } from './table/run.ts';

/** As different as two cores carry. */
const fine: readonly (readonly [PictureName, SoundName])[] = [
  ['person', 'voice'],
  ['quiet person', 'very quiet room'],
  ['dim room', 'quiet room'],
];
const troubled: readonly (readonly [PictureName, SoundName])[] = [
  ['black', 'noughts'],
  ['standing', 'noughts'],
];
const foundWithinSeconds = 40;

await runBench('signals', ['minutes', 'codec'], async (options) => {
  const codec = options.text('codec') === 'VP8' ? 'video/VP8' : 'video/H264';
  const minutes = options.number('minutes', 20, 1);
  const folder = await mkdtemp(join(tmpdir(), 'signals-'));
  const script = await clientScript();
  const enter = async (lesson: WatchedClass, [picture, sound]: readonly [PictureName, SoundName]): Promise<void> => {
    const devices = { camera: await pictureFile(folder, picture), microphone: await soundFile(folder, sound) };
    await lesson.teacher(nameOf([picture, sound]), devices, codec);
  };
  try {
    const alarms = await watchFine(script, enter, minutes);
    const found = await watchTroubled(script, enter);
    return [...alarms, ...found];
  } finally {
    await rm(folder, { recursive: true });
  }
});

function toldIn({ told }: WatchedClass): string {
  return told.map(({ participantId, source, signal }) => `${participantId}: ${source} ${signal}`).join('; ');
}

function nameOf(kind: readonly [PictureName, SoundName]): string {
  return kind.join('_').replaceAll(/\W+/g, '-');
}

type Enter = (lesson: WatchedClass, kind: readonly [PictureName, SoundName]) => Promise<void>;

async function watchFine(script: string, enter: Enter, minutes: number): Promise<Row[]> {
  const lesson = await WatchedClass.open(script);
  try {
    for (const kind of fine) await enter(lesson, kind);
    for (let minute = 1; minute <= minutes; minute += 1) {
      await wait(60_000);
      console.log(`minute ${minute}: ${Math.round(lesson.bytesPerSecond / 1000)} kB/s come; told: ${toldIn(lesson) || 'nothing'}`);
    }
    const note = toldIn(lesson);
    return [
      exactly(`false alarms in ${minutes} minutes of ${fine.length} good cameras and microphones`, lesson.told.length, 'alarms', 0, {
        note,
      }),
      exactly('faults of the server meanwhile', lesson.faults.length, 'faults', 0),
    ];
  } finally {
    await lesson.close();
  }
}

/** A watch that never calls would have no false alarms either. */
async function watchTroubled(script: string, enter: Enter): Promise<Row[]> {
  const lesson = await WatchedClass.open(script);
  try {
    const rows: Row[] = [];
    for (const kind of troubled) {
      const beganAt = Date.now();
      await enter(lesson, kind);
      const name = nameOf(kind);
      const own = () => lesson.told.filter(({ participantId, signal }) => participantId === name && signal !== 'fine');
      while (own().length < 2 && Date.now() - beganAt < foundWithinSeconds * 1_000) await wait(200);
      const seconds = (Date.now() - beganAt) / 1_000;
      const note = own().map(({ source, signal }) => `${source} ${signal}`);
      rows.push(atMost(`found: ${name}`, seconds, 's', 30, { note: note.join('; ') }));
    }
    return rows;
  } finally {
    await lesson.close();
  }
}
