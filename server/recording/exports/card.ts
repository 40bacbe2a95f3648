// The quiet card that stands where there is nothing but sound: the recording's title.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Ffmpeg } from './ffmpeg.ts';
import { filmEncoder, height, width } from './film.ts';
import type { WorkingFolder } from './working-folder.ts';

/** The letters of all our languages are in it. */
const font = fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'));
const lettersPerLine = 36;
const mostLines = 4;

/** Broken between words; what is too long for the card ends in three dots. */
export function cardLines(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(/\s+/).map((one) => one.slice(0, lettersPerLine))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lettersPerLine) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]}…`];
}

/** A file's path inside a filter's argument. */
const quoted = (path: string): string => `'${path.replaceAll('\\', '\\\\').replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;

/** A piece of so many pictures; every word of the title comes from a file, so nothing in it can be a filter. */
export async function cardPiece(
  {
    work,
    ffmpeg,
    title,
    signal,
  }: { readonly work: WorkingFolder; readonly ffmpeg: Ffmpeg; readonly title: string; readonly signal: AbortSignal },
  frames: number,
): Promise<string> {
  return work.piece(`card-${frames}.mp4`, async (path) => {
    const lines = cardLines(title);
    const size = 44;
    const step = 64;
    const top = Math.round((height - lines.length * step) / 2);
    const texts = await Promise.all(
      lines.map(async (line, n) => {
        const file = work.temporary('txt');
        await writeFile(file, line);
        const place = `x=(w-text_w)/2:y=${top + n * step}`;
        return `drawtext=fontfile=${quoted(font)}:textfile=${quoted(file)}:expansion=none:fontsize=${size}:fontcolor=0xe9ecf1:${place}`;
      }),
    );
    // The words are drawn once, and the picture repeated.
    const picture = work.temporary('png');
    const still = ['-f', 'lavfi', '-i', `color=c=0x15171c:s=${width}x${height}:r=1`, '-vf', texts.join(','), '-frames:v', '1', picture];
    await ffmpeg(still, { signal });
    const colours = 'format=yuv420p,setsar=1,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
    await ffmpeg(['-loop', '1', '-framerate', '15', '-i', picture, '-vf', colours, '-frames:v', String(frames), ...filmEncoder, path], {
      signal,
    });
  });
}
