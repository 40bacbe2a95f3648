// Listens to every voice of a recording once: when it speaks, and how loud it is.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { ParticipantId } from '../../contract/ids.ts';
import type { RecordingPart } from '../../contract/recording.ts';
import { joined, type Span, without } from '../../contract/watching-time.ts';
import type { Making } from '../exports/making.ts';
import { copyPart } from '../exports/source.ts';
import type { Insight } from './insight.ts';
import { gainOf, integratedOf, type Momentary, readMomentary, speechOf } from './loudness.ts';

/** Shorter pauses are how people speak. */
const leastSilenceMs = 1500;

type Found = Pick<Insight, 'speech' | 'silences' | 'gains'>;

export async function listen(making: Making, reached: (share: number) => Promise<void>): Promise<Found> {
  const tracks = making.manifest.tracks.filter(({ source }) => source === 'microphone' || source === 'screen-audio');
  const whole = tracks.flatMap(({ parts }) => parts).length;
  let done = 0;
  const gains: Insight['gains'] = [];
  const sounding: Span[] = [];
  const people = new Map<string, { name: string; spans: Span[] }>();
  for (const { trackId, participantId, name, source, parts } of tracks) {
    const blocks: Momentary[] = [];
    for (const part of parts) {
      for (const block of await loudnessOf(making, part)) blocks.push(block);
      done++;
      await reached(done / whole);
    }
    const lufs = integratedOf(blocks);
    if (lufs !== null) gains.push({ trackId, gainDb: gainOf(lufs) });
    const spans = speechOf(blocks);
    for (const span of spans) sounding.push(span);
    if (source === 'microphone') people.set(participantId, { name, spans: [...(people.get(participantId)?.spans ?? []), ...spans] });
  }
  return { gains, silences: silencesBetween(sounding, making), speech: speechBy(people) };
}

function speechBy(people: ReadonlyMap<string, { readonly name: string; readonly spans: readonly Span[] }>): Insight['speech'] {
  return [...people]
    .map(([participantId, { name, spans }]) => ({
      participantId: ParticipantId.parse(participantId),
      name,
      spans: joined(spans, 0).map(({ fromMs, toMs }): [number, number] => [fromMs, toMs]),
    }))
    .filter(({ spans }) => spans.length > 0);
}

function silencesBetween(sounding: readonly Span[], { manifest, watching }: Pick<Making, 'manifest' | 'watching'>): Span[] {
  const not = joined([...sounding, ...watching.skipped], 0);
  return without({ fromMs: 0, toMs: Math.floor(manifest.durationMs) }, not)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.ceil(fromMs), toMs: Math.floor(toMs) }))
    .filter(({ fromMs, toMs }) => toMs - fromMs >= leastSilenceMs);
}

const Blocks = z.array(z.tuple([z.number(), z.number()]));

async function loudnessOf(making: Making, part: RecordingPart): Promise<Momentary[]> {
  const { work, ffmpeg, signal } = making;
  // One file is several parts where something was cut out of it.
  const path = await work.piece(`v-${part.file}-${Math.round(part.startMs)}.json`, async (unfinished) => {
    const input = work.temporary('mp4');
    await copyPart(making, part, { fromMs: part.startMs, toMs: part.endMs }, input);
    const blocks: [number, number][] = [];
    const onLine = (line: string) => {
      const block = readMomentary(line);
      if (block && block.atMs >= part.startMs) blocks.push([Math.round(block.atMs), block.lufs]);
    };
    const meter = 'pan=mono|c0=0.5*c0+0.5*c1,ebur128=framelog=info';
    await ffmpeg(['-copyts', '-threads', '1', '-i', input, '-map', '0:a', '-af', meter, '-f', 'null', '-'], { signal, onLine });
    await rm(input, { force: true });
    await writeFile(unfinished, JSON.stringify(blocks));
  });
  return Blocks.parse(JSON.parse(await readFile(path, 'utf8'))).map(([atMs, lufs]) => ({ atMs, lufs }));
}
