// For tests: twenty-four seconds of a class. Flashes and beeps at each even second, a pause, a screen that changes, a camera that changes its size, a student who speaks softly.
import { join } from 'node:path';
import { beeps, flashes, talk, writeRecording } from './made-recording.ts';

export const teacher = { participantId: 'p1', name: 'Айгүл' } as const;
export const student = { participantId: 'p2', name: 'Ерлан' } as const;
export const pause = { fromMs: 10_000, toMs: 12_000 } as const;
/** Seconds of class time at which there is a flash to be seen. The pictures begin with one. */
export const flashSeconds = [2, 4, 6, 8, 12, 14, 16, 18, 20, 22] as const;

const bars = "smptebars=s=640x360:r=25,eq=brightness=-0.3[bars];[wall][bars]overlay=enable='gte(t,2.5)'";
const screen = (fromMs: number, changes: boolean): string => {
  const flash = `drawbox=t=fill:c=white:enable='lt(mod(t+${fromMs / 1000},2),0.2)'`;
  return changes ? `color=c=navy:s=640x360:r=25[wall];${bars},${flash}` : `color=c=navy:s=640x360:r=25,${flash}`;
};

export const smallClass = (root: string, id: string): Promise<void> =>
  writeRecording({
    ...{ root, id, lessonId: 'lesson', durationMs: 24_000, pauses: [pause] },
    tracks: [
      {
        ...{ ...teacher, trackId: 'screen', source: 'screen' },
        parts: [
          { fromMs: 2500, toMs: 10_000, source: screen(2500, true) },
          { fromMs: 12_000, toMs: 14_100, source: screen(12_000, false) },
        ],
      },
      {
        ...{ ...teacher, trackId: 'camera', source: 'camera' },
        parts: [
          { fromMs: 0, toMs: 10_000, source: flashes('320x240', 'darkgreen', 0) },
          { fromMs: 12_000, toMs: 16_000, source: flashes('320x240', 'darkgreen', 12_000) },
          { fromMs: 16_000, toMs: 24_000, source: flashes('480x270', 'darkgreen', 16_000) },
        ],
      },
      {
        ...{ ...teacher, trackId: 'microphone', source: 'microphone' },
        parts: [
          { fromMs: 0, toMs: 10_000, source: beeps(0) },
          { fromMs: 12_000, toMs: 24_000, source: beeps(12_000) },
        ],
      },
      {
        ...{ ...student, trackId: 'microphone-2', source: 'microphone' },
        parts: [{ fromMs: 20_500, toMs: 24_000, source: talk(20_500, 21, 23.8, 0.02) }],
      },
    ],
  });

export const pathOf = (root: string, id: string, file: string): string => join(root, id, file);
