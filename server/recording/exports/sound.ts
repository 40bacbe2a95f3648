// Makes the one sound of a recording: all voices, as loud as each other, over watching time, with chapters.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { loudnessOfPieces, readIntegrated } from '../insight/loudness.ts';
import { chaptersOf, metadataOf } from './chapters.ts';
import type { Making } from './making.ts';
import { mixFilter, type SoundPiece, sampleRate, soundPiecesOf } from './sound-plan.ts';
import { copyPart } from './source.ts';

/** What is lost when the work is broken off: a few seconds of it. */
export const soundPieceMs = 5 * 60_000;
/** EBU R 128 asks for −23 in broadcasting; what is heard on telephones and laptops is usually this loud. */
const targetLufs = -16;
const mostGainDb = 24;

/** Answers the path of the finished file in the working folder; `reached` is told shares of one. */
export async function makeSound(making: Making, reached: (share: number) => Promise<void> = making.reached): Promise<string> {
  const { work, ffmpeg, signal, manifest, watching, insight, title } = making;
  return work.piece('sound.m4a', async (path) => {
    const pieces = soundPiecesOf({ manifest, watching, gains: insight?.gains ?? [], pieceMs: soundPieceMs });
    const measured: { readonly samples: number; readonly lufs: number | null }[] = [];
    for (const [n, piece] of pieces.entries()) {
      measured.push({ samples: piece.to - piece.from, lufs: await mixPiece(making, piece) });
      await reached((0.7 * (n + 1)) / pieces.length);
    }
    const lufs = loudnessOfPieces(measured);
    const gainDb = lufs === null ? 0 : Math.max(-mostGainDb, Math.min(mostGainDb, targetLufs - lufs));
    const list = work.temporary('ffconcat');
    const entries = pieces.map((piece) => `file '${nameOf(piece)}.flac'\nduration ${(piece.to - piece.from) / sampleRate}`);
    await writeFile(list, ['ffconcat version 1.0', ...entries, ''].join('\n'));
    const metadata = work.temporary('txt');
    await writeFile(metadata, metadataOf(title, chaptersOf(making)));
    const even = `volume=${gainDb.toFixed(2)}dB,alimiter=limit=0.89:attack=5:release=50:level=false`;
    await ffmpeg(
      [
        ...[
          '-f',
          'concat',
          '-safe',
          '0',
          '-i',
          list,
          '-f',
          'ffmetadata',
          '-i',
          metadata,
          '-map',
          '0:a',
          '-map_metadata',
          '1',
          '-map_chapters',
          '1',
        ],
        ...['-af', even, '-c:a', 'aac', '-b:a', '80k', '-threads', '1', '-movflags', '+faststart', '-f', 'ipod', path],
      ],
      { signal },
    );
    await reached(1);
  });
}

const nameOf = ({ from, to }: SoundPiece): string => `s-${from}-${to}`;

/** Answers how loud it is; null: it is silent. */
async function mixPiece(making: Making, piece: SoundPiece): Promise<number | null> {
  const { work, ffmpeg, signal } = making;
  const loudness = `${nameOf(piece)}.lufs`;
  await work.piece(`${nameOf(piece)}.flac`, async (path) => {
    const inputs: string[] = [];
    for (const { part, span } of piece.voices) {
      const input = work.temporary(part.file.split('.').at(-1) ?? 'mp4');
      await copyPart(making, part, span, input);
      inputs.push(input);
    }
    const said: string[] = [];
    await ffmpeg(
      [
        ...['-copyts', ...inputs.flatMap((input) => ['-threads', '1', '-i', input]), '-filter_complex_threads', '1'],
        ...['-filter_complex', mixFilter(piece), '-map', '[mix]', '-c:a', 'flac', '-compression_level', '0', '-sample_fmt', 's16', path],
      ],
      { signal, onLine: (line) => said.push(line) },
    );
    for (const input of inputs) await rm(input, { force: true });
    await writeFile(work.file(loudness), JSON.stringify(readIntegrated(said)));
  });
  const value: unknown = JSON.parse(await readFile(work.file(loudness), 'utf8'));
  return typeof value === 'number' ? value : null;
}
