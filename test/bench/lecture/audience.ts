// A lecture with its audience in place: everybody joined, the teacher heard and seen by all.
import type { LoadGenerator } from '../loadgen/generator.ts';
import { camera, microphone } from '../loadgen/tracks.ts';
import type { Whole } from '../subjects/whole.ts';
import type { Line } from '../wire/line.ts';

const atATime = 8;
const group = 'lecture';

export async function seat(server: Whole, generator: LoadGenerator, viewers: number, kbps: number): Promise<readonly Line[]> {
  const sends = [microphone(1000, 'browser'), camera(1010, 'browser', 'VP8', [kbps])];
  const teacher = await server.enter({ room: 0, seat: 0, sends, sender: generator.peer(group), receiver: null });
  const lines = [teacher.line];
  for (let first = 1; first <= viewers; first += atATime) {
    const some = Array.from({ length: Math.min(atATime, viewers - first + 1) }, async (_, index) => {
      const viewer = await server.enter({ room: 0, seat: first + index, sends: [], sender: null, receiver: generator.peer(group) });
      await viewer.receives(sends.length);
      return viewer.line;
    });
    lines.push(...(await Promise.all(some)));
  }
  return lines;
}
