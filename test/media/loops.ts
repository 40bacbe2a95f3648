// For tests: a browser that sends a sound to the real media engine and hears it come back.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { z } from 'zod';
import type { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import {
  DtlsParameters,
  type IceServer,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  type TransportParameters,
} from '../../server/contract/media.ts';
import { chromiumArguments } from './browsers.ts';

const Heard = z.object({
  bytes: z.number(),
  type: z.string().optional(),
  protocol: z.string().optional(),
  relay: z.string().optional(),
  address: z.string().optional(),
});
type Heard = z.infer<typeof Heard>;

type Candidates = TransportParameters['iceCandidates'];

export interface LoopOptions {
  readonly iceServers?: readonly IceServer[];
  readonly iceTransportPolicy?: 'all' | 'relay';
  /** What the browser is told of the server's candidates. */
  readonly candidates?: (candidates: Candidates) => Candidates;
}

export class Loops {
  readonly #engine: MediasoupEngine;
  readonly #browser: Browser;
  readonly #client: string;

  private constructor(engine: MediasoupEngine, browser: Browser, client: string) {
    this.#engine = engine;
    this.#browser = browser;
    this.#client = client;
  }

  static async open(engine: MediasoupEngine, args: readonly string[] = []): Promise<Loops> {
    const executablePath = process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: [...chromiumArguments, ...args] });
    return new Loops(engine, browser, await mediasoupClient());
  }

  /** What was heard, as soon as sound came back; how the transports stand, when that did not happen. */
  async run(options: LoopOptions): Promise<Heard | readonly unknown[]> {
    const room = await this.#engine.openRoom(LessonId.parse(randomUUID()), { viewers: 1, pictures: 0 });
    const page = await this.#browser.newPage();
    try {
      const transports = { send: await room.openTransport('send'), receive: await room.openTransport('receive') };
      const trackId = TrackId.parse(randomUUID());
      await page.exposeFunction('connectTransport', (direction: 'send' | 'receive', dtls: unknown) =>
        transports[direction].connect(DtlsParameters.parse(dtls)),
      );
      await page.exposeFunction('publishTrack', async (kind: unknown, parameters: unknown) => {
        const rtpParameters = RtpParameters.parse(parameters);
        await transports.send.publish({ trackId, kind: MediaKind.parse(kind), source: 'microphone', rtpParameters, paused: false });
        return trackId;
      });
      await page.exposeFunction('subscribe', async (capabilities: unknown) => {
        const rtpCapabilities = RtpCapabilities.parse(capabilities);
        const subscribed = await transports.receive.subscribe({ trackId, rtpCapabilities });
        if (subscribed === null) throw new Error('The browser cannot hear itself.');
        await subscribed.resume();
        const { consumerId, kind, rtpParameters } = subscribed;
        return { consumerId, producerId: trackId, kind, rtpParameters };
      });
      await page.setContent(await readFile(join(import.meta.dirname, 'loop.html'), 'utf8'));
      await page.addScriptTag({ content: this.#client });
      const told = ({ parameters }: { readonly parameters: TransportParameters }) => ({
        ...parameters,
        iceCandidates: options.candidates?.(parameters.iceCandidates) ?? parameters.iceCandidates,
        iceServers: options.iceServers ?? [],
        iceTransportPolicy: options.iceTransportPolicy ?? 'all',
      });
      const given = { routerRtpCapabilities: room.rtpCapabilities, send: told(transports.send), receive: told(transports.receive) };
      const looped = page.evaluate(`loop(${JSON.stringify(given)})`).catch(() => undefined);
      const heard = await this.#hear(
        () => page.evaluate('heard()'),
        () => page.evaluate('states()'),
      );
      await page.close();
      await looped;
      return heard;
    } finally {
      room.close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#engine.close();
  }

  async #hear(heard: () => Promise<unknown>, states: () => Promise<unknown>): Promise<Heard | readonly unknown[]> {
    for (let tries = 0; tries < 300; tries++) {
      const now = z.array(z.unknown()).parse(await states());
      if (now.includes('failed') || now.includes('unreachable')) return now;
      const sounds = now.length === 2 ? Heard.parse(await heard()) : undefined;
      if (sounds !== undefined && sounds.bytes > 1_000) return sounds;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return z.array(z.unknown()).parse(await states());
  }
}

async function mediasoupClient(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  const entry = fileURLToPath(import.meta.resolve('mediasoup-client'));
  const lib = { entry, formats: ['iife' as const], name: 'mediasoup', fileName: () => 'client.js' };
  await build({ configFile: false, logLevel: 'error', build: { outDir: folder, lib } });
  const text = await readFile(join(folder, 'client.js'), 'utf8');
  await rm(folder, { recursive: true });
  return text;
}
