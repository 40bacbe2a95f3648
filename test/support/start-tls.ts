// Before a directory without TLS: agrees to StartTLS (RFC 4511, section 4.14) and passes on what then comes encrypted.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { cert, key } from './localhost-certificate.ts';
import { portOf } from './oidc-provider.ts';

export interface StartTls {
  readonly url: string;
  /** What came in the clear, beside the wish for StartTLS. */
  plain: string;
  close(): Promise<void>;
}

const WISH = '1.3.6.1.4.1.1466.20037';
/** An extended response that says success, to the message of that number. */
const agreed = (message: number) => Buffer.from([0x30, 0x0c, 0x02, 0x01, message, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]);

/** @param port of the directory behind; @param agrees false answers as a directory that cannot */
export async function openStartTls(port: number, { agrees = true }: { readonly agrees?: boolean } = {}): Promise<StartTls> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => undefined);
    near.once('data', (first: Buffer) => {
      if (!first.includes(WISH)) {
        door.plain += first.toString();
        near.destroy();
        return;
      }
      // The number of the message stands after the heads of sequence and integer.
      const answer = agreed(first[4] ?? 1);
      // Unwilling to perform.
      if (!agrees) answer[9] = 53;
      near.write(answer);
      if (!agrees) {
        near.on('data', (more: Buffer) => {
          door.plain += more.toString();
        });
        return;
      }
      const secure = new TLSSocket(near, { isServer: true, cert, key });
      const far = connect(port, '127.0.0.1');
      open.add(far);
      far.on('error', () => undefined);
      secure.on('error', () => undefined);
      secure.pipe(far).pipe(secure);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const door: StartTls = {
    url: `ldap://localhost:${portOf(server)}`,
    plain: '',
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return door;
}
