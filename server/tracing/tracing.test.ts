// Traces: what a request did, told to a collector by OTLP over HTTP. Rules Y13 to Y16.
import { execFile } from 'node:child_process';
import { createServer, IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import express, { type Express } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { fewPeople } from '../../test/contract/rtp-samples.ts';
import { FakeMedia } from '../../test/support/fake-media.ts';
import { OtlpTracing } from '../adapters/otlp-tracing.ts';
import { LessonId } from '../contract/ids.ts';
import { tracedEngine } from './media.ts';
import { alsoTraced, type TrustedSenders, traceHttp, traceSockets } from './requests.ts';

const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              attributes: z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
              status: z.object({ code: z.number().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

type Collected = z.infer<typeof Sent>['resourceSpans'][number]['scopeSpans'][number]['spans'];

/** A collector that keeps what it is sent; `answer` with which status. */
async function collector(status = 200) {
  const spans: Collected = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Sent.parse(JSON.parse(Buffer.concat(chunks).toString()));
      spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  return { spans, url: `http://127.0.0.1:${await listening(server)}/v1/traces` };
}

async function traced({ share = 1, status = 200 } = {}) {
  const { spans, url } = await collector(status);
  const said: string[] = [];
  const log = { warn: (_context: object, text: string) => said.push(text), info: (_context: object, text: string) => said.push(text) };
  const tracing = new OtlpTracing({ url, share, version: '1', log });
  onTestFinished(() => tracing.close());
  const sent = async () => {
    await tracing.close();
    return spans;
  };
  return { tracing, sent, said };
}

/** `ask` resolves when the server knows that the answer is out. */
function site(tracing: OtlpTracing, senders: TrustedSenders) {
  const over = Promise.withResolvers<void>();
  const app: Express = express()
    .use(traceHttp(tracing, senders))
    .use((_request, response, next) => {
      response.once('close', () => over.resolve());
      next();
    });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const port = await listening(createServer(app));
    await (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text();
    await over.promise;
  };
  return { app, ask };
}

const everybody = { isTrusted: () => true };
const nobody = { isTrusted: () => false };
const query = { kind: 'select', outcome: 'ok', durationMs: 2 } as const;
const names = (spans: Collected) => spans.map(({ name }) => name).toSorted();

test('Y14 an HTTP request, its queries and the media that it asks for are one trace', async () => {
  const { tracing, sent } = await traced();
  const heard: string[] = [];
  const hear = alsoTraced(tracing, ({ kind }) => heard.push(kind));
  const engine = tracedEngine(new FakeMedia(), tracing);
  const { app, ask } = site(tracing, nobody);
  app.get('/api/lessons/:id', async (_request, response) => {
    hear(query);
    const room = await engine.openRoom(LessonId.parse('lesson'), fewPeople);
    await room.openTransport('send');
    response.json({});
  });
  await ask('/api/lessons/secret');
  const spans = await sent();
  expect(names(spans)).toEqual(['GET /api/lessons/:id', 'db select', 'media openRoom', 'media openTransport']);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const request = spans.find(({ name }) => name.startsWith('GET'));
  expect(spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId)).toHaveLength(3);
  expect(heard).toEqual(['select']);
  expect(JSON.stringify(spans)).not.toContain('secret');
});

test('Y14 a request over a socket is a trace, with how it ended', async () => {
  const { tracing, sent } = await traced();
  const asked = traceSockets(tracing, nobody);
  const handshake = new IncomingMessage(new Socket());
  const answer = () =>
    tracing.step('media publish', {}, () => Promise.reject(new RangeError('with words of people'))).catch(() => undefined);
  await asked('media:publish', handshake, async () => {
    await answer();
    return { ok: false, code: 'internal', message: 'the server failed' };
  });
  const spans = await sent();
  expect(names(spans)).toEqual(['media publish', 'socket media:publish']);
  expect(spans.every(({ status }) => status.code === 2)).toBe(true);
  expect(JSON.stringify(spans)).not.toContain('words of people');
});

test('Y15 a trace that a trusted proxy names is gone on with; nobody else can have requests traced', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  for (const [senders, expected] of [
    [everybody, ['0af7651916cd43dd8448eb211c80319c']],
    [nobody, []],
  ] as const) {
    const { tracing, sent } = await traced({ share: 0 });
    const { app, ask } = site(tracing, senders);
    app.get('/', (_request, response) => void response.json({}));
    await ask('/', { traceparent });
    expect((await sent()).map(({ traceId }) => traceId)).toEqual(expected);
  }
});

test('what is done outside of a request is not traced', async () => {
  const { tracing, sent } = await traced();
  alsoTraced(tracing, () => undefined)(query);
  expect(await tracing.step('media openRoom', {}, () => Promise.resolve(5))).toBe(5);
  expect(await sent()).toEqual([]);
});

test('Y16 a collector that does not take traces is told of once, and nobody waits for it', async () => {
  const { tracing, sent, said } = await traced({ status: 400 });
  tracing.begin('GET', {}, null).end({ failed: false });
  const began = performance.now();
  await sent();
  expect(performance.now() - began).toBeLessThan(4000);
  expect(said).toEqual([expect.stringContaining('Traces cannot be sent')]);
});

test('Y13 without an address nothing of OpenTelemetry is loaded', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { openTracing } = await import(${JSON.stringify(new URL('../app-tracing.ts', import.meta.url).href)});
    const off = await openTracing({ url: null, share: 1 }, '1', {});
    const before = loaded.filter((url) => url.includes('opentelemetry')).length;
    const on = await openTracing({ url: 'http://127.0.0.1:9/v1/traces', share: 1 }, '1', { warn() {}, info() {} });
    await on.close();
    console.log(JSON.stringify({ off, before, after: loaded.filter((url) => url.includes('opentelemetry')).length > 0 }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(JSON.parse(stdout)).toEqual({ off: null, before: 0, after: true });
});
