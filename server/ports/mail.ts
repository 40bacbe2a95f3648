// Sending mail, one message at a time; what can go wrong is an outcome, not an error.

export interface MailAddress {
  /** What people read; may be empty. */
  readonly name: string;
  readonly address: string;
}

export interface OutgoingMail {
  /** Without brackets; the same when the same message is tried again, so that the receiving side can drop a double (RFC 5322, 3.6.4). */
  readonly messageId: string;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  /** Where the receiver switches such mails off (RFC 2369). */
  readonly settingsUrl: string;
  /** A message to the receiver's calendar (RFC 6047). */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null;
}

export type MailOutcome =
  | { readonly as: 'sent' }
  /** For good: this message will never be taken. */
  | { readonly as: 'refused'; readonly why: string }
  /** This message not now. */
  | { readonly as: 'later'; readonly why: string }
  /** The mail server does not answer, or does not know us: no message now. */
  | { readonly as: 'unreachable'; readonly why: string };

export interface MailPort {
  /** Whom the mails are from. */
  readonly from: MailAddress;
  send(mail: OutgoingMail): Promise<MailOutcome>;
  /** Safe twice. */
  close(): void;
}
