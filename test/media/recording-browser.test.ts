// A real browser's camera with simulcast and its microphone, recorded: in step, and in new parts when the layer changes.

import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import { DtlsParameters, MediaKind, RtpParameters } from '../../server/contract/media.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { RecordedTrackInfo } from '../../server/recording/capture/recorded-track.ts';
import { addLesson } from '../../server/recording/capture/testing/lesson-rows.ts';
import { manifestIn } from '../../server/recording/capture/testing/manifest-in.ts';
import { plainSurroundings } from '../../server/recording/capture/testing/plain-files.ts';
import { complaints } from '../../server/recording/capture/testing/probe.ts';
import { RecordingService } from '../../server/recording/recording.service.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { fewPeople } from '../contract/rtp-samples.ts';
import { chromiumArguments } from './browsers.ts';
import { openRealEngine } from './real-engine.ts';
import { openRecorderProcess } from './recorded-room.ts';
import { beepsIn, differences, flashesIn, median } from './recorded-signals.ts';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

let browser: Browser;
let client = '';
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'));
  browser = await chromium.launch({
    executablePath: process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium',
    args: chromiumArguments,
  });
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: directory,
      lib: {
        entry: fileURLToPath(import.meta.resolve('mediasoup-client')),
        formats: ['iife'],
        name: 'mediasoup',
        fileName: () => 'client.js',
      },
    },
  });
  client = await readFile(join(directory, 'client.js'), 'utf8');
});
afterAll(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});

describe.each(['video/h264', 'video/vp8'])('a browser that sends %s with simulcast', (mimeType) => {
  it('is recorded in step, its best layer first, and each change of layer begins a part', async () => {
    const engine = await openRealEngine();
    const database = await openDatabase(join(directory, `${randomUUID()}.sqlite`));
    const lessonId = await addLesson(database.db, 'lesson');
    const room = await engine.openRoom(lessonId, fewPeople);
    const transport = await room.openTransport('send');
    const tracks: RecordedTrackInfo[] = [];
    const root = join(directory, randomUUID());
    const recorders = openRecorderProcess(root, (port) => room.steerTap(port));
    const service = new RecordingService({
      ...plainSurroundings,
      ...{ store: new RecordingStore(database.db), clock: systemClock, root },
      newId: () => RecordingId.parse(randomUUID()),
      openRecorder: recorders.open,
      tracksNow: () => tracks,
    });

    const page = await browser.newPage();
    await page.exposeFunction('connectTransport', (dtls: unknown) => transport.connect(DtlsParameters.parse(dtls)));
    await page.exposeFunction('publishTrack', async (kind: unknown, parameters: unknown) => {
      const trackId = TrackId.parse(randomUUID());
      const source = kind === 'audio' ? 'microphone' : 'camera';
      await transport.publish({
        trackId,
        kind: MediaKind.parse(kind),
        source,
        rtpParameters: RtpParameters.parse(parameters),
        paused: false,
      });
      tracks.push({ trackId, participantId: ParticipantId.parse('p1'), name: 'Айгүл', source });
      return trackId;
    });
    await page.setContent(await readFile(join(import.meta.dirname, 'publisher.html'), 'utf8'));
    await page.addScriptTag({ content: client });
    const options = { routerRtpCapabilities: room.rtpCapabilities, transport: transport.parameters, mimeType };
    await page.evaluate(`publish(${JSON.stringify(options)})`);
    // Its bandwidth estimate needs some seconds before the largest layer is sent.
    await expect.poll(() => page.evaluate('largest()'), { timeout: 45_000, interval: 500 }).toBe(960);
    await wait(2000);
    const id = await service.start(lessonId, null);
    await wait(10_000);
    await page.evaluate('producers.camera.setMaxSpatialLayer(0)');
    await wait(6000);
    await service.stop(lessonId, null, 'stopped');
    const manifest = await manifestIn(root, service)(id);
    await page.close();
    recorders.close();
    await engine.close();
    await database.close();

    const sound = manifest.tracks.find((track) => track.source === 'microphone')?.parts ?? [];
    expect(sound).toHaveLength(1);
    const beeps = await beepsIn(join(root, id, sound[0]?.file ?? ''), sound[0]?.startMs ?? 0);
    expect(beeps.length).toBeGreaterThan(10);
    const pictures = manifest.tracks.find((track) => track.source === 'camera')?.parts ?? [];
    const sizes = pictures.map((part) => `${part.width}x${part.height}`);
    expect(sizes).toContain('960x540');
    // Some encoders make the height even.
    expect(sizes.at(-1)).toMatch(/^240x13[45]$/);
    const apart: number[] = [];
    for (const part of pictures) {
      const path = join(root, id, part.file);
      expect(await complaints(path)).toBe('');
      apart.push(...differences(await flashesIn(path), beeps));
    }
    for (const [index, part] of pictures.entries()) {
      const next = pictures[index + 1];
      if (next) expect(next.startMs - part.endMs, 'the hole between parts').toBeLessThan(2000);
    }
    expect(apart.length).toBeGreaterThan(6);
    expect(Math.abs(median(apart))).toBeLessThan(40);
  }, 120_000);
});
