// What `npm run recordings` says.
import type { RecordingId } from '../../contract/ids.ts';
import type { FileFaultKind, OpenedFiles } from './opened-files.ts';

export const usage = `Use it so:
  npm run recordings -- verify                 reads every byte of all recordings, here and in the remote store
  npm run recordings -- verify <recording>     of one recording, by the id in its address
  npm run recordings -- rotate-key             makes a new recordings.key, and wraps the keys of all recordings by it
It ends with 0 when all is well, 1 when something is broken, 2 when it could not be done.
`;

export type Command = { readonly verb: 'verify'; readonly only: RecordingId | undefined } | { readonly verb: 'rotate-key' };

interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
}

const sentences: Readonly<Record<FileFaultKind, string>> = {
  missing: 'is nowhere',
  truncated: 'is shorter than it was',
  changed: 'holds other bytes than were written',
  sealed: 'cannot be decrypted: its bytes are right, the key is not',
  index: 'cannot be read, or names what is not there',
  unknown: 'was put there by nobody that the server knows of',
  'remote-missing': 'is not in the remote store',
  'remote-changed': 'is another file in the remote store',
};

/** Answers the exit code. */
export const run = async (
  command: Command,
  { verify, rotateKey }: Pick<OpenedFiles, 'verify' | 'rotateKey'>,
  out: Output,
): Promise<number> => {
  if (command.verb === 'rotate-key') {
    const rewrapped = await rotateKey();
    out.stdout.write(
      `A new key wraps the keys of recordings from now on, and of ${rewrapped} that there are. Keep a new copy of recordings.key.\n`,
    );
    return 0;
  }
  const begun = performance.now();
  const { recordings, files, bytes, faults } = await verify(command.only, (count) => {
    if (out.stderr.isTTY && count % 100 === 0) out.stderr.write(`\r${count} files`);
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const lines = [
    `${files} files of ${recordings} recordings, ${(bytes / 1e9).toFixed(2)} GB, in ${seconds} s.`,
    ...faults.map(({ recordingId, file, what }) => `  recording ${recordingId}: ${file} ${sentences[what]} (${what})`),
    faults.length === 0 ? 'WHOLE: every file is what was written.' : `BROKEN: ${faults.length} ${faults.length === 1 ? 'file' : 'files'}.`,
  ];
  out.stdout.write(`${lines.join('\n')}\n`);
  return faults.length === 0 ? 0 : 1;
};
