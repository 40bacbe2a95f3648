// Builds what sends mail, from the settings.
import { readFileSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import { SmtpMail } from './adapters/smtp-mail.ts';

/** Null: not configured. */
export function mailOf({ mail }: Pick<Config, 'mail'>): SmtpMail | null {
  const { host, port, secure, user, password, passwordFile, caFile, from, fromName, replyTo, connections } = mail;
  if (host === null || from === null) return null;
  return new SmtpMail({
    ...{ host, port, secure, user, replyTo, connections },
    password: passwordFile === null ? password : readFileSync(passwordFile, 'utf8').trim(),
    from: { name: fromName, address: from },
    ca: caFile === null ? undefined : readFileSync(caFile, 'utf8'),
  });
}
