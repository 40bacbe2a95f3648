// The file on the local disk that holds what the database could not take: lines, each on disk before anybody is told of it.
import { appendFile, type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const END = '\0';

/**
 * Its room is taken beforehand, so that a disk that is full for the database is not full for what waits for it. What is held ends at the
 * first zero byte; a line without its line end was never acknowledged.
 */
export class HeldFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #reservedBytes: number;
  #endsAt: number;

  private constructor(path: string, file: FileHandle, reservedBytes: number, endsAt: number) {
    this.#path = path;
    this.#file = file;
    this.#reservedBytes = reservedBytes;
    this.#endsAt = endsAt;
  }

  /** With the lines that an earlier process left. */
  static async open(path: string, reservedBytes: number): Promise<{ readonly file: HeldFile; readonly lines: readonly string[] }> {
    const file = await open(path, 'r+').catch(() => open(path, 'wx+', 0o600));
    try {
      const bytes = await file.readFile();
      const ends = bytes.indexOf(0);
      const whole = bytes.subarray(0, bytes.lastIndexOf('\n', ends === -1 ? bytes.length : ends) + 1);
      // A full disk at the start is no reason not to start.
      if (bytes.length < reservedBytes) await reserve(file, bytes.length, reservedBytes).catch(() => undefined);
      const lines = whole.toString().split('\n').slice(0, -1);
      return { file: new HeldFile(path, file, reservedBytes, whole.length), lines };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** All of them, or none. One call at a time. */
  async append(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(`${lines.map((line) => `${line}\n`).join('')}${END}`);
    await this.#write(bytes, this.#endsAt);
    this.#endsAt += bytes.length - END.length;
  }

  /** Nothing is held any more. One call at a time. */
  async clear(): Promise<void> {
    if (this.#endsAt === 0) return;
    try {
      // First the end at the beginning: stopped half way, what is left must not be taken for the newest that there was.
      await this.#write(Buffer.from(END), 0);
      await this.#blank();
    } catch {
      await this.#file.truncate(0);
      await this.#file.datasync();
    }
    this.#endsAt = 0;
  }

  /** What the database refused for good, beside the file, where a person finds it: a file for each day. */
  async setAside(line: string, now: number): Promise<void> {
    await appendFile(`${this.#path}.refused-${dayOf(now)}`, `${line}\n`, { mode: 0o600 });
  }

  /** H31: of what was set aside, the files of days before `before` are removed. The names of those that are left. */
  async forgetAside(before: number): Promise<readonly string[]> {
    const [folder, prefix] = [dirname(this.#path), `${basename(this.#path)}.refused`];
    const left: string[] = [];
    for (const name of (await readdir(folder)).filter((each) => each.startsWith(prefix))) {
      // Without a day in its name it is as old as its last line.
      const day = name.slice(prefix.length + 1) || dayOf((await stat(join(folder, name))).mtimeMs);
      if (day < dayOf(before)) await rm(join(folder, name));
      else left.push(name);
    }
    return left;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Behind a later line that is torn nothing old may stand. */
  async #blank(): Promise<void> {
    for (let at = 0; at < Math.min(this.#endsAt, this.#reservedBytes); at += BLOCK) {
      const size = Math.min(BLOCK, this.#reservedBytes - at);
      await this.#file.write(Buffer.alloc(size), 0, size, at);
    }
    if (this.#endsAt > this.#reservedBytes) await this.#file.truncate(this.#reservedBytes);
    await this.#file.datasync();
  }

  async #write(bytes: Buffer, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    await this.#file.datasync();
  }
}

const BLOCK = 1_048_576;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Written, not only promised: a hole would be filled when there is no room left. */
async function reserve(file: FileHandle, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BLOCK) {
    const size = Math.min(BLOCK, to - at);
    await file.write(Buffer.alloc(size), 0, size, at);
  }
  await file.datasync();
}
