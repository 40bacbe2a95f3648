// An SMTP server on the loopback that reads each mail as a mail program does, and refuses what it is told to.
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { cert, key } from './localhost-certificate.ts';

export interface ReceivedMail {
  readonly to: string;
  readonly raw: string;
  readonly mail: Email;
  /** Whether it came over TLS, and by whom. */
  readonly secure: boolean;
  readonly user: string;
}

export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** Address → code of SMTP that it is refused with. */
  readonly refusals = new Map<string, number>();
  readonly port: number;
  readonly #server: SMTPServer;

  private constructor(server: SMTPServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async open({ tls = true, password }: { readonly tls?: boolean; readonly password?: string } = {}): Promise<MailServer> {
    const server = new SMTPServer({
      ...{ cert, key, authOptional: password === undefined, disableReverseLookup: true, closeTimeout: 500 },
      disabledCommands: tls ? [] : ['STARTTLS'],
      onAuth: (auth, _session, done) =>
        auth.password === password
          ? done(null, { user: auth.username ?? '' })
          : done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
      onRcptTo: ({ address }, _session, done) => {
        const code = opened?.refusals.get(address);
        done(code === undefined ? null : Object.assign(new Error(`${address} is not taken`), { responseCode: code }));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const raw = Buffer.concat(parts).toString();
          void PostalMime.parse(raw).then((mail) => {
            for (const { address } of session.envelope.rcptTo)
              opened?.received.push({ to: address, raw, mail, secure: session.secure, user: String(session.user ?? '') });
            done();
          });
        });
      },
    });
    server.on('error', () => undefined);
    let opened: MailServer | null = null;
    const port = await new Promise<number>((listening) => {
      const listener = server.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    opened = new MailServer(server, port);
    return opened;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }
}
