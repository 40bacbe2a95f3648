// The settings of recordings: where they lie, how long, how much, and what is made of them.
import { z } from 'zod';
import { Audience } from '../server/contract/recording-edits.ts';
import { LessonKind } from '../server/contract/timetable.ts';
import { ownMachine, secret } from './sign-in.ts';

const share = z.number().min(0).max(0.9);
const gigabytes = z.number().positive().max(10_000_000).nullable();

/** The first that names the lesson's kind, or names none, holds. `days` null: for ever. */
const rule = z.strictObject({
  kind: LessonKind.nullable().default(null),
  days: z.number().int().min(1).max(36_500).nullable(),
  /** `archive`: it leaves the pages of courses, and stays for coordinators and administrators. */
  afterwards: z.enum(['archive', 'delete']).default('delete'),
});

export const recording = z
  .strictObject({
    dir: z.string().min(1).nullable().default(null).describe('Folder of the recordings; null means `recordings` in the data folder.'),
    store: z
      .enum(['disk', 's3'])
      .default('disk')
      .describe('Where recordings are kept: in that folder, or in an S3 store to which they are carried while the class runs.'),
    s3Endpoint: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null)
      .describe('Address of the S3 store, like https://s3.example.edu; null for the region’s own.'),
    s3Region: z.string().min(1).max(64).default('us-east-1').describe('Its region.'),
    s3Bucket: z.string().min(3).max(63).nullable().default(null).describe('Its bucket; it must be there, and be open to nobody else.'),
    s3Prefix: z
      .string()
      .regex(/^([A-Za-z0-9_-]+\/)*$/, 'is not a path like recordings/')
      .default('')
      .describe('What the names of our objects begin with, like recordings/.'),
    s3AccessKey: secret.nullable().default(null).describe('Access key: as text, or in the file {file: …} or the variable {variable: …}.'),
    s3SecretKey: secret.nullable().default(null).describe('Secret key, likewise.'),
    s3PathStyle: z.boolean().default(true).describe('Whether the bucket stands in the path (MinIO, Ceph) and not in the host name.'),
    s3KeepLocalDays: z
      .number()
      .min(0)
      .max(3650)
      .default(1)
      .describe('How many days a recording that was carried there also stays in the folder, for those who watch it first.'),
    encrypt: z
      .boolean()
      .default(false)
      .describe(
        'Whether new recordings are encrypted where they lie (AES-256-GCM, a key for each, wrapped by `recordings.key` in the data folder).',
      ),
    quotaGb: gigabytes.default(null).describe('How many gigabytes all recordings may take; null: as much as there is.'),
    tightShare: share.default(0.15).describe('Below this share of free space administrators are warned.'),
    scarceShare: share.default(0.05).describe('Below this share cameras are not captured any more; sound and screens are.'),
    fullShare: share.default(0.01).describe('Below this share nothing is captured any more.'),
    rules: z
      .array(rule)
      .default([{ kind: null, days: null, afterwards: 'delete' }])
      .describe(
        'How long recordings are kept after the lesson, by its kind: [{kind: lecture, days: 1825, afterwards: archive}, {days: 365}]. As an environment variable: JSON.',
      ),
    trashDays: z.number().int().min(1).max(365).default(30).describe('How many days a recording in the trash can be taken out again.'),
    audience: Audience.default('lesson').describe(
      'Who may watch a new recording: students of the lesson, of the course, or everybody signed in.',
    ),
    download: z.boolean().default(true).describe('Whether a new recording may be downloaded by those who may watch it.'),
    mp4: z
      .enum(['always', 'asked', 'never'])
      .default('always')
      .describe('Whether one MP4 file is made of every recording, of those that somebody asks for, or of none.'),
    exportHours: z
      .string()
      .regex(/^([01]\d|2[0-3])-([01]\d|2[0-4])$/, 'is not like 20-07')
      .nullable()
      .default(null)
      .describe('Hours in which files are made by themselves, like 20-07; null: at any time, when the machine has nothing better to do.'),
  })
  .refine(({ store, s3Bucket }) => store !== 's3' || s3Bucket !== null, { error: 'must be set when the store is s3', path: ['s3Bucket'] })
  .refine(({ s3AccessKey, s3SecretKey }) => (s3AccessKey === null) === (s3SecretKey === null), {
    error: 'needs both s3AccessKey and s3SecretKey, or neither',
    path: ['s3AccessKey'],
  })
  .refine(({ s3Endpoint }) => s3Endpoint === null || s3Endpoint.startsWith('https:') || ownMachine.has(new URL(s3Endpoint).hostname), {
    error: 'is neither https nor on this machine',
    path: ['s3Endpoint'],
  })
  .refine(({ tightShare, scarceShare, fullShare }) => tightShare >= scarceShare && scarceShare >= fullShare, {
    error: 'tightShare, scarceShare and fullShare must fall',
    path: ['tightShare'],
  });
export type RecordingConfig = z.output<typeof recording>;
