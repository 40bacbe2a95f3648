// What the operator can do about a line of the log that says `error`: found from the error, or said by whoever knows better. Rule X20.
import { isDatabaseAway } from './database/away.ts';

export const hints = {
  database: 'Look whether the database runs, answers and has room on its disk: npm run doctor.',
  databaseOnce:
    'Look whether the database runs, answers and has room on its disk: npm run doctor. What is told of here is not tried again.',
  disk: 'Make room on the disk, or mend its rights: npm run doctor says which.',
  files: 'The server may open too few files: set LimitNOFILE=65536 in its unit, as config/deploy/auditoria.service does.',
  network: 'Something that the settings name does not answer: npm run doctor says what.',
  recordingDisk:
    'Make room on the disk of the recordings, or mend its rights: npm run doctor. The class goes on, and what was recorded is kept.',
  recordingFiles: 'Read what is left of it: npm run recordings -- verify. Bring back from a copy what it names.',
  remoteStore: 'Look whether the store of recordings is reached and lets in. Until then they wait in their folder.',
  mediaWorker:
    "Its classes go on with another one by themselves. If it comes again: npm run doctor proves the worker; look in the kernel's log (dmesg) for memory that ran out.",
  recorder:
    "Recordings go on by themselves with a gap of seconds. If it comes again, look in the kernel's log (dmesg) for memory that ran out.",
  refused:
    'Look at the file beside held-for-database.jsonl that has refused and this day in its name: it says what is missing in the database.',
  deadRecord: 'Look on the page Status for what the receiver said, mend it there or here, and have the records sent again.',
  traceKey:
    'Bring the folder of secrets back from a copy. If the key is lost for good, publish the new one: npm run trace -- rotate says it.',
  provider: 'Look at its settings under signIn.providers, and at its own log.',
  fault: 'A fault of the program: nothing is to be set. Keep this line with those before it for whoever looks after Auditoria.',
} as const;

const ofDisk = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'];
const ofFiles = ['EMFILE', 'ENFILE'];
const ofNetwork = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

export function hintFor(error: unknown): string {
  if (isDatabaseAway(error)) return hints.database;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (ofDisk.includes(code)) return hints.disk;
  if (ofFiles.includes(code)) return hints.files;
  if (ofNetwork.includes(code)) return hints.network;
  return hints.fault;
}
