// Sends mail over SMTP, through a few connections that are kept open while there is something to send.
import nodemailer from 'nodemailer';
import { z } from 'zod';
import type { MailAddress, MailOutcome, MailPort, OutgoingMail } from '../ports/mail.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** starttls insists on it; none sends in the clear. */
  readonly secure: 'starttls' | 'tls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: MailAddress;
  readonly replyTo: string | null;
  readonly connections: number;
  /** Trusted besides the system's own; for a mail server with a certificate of the university. */
  readonly ca?: string | undefined;
}

const CONNECT_MS = 15_000;
const ANSWER_MS = 60_000;
const Address = z.email().max(254);
const Failure = z.object({ code: z.string().optional(), responseCode: z.number().optional(), message: z.string() });
/** What our login or the connection did wrong, whatever the message was. */
const OF_THE_SERVER = new Set(['EAUTH', 'ECONNECTION', 'ETIMEDOUT', 'ETLS', 'ESOCKET', 'EDNS', 'EPROTOCOL', 'ENOAUTH', 'EOAUTH2']);

export class SmtpMail implements MailPort {
  readonly from: MailAddress;
  readonly #replyTo: string | null;
  readonly #transport: ReturnType<typeof openTransport>;
  #closed = false;

  constructor(settings: SmtpSettings) {
    this.from = settings.from;
    this.#replyTo = settings.replyTo;
    this.#transport = openTransport(settings);
  }

  async send(mail: OutgoingMail): Promise<MailOutcome> {
    if (this.#closed) return { as: 'unreachable', why: 'the server stops' };
    if (!Address.safeParse(mail.to.address).success) return { as: 'refused', why: 'not an address' };
    try {
      await this.#transport.sendMail({
        from: oneLine(this.from),
        to: oneLine(mail.to),
        ...(this.#replyTo !== null && { replyTo: this.#replyTo }),
        subject: withoutControls(mail.subject),
        messageId: `<${mail.messageId}>`,
        text: mail.text,
        html: mail.html,
        ...(mail.calendar && { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'lesson.ics' } }),
        list: { unsubscribe: { url: mail.settingsUrl, comment: '' } },
        headers: {
          // RFC 3834: vacation answers and the like must not answer us.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': mail.language,
        },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { as: 'sent' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** Reaches the mail server and signs in as before a mail, and sends nothing. Rejects with what stands in the way. */
  async verify(): Promise<void> {
    await this.#transport.verify();
  }

  close(): void {
    this.#closed = true;
    this.#transport.close();
  }
}

function openTransport({ host, port, secure, user, password, connections, ca }: SmtpSettings) {
  return nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: secure === 'tls',
    requireTLS: secure === 'starttls',
    ignoreTLS: secure === 'none',
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
    ...(ca !== undefined && { tls: { ca } }),
    maxConnections: connections,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** RFC 5321, 4.2.1: a 5yz reply to the message itself is for good; all else may pass. */
function outcomeOf(error: unknown): MailOutcome {
  const failure = Failure.safeParse(error);
  if (!failure.success) return { as: 'later', why: String(error) };
  const { code = '', responseCode = 0, message } = failure.data;
  const why = withoutControls(message).slice(0, 300);
  if (responseCode === 421 || OF_THE_SERVER.has(code)) return { as: 'unreachable', why };
  return responseCode >= 500 && responseCode < 600 ? { as: 'refused', why } : { as: 'later', why };
}

function oneLine({ name, address }: MailAddress): MailAddress {
  return { name: withoutControls(name), address };
}

/** A line end in a header would begin another header. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
