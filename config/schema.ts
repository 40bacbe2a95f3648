// Every setting of the server: its type, its default and one sentence. The sample file and the names of the environment variables come from here.
import { isIP } from 'node:net';
import { z } from 'zod';
import { Role } from '../server/contract/identity.ts';
import { capacity } from './capacity.ts';
import { mail, push } from './messages.ts';
import { recording } from './recordings.ts';
import { records } from './records.ts';
import { shares } from './shares.ts';
import { signIn } from './sign-in.ts';
import { situation } from './situation.ts';
import { tracing } from './tracing.ts';

const MINUTE_LIMIT = 24 * 60;

const port = z.number().int().min(0).max(65_535);
const minutes = z.number().int().min(0).max(MINUTE_LIMIT);
const ipAddress = z.string().refine((text) => isIP(text) !== 0, 'is not an IP address');
const hostName = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'is neither an address nor a host name');
const addressRange = z.string().refine(isAddressRange, "is neither an IP address, nor a range like 10.0.0.0/8, nor 'loopback'");
const timeZone = z.string().refine(isTimeZone, 'is not an IANA time zone like Asia/Almaty');
const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => new URL(text).pathname === '/', 'has a path: only scheme, host and port are allowed')
  .transform((text) => new URL(text).origin);
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'does not begin with postgres://');

/** One may be written without brackets, several with commas between, and none as null. */
const oneOrMore = (item: z.ZodType<string>) =>
  z
    .preprocess((value) => {
      if (value === null) return [];
      return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
    }, z.array(item).max(16))
    .default([]);

const tls = z
  .strictObject({
    cert: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('File of the TLS certificate with its chain, PEM. With it the server speaks HTTPS itself.'),
    key: z.string().min(1).nullable().default(null).describe("File of the certificate's private key, PEM."),
  })
  .refine((group) => (group.cert === null) === (group.key === null), 'needs both cert and key, or neither');

const media = z.strictObject({
  workers: z.number().int().min(0).max(256).default(0).describe('Number of media worker processes; 0 means one per core.'),
  portBase: port
    .default(20_000)
    .describe(
      'First of the ports (UDP and TCP) for sound and picture: each worker takes one. Below 32768, so that no outgoing connection of the machine holds it; 0 lets the system choose.',
    ),
  listenIp: oneOrMore(ipAddress).describe(
    'Addresses, IPv4 and IPv6, that the media ports listen on, one or a list like [0.0.0.0, "::"]; empty means the same as `host`.',
  ),
  workerBin: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('File of the media worker; null means the one that the set-up made (MEDIASOUP_WORKER_BIN).'),
});

const ice = z
  .strictObject({
    stun: z
      .array(z.string().regex(/^stuns?:/, 'does not begin with stun:'))
      .default([])
      .describe('STUN servers that browsers are told of, like stun:stun.example.edu:3478.'),
    turn: z
      .array(z.string().regex(/^turns?:/, 'does not begin with turn:'))
      .default([])
      .describe('TURN servers that browsers are told of, like turns:turn.example.edu:443?transport=tcp.'),
    turnSecret: z
      .string()
      .min(8)
      .nullable()
      .default(null)
      .describe("The TURN servers' shared secret (coturn: static-auth-secret); passwords made from it last 6 hours."),
  })
  .refine((group) => group.turn.length === 0 || group.turnSecret !== null, 'names TURN servers but no turnSecret');

const room = z.strictObject({
  graceSeconds: z
    .number()
    .int()
    .min(5)
    .max(600)
    .default(60)
    .describe('How long the seat of someone whose line dropped is kept, in seconds.'),
  openBeforeMinutes: minutes.default(10).describe('How long before a lesson its door opens for students, in minutes.'),
  teacherOpenBeforeMinutes: minutes
    .default(30)
    .describe('How long before a lesson its door opens for its teacher and assistants, in minutes.'),
  closeAfterMinutes: minutes.default(15).describe('How long after the end of a lesson its door closes, in minutes.'),
  observersTold: z
    .enum(['everyone', 'teachers', 'nobody'])
    .default('everyone')
    .describe(
      'Who in a class sees that an observer of the situation centre is there: everyone, teachers and assistants only, or nobody. It stands in the audit log each time.',
    ),
});

const attendance = z.strictObject({
  lateAfterMinutes: z
    .number()
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('Who comes this many minutes after the beginning, or later, is late.'),
  presentFromShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('Who was there for this share of the lesson, or more, was present: 0.7 is 70 %.'),
});

const session = z.strictObject({
  idleHours: z
    .number()
    .min(0.1)
    .max(24 * 365)
    .default(12)
    .describe('Who does nothing for this many hours is signed out.'),
  maxDays: z.number().min(1).max(365).default(30).describe('Everyone signs in again after this many days, whatever they do.'),
});

const secondFactor = z.strictObject({
  requiredFor: z
    .array(Role)
    .default(['administrator', 'coordinator'])
    .describe('Roles whose people must sign in with a second factor (a code of an authenticator app). Empty: everybody is free to.'),
  graceDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe('How many days they have from their first sign-in to set it up; after that nothing else can be done before.'),
});

