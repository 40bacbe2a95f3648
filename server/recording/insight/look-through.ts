// Looks through a recording once and writes down what was found: the work that comes before all others.
import type { Making } from '../exports/making.ts';
import { type Insight, insightFile } from './insight.ts';
import { look } from './pictures.ts';
import { listen } from './voices.ts';

export async function lookThrough(making: Making): Promise<{ readonly bytes: number }> {
  const { recording, folder, reached } = making;
  const heard = await listen(making, (share) => reached(share * 0.6));
  const seen = await look(making, heard.speech, (share) => reached(0.6 + share * 0.4));
  const insight: Insight = { version: 1, edition: recording.edition, ...heard, ...seen };
  return folder.write(insightFile, Buffer.from(JSON.stringify(insight)));
}
