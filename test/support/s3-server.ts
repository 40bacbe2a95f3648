// A store that speaks S3 on this machine, and what stands before it: lines that break, answers that lie, and uploads that are told apart.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/**
 * refuse: no connection · error: 500 · forbid: 403 · stall: takes the request and never answers ·
 * halve: breaks off in the middle of every answer that has content · forget: does it, and breaks off instead of answering
 */
export type S3Fault = 'none' | 'refuse' | 'error' | 'forbid' | 'stall' | 'halve' | 'forget';

export interface TestS3 {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Method and path of every request, in order. */
  readonly asked: string[];
  fault: S3Fault;
  /** Which requests the fault strikes. */
  strikes: (asked: string) => boolean;
  /** Keys of unfinished uploads. */
  uploads(): string[];
  /** As the store's own clean-up does it. */
  forgetUploads(): void;
  keys(): Promise<string[]>;
  /** What lies there under a key. */
  object(key: string): Promise<Buffer>;
  overwrite(key: string, bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

const BUCKET = 'recordings';
const ENDING = '._S3rver_object';

export async function openS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'auditoria-s3-'));
  const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: BUCKET }] });
  const { port } = await store.run();
  const uploads = new Map<string, string>();
  const sockets = new Set<Socket>();
  const asked: string[] = [];

  const server = createServer((incoming, response) => {
    const what = `${incoming.method} ${incoming.url}`;
    asked.push(what);
    const fault = s3.strikes(what) ? s3.fault : 'none';
    if (fault === 'refuse') return void incoming.socket.destroy();
    if (fault === 'stall') return;
    if (fault === 'error') return refuse(response, 500, 'InternalError');
    if (fault === 'forbid') return refuse(response, 403, 'AccessDenied');
    if (answered(uploads, incoming, response)) return;
    const forwarded = request(
      { port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        const body: Buffer[] = [];
        answer.on('data', (piece: Buffer) => body.push(piece));
        answer.on('end', () => {
          const bytes = Buffer.concat(body);
          noteUpload(uploads, incoming, answer.statusCode ?? 0, String(bytes));
          if (fault === 'forget') return void incoming.socket.destroy();
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          if (fault !== 'halve' || bytes.length < 2) return void response.end(bytes);
          response.write(bytes.subarray(0, bytes.length >> 1), () => incoming.socket.destroy());
        });
      },
    );
    forwarded.on('error', () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port: ours } = addressOf(server.address());
  const pathOf = (key: string) => join(directory, BUCKET, `${key}${ENDING}`);

  const s3: TestS3 = {
    endpoint: `http://127.0.0.1:${ours}`,
    ...{ bucket: BUCKET, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', asked },
    fault: 'none',
    strikes: () => true,
    uploads: () => [...uploads.values()],
    forgetUploads: () => uploads.clear(),
    async keys() {
      const names = await readdir(join(directory, BUCKET), { recursive: true });
      return names
        .filter((name) => name.endsWith(ENDING))
        .map((name) => name.slice(0, -ENDING.length))
        .sort();
    },
    object: (key) => readFile(pathOf(key)),
    overwrite: (key, bytes) => writeFile(pathOf(key), bytes),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return s3;
}

/** What the store behind cannot do: give up an upload, list uploads, and know that one is gone. */
function answered(uploads: Map<string, string>, incoming: IncomingMessage, response: ServerResponse): boolean {
  const { searchParams, pathname } = new URL(incoming.url ?? '', 'http://localhost');
  const id = searchParams.get('uploadId');
  if (id !== null && !uploads.has(id)) {
    incoming.resume();
    refuse(response, 404, 'NoSuchUpload');
    return true;
  }
  if (id !== null && incoming.method === 'DELETE') {
    uploads.delete(id);
    response.writeHead(204).end();
    return true;
  }
  if (incoming.method !== 'GET' || !searchParams.has('uploads')) return false;
  const prefix = searchParams.get('prefix') ?? '';
  const found = [...uploads].filter(([, key]) => key.startsWith(prefix));
  const items = found.map(([uploadId, key]) => `<Upload><Key>${key}</Key><UploadId>${uploadId}</UploadId></Upload>`);
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<ListMultipartUploadsResult><Bucket>${pathname.slice(1)}</Bucket>${items.join('')}</ListMultipartUploadsResult>`);
  return true;
}

function noteUpload(uploads: Map<string, string>, { method, url }: IncomingMessage, status: number, body: string): void {
  if (method !== 'POST' || status !== 200) return;
  const { pathname, searchParams } = new URL(url ?? '', 'http://localhost');
  const begun = /<UploadId>([0-9a-f]+)<\/UploadId>/.exec(body)?.[1];
  if (begun !== undefined) uploads.set(begun, decodeURIComponent(pathname.slice(BUCKET.length + 2)));
  const finished = searchParams.get('uploadId');
  if (finished !== null) uploads.delete(finished);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address;
}
