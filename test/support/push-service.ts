// A push service on the loopback: checks who sends (RFC 8292), decrypts as a browser does (RFC 8291), and answers what it is told to.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { cert, key } from './localhost-certificate.ts';

export interface Pushed {
  readonly path: string;
  readonly ttl: string;
  readonly urgency: string;
  readonly topic: string;
  /** Decrypted. */
  readonly payload: string;
  /** The claims of the sender's token, checked. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  readonly senderKey: string;
}

export class PushService {
  readonly pushed: Pushed[] = [];
  status = 201;
  headers: Record<string, string> = {};
  readonly port: number;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly #server: Server;

  private constructor(server: Server, port: number, keys: PushService['keys']) {
    this.#server = server;
    this.port = port;
    this.keys = keys;
  }

  static async open(): Promise<PushService> {
    const browser = createECDH('prime256v1');
    const publicKey = browser.generateKeys();
    const auth = randomBytes(16);
    const server = createServer({ cert, key }, (request, response) => {
      void read(request).then((body) => {
        if (opened === null) return;
        if (opened.status < 300) opened.pushed.push({ ...partsOf(request), payload: decrypted(body, browser, publicKey, auth) });
        response.writeHead(opened.status, opened.headers).end();
      });
    });
    let opened: PushService | null = null;
    const port = await new Promise<number>((listening) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    opened = new PushService(server, port, { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') });
    return opened;
  }

  get host(): string {
    return `localhost:${this.port}`;
  }

  endpoint(path: string): string {
    return `https://${this.host}/${path}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function partsOf({ headers, url = '' }: IncomingMessage): Omit<Pushed, 'payload'> {
  const [, token = '', senderKey = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(senderKey, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
  });
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed) throw new Error('The sender is not who it says');
  const header = (name: string) => String(headers[name] ?? '');
  return {
    ...{ path: url, ttl: header('ttl'), urgency: header('urgency'), topic: header('topic'), senderKey },
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()),
  };
}

/** RFC 8188 and RFC 8291, 3.4: one record. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, publicKey: Buffer, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
  const input = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32));
  const of = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, Buffer.from(`Content-Encoding: ${name}\0`), bytes));
  const cipher = createDecipheriv('aes-128-gcm', of('aes128gcm', 16), of('nonce', 12));
  cipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}
