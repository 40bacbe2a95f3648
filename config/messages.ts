// The settings of mail and push: both off until configured, for each brings in somebody beside this server.
import { z } from 'zod';

const address = z.email().max(254);

export const mail = z
  .strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'is neither an address nor a host name')
      .nullable()
      .default(null)
      .describe('Mail server (SMTP) that takes our mails; null sends none.'),
    port: z.number().int().min(1).max(65_535).default(587).describe('Its port: 587 for starttls, 465 for tls, 25 within the university.'),
    secure: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('How the line to it is encrypted; with starttls and tls nothing is sent in the clear.'),
    user: z.string().min(1).max(254).nullable().default(null).describe('Name to sign in to it with; null signs in with none.'),
    password: z.string().min(1).max(500).nullable().default(null).describe('Password of that name.'),
    passwordFile: z.string().min(1).nullable().default(null).describe('File that holds the password, instead of `password`.'),
    caFile: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe("Certificate that signs the mail server's own, PEM; null trusts the usual ones."),
    from: address.nullable().default(null).describe('Address that the mails are from, like class@example.edu.'),
    fromName: z.string().trim().min(1).max(100).default('Auditoria').describe('Name that people read beside that address.'),
    replyTo: address.nullable().default(null).describe('Where answers of people go; null means `from`.'),
    connections: z.number().int().min(1).max(20).default(3).describe('How many mails are sent at the same time.'),
  })
  .refine((group) => group.host === null || group.from !== null, 'names a host but no from')
  .refine((group) => group.password === null || group.passwordFile === null, 'has both password and passwordFile');

export const push = z.strictObject({
  send: z
    .enum(['off', 'on'])
    .default('off')
    .describe(
      'Whether people may let their browser show notifications while the site is closed. With on, this server speaks to the push services of Google, Mozilla, Apple and Microsoft; what it says is encrypted for the browser.',
    ),
  contact: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'does not begin with mailto: or https://')
    .nullable()
    .default(null)
    .describe(
      'Where a push service can reach whoever runs this server, like mailto:it@example.edu; null means `mail.from` or `publicUrl`.',
    ),
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/, 'is not a host name'))
    .default([])
    .describe('Further push services, by host name.'),
});
