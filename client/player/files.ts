// Fetches the bytes of a recording's files by ranges.
import type { RecordingPart } from '../../server/contract/recording.ts';
import { Refusal, type RefusalCode } from '../../server/contract/reply.ts';
import type { Chunk } from './fragments.ts';

/** Why bytes did not come: no answer, or a refusal. */
export class FileFault extends Error {
  readonly code: RefusalCode | 'offline';
  /** What the server adds to a refusal: `hidden`, `no-longer` … */
  readonly why: string | undefined;
  constructor(code: RefusalCode | 'offline', message: string, why?: string) {
    super(message);
    this.name = 'FileFault';
    this.code = code;
    this.why = why;
  }
  /** Asking again may help. */
  get isPassing(): boolean {
    return this.code === 'offline' || this.code === 'internal' || this.code === 'server-stopping' || this.code === 'too-many-requests';
  }
  /** This person may not, or not any more; it is not the file's fault. */
  get isRefusal(): boolean {
    return this.code === 'not-allowed' || this.code === 'not-signed-in' || this.code === 'token-expired';
  }
}

export class RecordingFiles {
  readonly #base: string;
  readonly #query: string;

  /** `editor`: also what was left out, for those who may edit. */
  constructor(recordingId: string, as: 'viewer' | 'editor') {
    this.#base = `/api/recordings/${encodeURIComponent(recordingId)}/files/`;
    this.#query = as === 'editor' ? '?as=editor' : '';
  }

  /** From a byte on to the end; null when there is nothing there yet. */
  async textFrom(file: string, firstByte: number, signal: AbortSignal): Promise<string | null> {
    const response = await this.#ask(file, `bytes=${firstByte}-`, signal);
    if (!response) return null;
    const text = await this.#read(response, () => response.text(), signal);
    // A proxy that does not know ranges sends the whole file. An index is plain ASCII.
    return response.status === 200 ? text.slice(firstByte) : text;
  }

  async bytes(file: string, firstByte: number, lastByte: number, signal: AbortSignal): Promise<ArrayBuffer> {
    const response = await this.#ask(file, `bytes=${firstByte}-${lastByte}`, signal);
    if (!response) throw new FileFault('range-not-satisfiable', `${file} has no byte ${firstByte}`);
    const bytes = await this.#read(response, () => response.arrayBuffer(), signal);
    if (response.status === 200) return bytes.slice(firstByte, lastByte + 1);
    if (bytes.byteLength !== lastByte - firstByte + 1) throw new FileFault('internal', `${file}: the answer was cut short`);
    return bytes;
  }

  /** Some fragments of a part, after its first bytes where those are needed; one request where they touch. */
  async pieces(part: RecordingPart, needsBeginning: boolean, { firstByte, lastByte }: Chunk, signal: AbortSignal): Promise<ArrayBuffer[]> {
    const { file, initBytes } = part;
    if (!needsBeginning) return [await this.bytes(file, firstByte, lastByte, signal)];
    if (firstByte === initBytes) return [await this.bytes(file, 0, lastByte, signal)];
    return Promise.all([this.bytes(file, 0, initBytes - 1, signal), this.bytes(file, firstByte, lastByte, signal)]);
  }

  async #ask(file: string, range: string, signal: AbortSignal): Promise<Response | null> {
    const response = await fetch(this.#base + file + this.#query, { headers: { range }, credentials: 'same-origin', signal }).catch(
      (fault: unknown) => {
        if (signal.aborted) throw fault;
        throw new FileFault('offline', `${file}: no answer`);
      },
    );
    if (response.ok) return response;
    if (response.status === 416) return null;
    const refusal = Refusal.safeParse(await response.json().catch(() => undefined));
    const code = refusal.success ? refusal.data.code : response.status >= 500 ? 'offline' : 'internal';
    const why = refusal.success ? refusal.data.details?.why : undefined;
    throw new FileFault(code, `${file}: HTTP ${response.status}`, typeof why === 'string' ? why : undefined);
  }

  async #read<T>(response: Response, read: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await read();
    } catch (fault) {
      if (signal.aborted) throw fault;
      throw new FileFault('offline', `${response.url}: the answer broke off`);
    }
  }
}
