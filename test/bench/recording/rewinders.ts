// Many who look back, each as the player does it: manifest, the growing index, and ranges of a picture and a sound, a little ahead of what plays.
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { type FragmentLine, FragmentLine as Line, RecordingManifest, type RecordingPart } from '../../../server/contract/recording.ts';
import { percentile } from '../../../server/monitoring/joins.ts';

const Order = z.object({ url: z.string(), recordingId: z.string(), tokens: z.array(z.string()), seconds: z.number() });
const { url, recordingId, tokens, seconds } = Order.parse(JSON.parse(process.argv[2] ?? '{}'));

const chunkMs = 4000;
const manifestEveryMs = 2000;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, Math.max(0, ms)));
const until = performance.now() + seconds * 1000;

const tookMs: number[] = [];
const refused = new Map<string, number>();
let [bytes, playedMs, stalledMs] = [0, 0, 0];

/** Null when it is refused, or nothing is there. */
async function ask(token: string, path: string, range?: string): Promise<Buffer | null> {
  const began = performance.now();
  const headers = { authorization: `Bearer ${token}`, ...(range === undefined ? {} : { range }) };
  const { status, body } = await new Promise<{ readonly status: number; readonly body: Buffer }>((done, failed) => {
    const asked = request(`${url}/api/recordings/${recordingId}${path}`, { agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', failed);
      response.on('end', () => done({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) }));
    });
    asked.on('error', failed);
    asked.end();
  });
  tookMs.push(performance.now() - began);
  if (status === 200 || status === 206) {
    bytes += body.length;
    return body;
  }
  if (status !== 416) refused.set(String(status), (refused.get(String(status)) ?? 0) + 1);
  return null;
}

class Rewinder {
  readonly #token: string;
  readonly #speed: number;
  readonly #indexes = new Map<string, { lines: FragmentLine[]; readBytes: number }>();
  #parts: readonly RecordingPart[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(token: string, speed: number) {
    this.#token = token;
    this.#speed = speed;
  }

  async watch(): Promise<void> {
    let at = 0;
    while (performance.now() < until) {
      const began = performance.now();
      if (began - this.#askedAt > manifestEveryMs) await this.#manifest();
      const fetched = await Promise.all(this.#parts.map((part) => this.#fetch(part, at)));
      // At the live moment they begin again: what is measured are those who look back.
      if (!fetched.some((one) => one)) {
        at = 0;
        await wait(200);
        continue;
      }
      const lastsMs = chunkMs / this.#speed;
      const tookLong = performance.now() - began - lastsMs;
      stalledMs += Math.max(0, tookLong);
      playedMs += lastsMs;
      at += chunkMs;
      await wait(-tookLong);
    }
  }

  async #manifest(): Promise<void> {
    this.#askedAt = performance.now();
    const text = await ask(this.#token, '');
    if (text === null) return;
    const { tracks } = RecordingManifest.parse(JSON.parse(text.toString()));
    const first = (source: string) => tracks.find((track) => track.source === source)?.parts[0];
    this.#parts = [first('camera'), first('microphone')].filter((part) => part !== undefined);
  }

  async #fetch(part: RecordingPart, at: number): Promise<boolean> {
    const index = this.#indexes.get(part.index) ?? { lines: [], readBytes: 0 };
    this.#indexes.set(part.index, index);
    const last = index.lines.at(-1);
    if (last === undefined || last[0] + last[1] < part.endMs) {
      const text = (await ask(this.#token, `/files/${part.index}`, `bytes=${index.readBytes}-`))?.toString() ?? '';
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      index.readBytes += whole.length;
      for (const line of whole.split('\n')) if (line !== '') index.lines.push(Line.parse(JSON.parse(line)));
    }
    const from = part.startMs + at;
    const wanted = index.lines.filter(([begins]) => begins >= from && begins < from + chunkMs);
    const [start, end] = [wanted[0], wanted.at(-1)];
    if (start === undefined || end === undefined) return false;
    return (await ask(this.#token, `/files/${part.file}`, `bytes=${start[2]}-${end[2] + end[3] - 1}`)) !== null;
  }
}

const began = performance.now();
const watching = tokens.map(async (token, index) => {
  // They do not all press at one moment.
  await wait((index / tokens.length) * 3000);
  await new Rewinder(token, 1 + (index % 3) / 2).watch();
});
await Promise.all(watching);
const lasted = (performance.now() - began) / 1000;
const sorted = tookMs.toSorted((a, b) => a - b);
process.send?.({
  ...{ requests: tookMs.length, megabits: (bytes * 8) / 1e6 / lasted, refused: Object.fromEntries(refused) },
  ...{ p50Ms: percentile(sorted, 0.5) ?? 0, p95Ms: percentile(sorted, 0.95) ?? 0, stalledShare: stalledMs / Math.max(1, playedMs) },
});
process.exit(0);
