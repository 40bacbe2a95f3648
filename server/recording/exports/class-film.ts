// Makes one MP4 of a recording: the screen large and who speaks small beside it, the sound, the chapters.
import { rm, writeFile } from 'node:fs/promises';
import { cardPiece } from './card.ts';
import { chaptersOf, metadataOf } from './chapters.ts';
import { filmArguments, framesPerGroup } from './film.ts';
import { framesPerSecond, layoutOf, type Scene, type Segment } from './layout.ts';
import type { Making } from './making.ts';
import { makeSound } from './sound.ts';
import { copyPart } from './source.ts';

/** What is lost when the work is broken off: some ten seconds of it. */
export const segmentMs = 60_000;

interface Piece {
  readonly path: string;
  readonly frames: number;
}

/** Answers the path of the finished file in the working folder. `sound`: made before, for the same edition. */
export async function makeClassFilm(making: Making, sound: string | null): Promise<string> {
  const { manifest, watching, insight, work, ffmpeg, signal, title, reached } = making;
  return work.piece('class.mp4', async (path) => {
    const soundShare = sound === null ? 0.1 : 0;
    const voices = sound ?? (await makeSound(making, (share) => reached(soundShare * share)));
    const segments = layoutOf({ manifest, watching, speech: insight?.speech ?? [], mostMs: segmentMs });
    const whole = segments.at(-1)?.toFrame ?? 1;
    const pieces: Piece[] = [];
    for (const segment of segments) {
      pieces.push(...(await piecesOf(making, segment)));
      await reached(soundShare + (0.97 - soundShare) * (segment.toFrame / whole));
    }
    const list = work.temporary('ffconcat');
    const entries = pieces.map((piece) => `file '${piece.path}'\nduration ${(piece.frames / framesPerSecond).toFixed(6)}`);
    await writeFile(list, ['ffconcat version 1.0', ...entries, ''].join('\n'));
    const metadata = work.temporary('txt');
    await writeFile(metadata, metadataOf(title, chaptersOf(making)));
    await ffmpeg(
      [
        ...['-f', 'concat', '-safe', '0', '-i', list, '-i', voices, '-f', 'ffmetadata', '-i', metadata],
        ...['-map', '0:v', '-map', '1:a', '-map_metadata', '2', '-map_chapters', '2', '-c', 'copy'],
        ...['-movflags', '+faststart', '-f', 'mp4', path],
      ],
      { signal },
    );
  });
}

async function piecesOf(making: Making, segment: Segment): Promise<Piece[]> {
  const { scene, fromFrame, toFrame, classMs } = segment;
  const { work, ffmpeg, signal } = making;
  if (scene.kind === 'card') return cards(making, toFrame - fromFrame);
  const frames = toFrame - fromFrame;
  const path = await work.piece(`f-${fromFrame}-${toFrame}.mp4`, async (unfinished) => {
    const inputs: string[] = [];
    const span = { fromMs: classMs, toMs: classMs + (frames * 1000) / framesPerSecond };
    for (const part of partsOf(scene)) {
      const input = work.temporary(part.file.split('.').at(-1) ?? 'mp4');
      await copyPart(making, part, span, input);
      inputs.push(input);
    }
    await ffmpeg(filmArguments(scene, classMs, inputs, frames, unfinished), { signal });
    for (const input of inputs) await rm(input, { force: true });
  });
  return [{ path, frames }];
}

const partsOf = (scene: Exclude<Scene, { kind: 'card' }>) => {
  if (scene.kind === 'speaker') return [scene.camera];
  return scene.camera === null ? [scene.screen] : [scene.screen, scene.camera];
};

/** The same ten seconds again and again: they cost nothing but their place in the list. */
async function cards(making: Making, frames: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (let left = frames; left > 0; left -= framesPerGroup) {
    const some = Math.min(left, framesPerGroup);
    pieces.push({ path: await cardPiece(making, some), frames: some });
  }
  return pieces;
}
