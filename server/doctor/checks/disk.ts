// Whether the disks of the data folder and of the recordings take what is written, fast enough, and have room. Rule X9.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { broken, type Check, codeOf, type Finding, ok, warning, wordsOf } from '../finding.ts';

export interface DiskParts {
  readonly dataDir: string;
  readonly recordingDir: string;
  /** Free bytes below which it is low, and below which it is too little. */
  readonly leastBytes?: { readonly low: number; readonly none: number };
}

const gigabyte = 1024 ** 3;
const usualLeast = { low: 5 * gigabyte, none: gigabyte / 2 };
/** What is acknowledged waits for the disk: presence, chat, hands. */
const slowMs = 30;
const tries = 9;

export function diskCheck({ dataDir, recordingDir, leastBytes = usualLeast }: DiskParts): Check {
  return {
    name: 'disk',
    async look() {
      const folders = [...new Set([dataDir, recordingDir])];
      const findings: Finding[] = [];
      for (const folder of folders) findings.push(await lookAt(folder, leastBytes));
      const kind = await foreignFileSystem(nearest(dataDir));
      if (kind !== null)
        findings.push(
          warning(
            `The data folder ${dataDir} lies on ${kind}: locks of a database in a file are not safe there`,
            'Put it on a disk of this machine, or use PostgreSQL (databaseUrl).',
          ),
        );
      return findings;
    },
  };
}

async function lookAt(folder: string, least: { readonly low: number; readonly none: number }): Promise<Finding> {
  const place = nearest(folder);
  const isThere = place === folder;
  if (isThere && !(await stat(folder)).isDirectory()) return broken(`${folder} is no folder`, 'Remove the file, or set another folder.');
  try {
    const ms = await syncTime(place);
    const { bavail, bsize, ffree, files } = await statfs(place);
    const free = bavail * bsize;
    const what = `${folder}${isThere ? '' : ' (will be made)'}: ${sizeOf(free)} free`;
    const room = 'Make room or take a larger disk; old recordings go by recording.rules.';
    if (free < least.none) return broken(what, room);
    if (files > 0 && ffree < files / 100)
      return broken(`${what}, and hardly a file can be made any more`, 'Remove files that are not needed: the disk counts them.');
    if (free < least.low) return warning(what, room);
    if (ms > slowMs)
      return warning(
        `${what}, and it takes ${Math.round(ms)} ms to write safely`,
        'Classes wait for it with every hand and message: take an SSD, or a disk that nobody else burdens.',
      );
    return ok(`${what}, writes safely in ${ms.toFixed(1)} ms`);
  } catch (error) {
    return refused(folder, place, error);
  }
}

function refused(folder: string, place: string, error: unknown): Finding {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return broken(
        `The disk of ${folder} is full`,
        'Make room or take a larger disk. What is held for the database is kept: never remove held-for-database.jsonl.',
      );
    case 'EROFS':
      return broken(
        `The disk of ${folder} is mounted to be read only`,
        'Mount it to be written; after a fault of the disk look at the kernel’s log (dmesg) first.',
      );
    case 'EACCES':
    case 'EPERM':
      return broken(
        `${place} cannot be written by this user`,
        `chown -R it to the user that the server runs as, and chmod u+rwx. (user ${process.getuid?.() ?? ''})`,
      );
    default:
      return broken(`${place} cannot be written: ${wordsOf(error)}`, 'Mend the disk, or set another folder.');
  }
}

/** The nearest folder that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** The middle of several writes, each of which is on the disk before the next. Nothing is left behind. */
async function syncTime(place: string): Promise<number> {
  const folder = join(place, `.doctor-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  const path = join(folder, 'written');
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const took: number[] = [];
      for (let each = 0; each < tries; each++) {
        const beganAt = performance.now();
        await file.write(Buffer.alloc(4096, each + 1), 0, 4096, each * 4096);
        await file.datasync();
        took.push(performance.now() - beganAt);
      }
      return took.toSorted((a, b) => a - b)[Math.floor(tries / 2)] ?? 0;
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
    await rmdir(folder);
  }
}

/** As statfs(2) numbers them. */
const foreign: Readonly<Record<number, string>> = {
  26985: 'NFS',
  4283649346: 'a Windows share',
  4266872130: 'a Windows share',
  1702057286: 'a FUSE file system',
};

async function foreignFileSystem(place: string): Promise<string | null> {
  const { type } = await statfs(place);
  return foreign[type] ?? null;
}

const sizeOf = (bytes: number): string =>
  bytes >= gigabyte ? `${(bytes / gigabyte).toFixed(1)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
