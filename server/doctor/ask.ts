// One request over HTTP or HTTPS: what came back, and which certificate was shown.
import type { X509Certificate } from 'node:crypto';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { TLSSocket } from 'node:tls';

export interface Asked {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Null: it was not encrypted. */
  readonly certificate: X509Certificate | null;
}

export interface Asking {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Whatever its certificate says. */
  readonly trusting?: boolean;
  readonly withinMs?: number;
}

const mostBytes = 1_048_576;

/** Rejects when there is no answer in time. Redirects are not followed. */
export function ask(url: string, { method = 'GET', headers = {}, trusting = false, withinMs = 5_000 }: Asking = {}): Promise<Asked> {
  return new Promise((done, fail) => {
    const options = { method, headers, agent: false as const, rejectUnauthorized: !trusting };
    const took = (response: IncomingMessage) => {
      const { socket } = response;
      // Taken now: at its end the socket has forgotten it.
      const certificate = socket instanceof TLSSocket ? (socket.getPeerX509Certificate() ?? null) : null;
      read(response).then((body) => {
        clearTimeout(timer);
        done({ status: response.statusCode ?? 0, headers: response.headers, body, certificate });
      }, failed);
    };
    const asking = url.startsWith('https:') ? secureRequest(url, options, took) : request(url, options, took);
    const failed = (error: Error) => {
      clearTimeout(timer);
      fail(error);
    };
    const timer = setTimeout(() => asking.destroy(new Error(`no answer within ${withinMs / 1000} s`)), withinMs);
    asking.on('upgrade', ({ headers: told }, socket) => {
      clearTimeout(timer);
      socket.destroy();
      done({ status: 101, headers: told, body: '', certificate: null });
    });
    asking.on('error', failed);
    asking.end();
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    bytes += part.length;
    if (bytes > mostBytes) break;
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString();
}
