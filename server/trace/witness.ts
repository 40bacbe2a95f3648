// The witness: a copy of each signed head in a file beside the database, which only grows.
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DayHead } from '../contract/evidence.ts';
import { canonical } from './canonical.ts';

export class Witness {
  readonly #path: string;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'trace', 'heads.jsonl');
  }

  /** By number, as they were written; null when there is no file. A line that cannot be read bears no witness. */
  async read(): Promise<ReadonlyMap<number, DayHead> | null> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const heads = new Map<number, DayHead>();
    for (const line of text.split('\n')) {
      const head = headFrom(line);
      // The first word counts: whoever adds another of the same number later proves nothing.
      if (head !== null && !heads.has(head.number)) heads.set(head.number, head);
    }
    return heads;
  }

  /** On disk when it resolves. */
  async add(heads: readonly DayHead[]): Promise<void> {
    if (heads.length === 0) return;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = await open(this.#path, 'a', 0o600);
    try {
      // A line that a power failure cut in two must not spoil the next.
      const { size } = await file.stat();
      await file.appendFile(`${size > 0 ? '\n' : ''}${heads.map(canonical).join('\n')}`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

function headFrom(line: string): DayHead | null {
  try {
    return DayHead.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