const days = z.number().int().min(1).max(36_500).nullable();
const years = z.number().int().min(1).max(100).nullable();
const retention = z.strictObject({
  accountsDays: days
    .default(365)
    .describe('How many days after an account was disabled it is anonymised: name, address and everything personal go; null never.'),
  attendanceYears: years
    .default(5)
    .describe(
      'How many years after a lesson its trace, from which the register is made, and what the board found in it are removed; null never.',
    ),
  chatDays: days.default(null).describe('How many days after a chat message was sent it is removed; null never.'),
  chatTexts: z
    .enum(['keep', 'remove'])
    .default('remove')
    .describe('Whether the chat messages of an account go when it is anonymised, or stay without its name.'),
  auditYears: years.default(5).describe('How many years the audit log goes back; null keeps all of it.'),
  connectionReportDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('How many days the result of a connection test that somebody sent is kept.'),
  refusedDays: days.default(90).describe('How many days what the database refused for good is kept in files beside it; null for ever.'),
  qualityDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('How many days is kept how everybody’s line was in class, for support to look at.'),
});

/** Nested one level at most; every leaf has a default and a sentence. */
export const Config = z
  .strictObject({
    dataDir: z.string().min(1).default('./data').describe('Folder of the database, the recordings and the secrets.'),
    host: hostName
      .default('127.0.0.1')
      .describe(
        'Address that the web server listens on; 0.0.0.0 for all. Browsers give camera and microphone only to HTTPS or to localhost.',
      ),
    port: port.default(3000).describe('Port of the web server; 0 lets the system choose.'),
    publicUrl: webAddress
      .nullable()
      .default(null)
      .describe('Address under which browsers reach the server, like https://class.example.edu; null takes the one that the browser used.'),
    databaseUrl: databaseUrl
      .nullable()
      .default(null)
      .describe('PostgreSQL database, like postgres://user:password@host/name; null means SQLite in the data folder.'),
    announcedIp: oneOrMore(hostName).describe(
      'Addresses (or host names) at which browsers reach the media ports, one or a list, when they are not those listened on.',
    ),
    trustedProxies: z
      .array(addressRange)
      .default([])
      .describe("Addresses of proxies whose X-Forwarded-… headers are believed, like 10.0.0.0/8 or 'loopback'."),
    timeZone: timeZone.default('Asia/Almaty').describe("The university's time zone."),
    logLevel: z.enum(['error', 'warn', 'info', 'debug', 'silent']).default('info').describe('How much is written to the log.'),
    logFormat: z
      .enum(['auto', 'json', 'text'])
      .default('auto')
      .describe('Form of the log; auto means text on a terminal and JSON elsewhere.'),
    metricsToken: z
      .string()
      .min(16)
      .nullable()
      .default(null)
      .describe('Who sends it as Bearer may read /metrics from anywhere; null allows only this machine.'),
    tracing: tracing.prefault({}).describe('Traces for OpenTelemetry: which request took how long where. None until an address is set.'),
    tls: tls.prefault({}).describe('HTTPS without a proxy before the server.'),
    media: media.prefault({}).describe('Sound and picture.'),
    capacity: capacity.prefault({}).describe('What this machine can carry, and what happens when it is near that.'),
    ice: ice.prefault({}).describe('Help for browsers behind strict firewalls. Empty: nobody outside is asked.'),
    room: room.prefault({}).describe('Doors and seats of the live rooms.'),
    attendance: attendance.prefault({}).describe('How the register judges.'),
    situation: situation.prefault({}).describe("When the situation centre's board speaks of trouble."),
    recording: recording.prefault({}).describe('Recordings: where they lie, how long, how much, and what is made of them.'),
    session: session.prefault({}).describe('How long a sign-in lasts.'),
    mail: mail.prefault({}).describe('Mails about lessons that were moved, cancelled and the like.'),
    push: push.prefault({}).describe('Notifications by the browser, also while the site is closed.'),
    signIn: signIn.prefault({}).describe('Signing in by other systems of the university.'),
    secondFactor: secondFactor.prefault({}).describe('Who must sign in with a second factor.'),
    retention: retention.prefault({}).describe('How long what is kept.'),
    shares: shares.prefault({}).describe('How much may be taught by distance.'),
    records: records.prefault({}).describe('Where records of attendance go: nowhere, until it is set.'),
  })
  .refine(({ publicUrl, signIn: { providers } }) => publicUrl !== null || providers.every(({ kind }) => kind !== 'saml'), {
    // Whom an answer is for must not be what the request says in its Host header.
    error: 'must be set when there is a provider of kind saml',
    path: ['publicUrl'],
  })
  .refine(({ publicUrl, records: { lrsUrl } }) => publicUrl !== null || lrsUrl === null, {
    // Statements name people and lessons by it: another address would make other people of them.
    error: 'must be set when there is an lrsUrl',
    path: ['publicUrl'],
  });
export type Config = z.output<typeof Config>;

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text.includes('/') || text === 'UTC';
  } catch {
    return false;
  }
}

function isAddressRange(text: string): boolean {
  if (text === 'loopback') return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
