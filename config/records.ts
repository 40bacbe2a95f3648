// The settings of where records of attendance go: an LRS (xAPI) and webhooks. Nothing is sent anywhere until one is named.
import { z } from 'zod';
import { DestinationId } from '../server/contract/outbox.ts';
import { told } from '../server/contract/told.ts';
import { ownMachine, secret } from './sign-in.ts';

/** The id under which the one LRS stands beside the webhooks. */
const LRS = 'lrs';

const address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '';
}, 'has user or password in it');

const webhook = z.strictObject({
  id: DestinationId.refine((id) => id !== LRS, `is kept for the LRS`),
  url: address,
  /** `whsec_` and base64 of 24 to 64 bytes, as the Standard Webhooks specification writes it. */
  secret,
  /** Only these; missing: all. */
  kinds: z.array(z.enum(told)).min(1).optional(),
});

const days = z.number().int().min(1).max(36_500);

export const records = z
  .strictObject({
    lrsUrl: address
      .nullable()
      .default(null)
      .describe('Learning record store that is sent xAPI statements, like https://lrs.example.edu/xapi; null sends none.'),
    lrsUser: z.string().min(1).max(254).nullable().default(null).describe('Name to sign in to it with (HTTP Basic).'),
    lrsPassword: secret
      .nullable()
      .default(null)
      .describe('Password of that name: as text, or in the file {file: …} or the variable {variable: …}.'),
    webhooks: z
      .array(webhook)
      .default([])
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice')
      .describe(
        'Addresses that are told what happened in lessons, each with id, url, secret (whsec_…) and, if not all, the kinds that it is told: see server/outbox/README.md. As an environment variable: JSON.',
      ),
    plainHttp: z
      .enum(['loopback', 'anywhere'])
      .default('loopback')
      .describe('Where records may go unencrypted (http://): to this machine only, or anywhere, as inside a closed network.'),
    people: z
      .enum(['ids', 'names'])
      .default('ids')
      .describe('How people are named to others: by their id, or by their name too. Mail addresses are never told.'),
    language: z
      .enum(['kk', 'ru', 'en'])
      .nullable()
      .default(null)
      .describe('Language of the teaching, as xAPI statements say it; null says none.'),
    keepDays: days.default(30).describe('How many days what was delivered everywhere can still be sent again.'),
    undeliveredDays: days
      .nullable()
      .default(null)
      .describe('After how many days what could not be delivered is given up, with a warning in the log; null never.'),
  })
  .refine((group) => group.lrsUrl === null || (group.lrsUser === null) === (group.lrsPassword === null), {
    error: 'needs both lrsUser and lrsPassword, or neither',
    path: ['lrsUser'],
  })
  .superRefine(({ lrsUrl, webhooks, plainHttp }, context) => {
    if (plainHttp === 'anywhere') return;
    const addresses = [{ path: ['lrsUrl'], url: lrsUrl }, ...webhooks.map(({ url }, index) => ({ path: ['webhooks', index, 'url'], url }))];
    for (const { path, url } of addresses)
      if (url !== null && !isSafe(url))
        context.addIssue({ code: 'custom', path, message: 'is neither https nor on this machine, and plainHttp does not allow it' });
  });
export type RecordsConfig = z.output<typeof records>;

function isSafe(text: string): boolean {
  return text.startsWith('https:') || ownMachine.has(URL.parse(text)?.hostname ?? '');
}
