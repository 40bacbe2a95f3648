// For tests: the files of recordings in a plain folder, where one call can be made to fail.
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { RecordingFolder, RecordingPlace } from '../../../ports/recording-files.ts';

const sizeOf = async (path: string): Promise<number | undefined> => (await stat(path).catch(() => undefined))?.size;

export class FolderFiles {
  readonly root: string;
  /** Thrown when a finished file is moved here. */
  fault: Error | null = null;
  /** Each file that was read, and its bytes. */
  readonly read: { readonly name: string; readonly start: number; readonly end: number }[] = [];

  constructor(root: string) {
    this.root = root;
  }

  of({ directory }: Pick<RecordingPlace, 'directory'>): RecordingFolder {
    const at = (name: string) => join(this.root, directory, name);
    const write = async (name: string, source: Readable | Buffer) => {
      if (this.fault) throw this.fault;
      await writeFile(at(name), source);
      return { bytes: (await sizeOf(at(name))) ?? 0 };
    };
    return {
      write,
      size: (name) => sizeOf(at(name)),
      stream: async (name, start, end) => {
        this.read.push({ name, start, end });
        return createReadStream(at(name), { start, end });
      },
      text: async (name) => readFile(at(name), 'utf8').catch(() => undefined),
      names: () => readdir(join(this.root, directory)),
      adopt: async (name, path) => {
        if (this.fault) throw this.fault;
        await mkdir(join(this.root, directory), { recursive: true });
        await rename(path, at(name));
        return { bytes: (await sizeOf(at(name))) ?? 0 };
      },
      remove: (name) => rm(at(name), { force: true }),
      removeAll: () => rm(join(this.root, directory), { recursive: true, force: true }),
    };
  }
}
