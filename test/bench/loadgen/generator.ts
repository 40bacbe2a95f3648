// Steers the load generator: WebRTC peers that send made-up media and count what they receive.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { DtlsParameters, TransportParameters } from '../../../server/contract/media.ts';
import { type Cores, pinned } from '../subjects/child.ts';
import { loadGeneratorProgram } from './build.ts';
import type { SendCommand } from './tracks.ts';

const Delays = z.tuple([z.number(), z.number(), z.number()]).nullable();

const GroupReport = z.object({
  group: z.string(),
  seconds: z.number(),
  sentAudio: z.number(),
  sentVideo: z.number(),
  keyFrames: z.number(),
  streams: z.number(),
  /** From which nothing came. */
  silentStreams: z.number(),
  /** RTP packets. */
  received: z.number(),
  /** By their sequence numbers. */
  expected: z.number(),
  bytes: z.number(),
  /** Could not be decrypted. */
  broken: z.number(),
  /** Between two packets of one sound. */
  longestSilenceMs: z.number(),
  /** p50, p95, p99, from the sender's making to the arrival, in microseconds. */
  audioDelayUs: Delays,
  videoDelayUs: Delays,
});
export type GroupReport = z.infer<typeof GroupReport>;

const Said = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready'), fingerprint: z.string() }),
  z.object({ event: z.literal('up'), id: z.number(), suite: z.string() }),
  z.object({ event: z.literal('measuring') }),
  z.object({ event: z.literal('group') }).extend(GroupReport.shape),
  z.object({ event: z.literal('reported') }),
  z.object({ event: z.literal('failed'), why: z.string() }),
]);
type Said = z.infer<typeof Said>;

export interface Remote {
  readonly ip: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export function remoteOf({ iceParameters, iceCandidates }: TransportParameters): Remote {
  const candidate = iceCandidates.find(({ protocol }) => protocol === 'udp');
  if (candidate === undefined) throw new Error('The server offers no UDP candidate.');
  return { ip: candidate.address, port: candidate.port, user: iceParameters.usernameFragment, password: iceParameters.password };
}

export class LoadGenerator {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #up = new Map<number, () => void>();
  #next = 0;
  #fingerprint = '';
  #groups: GroupReport[] = [];
  #expecting: { readonly event: Said['event']; readonly done: () => void } | null = null;

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(Said.parse(JSON.parse(line))));
  }

  static async open(cores: Cores): Promise<LoadGenerator> {
    const [command, args] = pinned(cores, await loadGeneratorProgram(), []);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const generator = new LoadGenerator(child);
    await generator.#said('ready');
    return generator;
  }

  get dtlsParameters(): DtlsParameters {
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: this.#fingerprint }] };
  }

  /** Reports are by groups. */
  peer(group: string): LoadPeer {
    this.#next += 1;
    const id = this.#next;
    const ice = { user: randomBytes(4).toString('hex'), password: randomBytes(12).toString('hex') };
    this.#tell({ do: 'peer', id, group, ...ice });
    return {
      ice,
      dtlsParameters: this.dtlsParameters,
      connect: (remote) => {
        const up = new Promise<void>((done) => this.#up.set(id, done));
        this.#tell({ do: 'connect', id, ...remote });
        return up;
      },
      send: (command) => this.#tell({ do: 'send', id, ...command }),
      tellOfPackets: (extension) => this.#tell({ do: 'receive', id, twccExt: extension }),
      close: () => this.#tell({ do: 'close', id }),
    };
  }

  async measure(): Promise<void> {
    this.#tell({ do: 'measure' });
    await this.#said('measuring');
  }

  /** What happened since `measure`. */
  async report(): Promise<ReadonlyMap<string, GroupReport>> {
    this.#groups = [];
    this.#tell({ do: 'report' });
    await this.#said('reported');
    return new Map(this.#groups.map((report) => [report.group, report]));
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }

  #tell(command: object): void {
    // Servers that are still up may say something to people whose peers are gone.
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  #said(event: Said['event']): Promise<void> {
    return new Promise((done, failed) => {
      const ended = () => failed(new Error('The load generator ended.'));
      this.#child.once('exit', ended);
      this.#expecting = {
        event,
        done: () => {
          this.#child.off('exit', ended);
          done();
        },
      };
    });
  }

  #hear(said: Said): void {
    switch (said.event) {
      case 'failed':
        throw new Error(`The load generator gave up: ${said.why}`);
      case 'up':
        this.#up.get(said.id)?.();
        this.#up.delete(said.id);
        break;
      case 'group':
        this.#groups.push(said);
        break;
      case 'ready':
        this.#fingerprint = said.fingerprint;
        break;
    }
    if (this.#expecting?.event === said.event) this.#expecting.done();
  }
}

export interface LoadPeer {
  /** Its own side's. */
  readonly ice: { readonly user: string; readonly password: string };
  readonly dtlsParameters: DtlsParameters;
  /** Resolves when DTLS is done. */
  connect(remote: Remote): Promise<void>;
  send(command: SendCommand): void;
  /** The number of the header extension for transport-wide congestion control; 0: none. */
  tellOfPackets(extension: number): void;
  close(): void;
}
