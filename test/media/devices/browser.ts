// For tests and measurements: a Chromium whose camera and microphone are files, and which sends them as the product does.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { choicesFor } from '../../../client/media/encodings.ts';
import { DtlsParameters, type RtpCapabilities, RtpParameters, type TransportParameters } from '../../../server/contract/media.ts';
import { chromiumArguments } from '../browsers.ts';

/** Never asked of any host: the page is answered by the test, and is as safe as the loopback, or there would be no devices. */
const address = 'http://localhost:9/';

export interface Devices {
  readonly camera?: string;
  readonly microphone?: string;
}

interface Server {
  readonly rtpCapabilities: RtpCapabilities;
  readonly transport: TransportParameters;
  readonly codec?: 'video/H264' | 'video/VP8';
  connect(dtls: DtlsParameters): Promise<void>;
  publish(source: 'camera' | 'microphone', parameters: RtpParameters): Promise<string>;
}

/** mediasoup-client for a page, made once. */
export async function clientScript(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mediasoup-client-'));
  const entry = fileURLToPath(import.meta.resolve('mediasoup-client'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, lib: { entry, formats: ['iife'], name: 'mediasoup', fileName: () => 'client.js' } },
  });
  const script = await readFile(join(folder, 'client.js'), 'utf8');
  await rm(folder, { recursive: true });
  return script;
}

/** @returns how to close it */
export async function sendFrom(devices: Devices, script: string, server: Server): Promise<() => Promise<void>> {
  const browser = await chromium.launch({
    executablePath: process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium',
    args: [
      ...chromiumArguments,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(devices.camera === undefined ? [] : [`--use-file-for-fake-video-capture=${devices.camera}`]),
      ...(devices.microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${devices.microphone}`]),
    ],
  });
  try {
    const page = await browser.newPage();
    await page.route('**/*', async (route) =>
      route.fulfill({ contentType: 'text/html', body: await readFile(join(import.meta.dirname, 'page.html'), 'utf8') }),
    );
    await page.goto(address);
    await page.addScriptTag({ content: script });
    await page.exposeFunction('connectTransport', (dtls: unknown) => server.connect(DtlsParameters.parse(dtls)));
    await page.exposeFunction('publishTrack', (source: unknown, parameters: unknown) =>
      server.publish(source === 'camera' ? 'camera' : 'microphone', RtpParameters.parse(parameters)),
    );
    const { rtpCapabilities, transport, codec } = server;
    const codecs = rtpCapabilities.codecs.filter(({ mimeType, kind }) => kind === 'audio' || codec === undefined || mimeType === codec);
    const known = codecs.map((one) => ({ ...one, parameters: one.parameters ?? {}, preferredPayloadType: one.preferredPayloadType ?? 0 }));
    const choices = {
      ...(devices.camera !== undefined && { camera: choicesFor('camera', { width: 960, height: 540 }, known) }),
      ...(devices.microphone !== undefined && { microphone: choicesFor('microphone', { width: 0, height: 0 }, known) }),
    };
    await page.evaluate(`publish(${JSON.stringify({ routerRtpCapabilities: rtpCapabilities, transport, choices })})`);
  } catch (error) {
    await browser.close();
    throw error;
  }
  return () => browser.close();
}
