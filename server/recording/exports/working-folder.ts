// The folder in which one file is being made: finished pieces stay there until the whole is done, so that a restarted server goes on where it was.
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export class WorkingFolder {
  readonly path: string;
  #temporary = 0;

  private constructor(path: string) {
    this.path = path;
  }

  /** Nobody else on this machine may look into it. What was begun by another plan, and what was not finished, is thrown away. */
  static async open(path: string, plan: string): Promise<WorkingFolder> {
    const planFile = join(path, 'plan');
    const before = await readFile(planFile, 'utf8').catch(() => null);
    if (before !== plan) await rm(path, { recursive: true, force: true });
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(path, 0o700);
    for (const name of await readdir(path)) if (name.startsWith('t-')) await rm(join(path, name), { force: true });
    if (before !== plan) await writeFile(planFile, plan);
    return new WorkingFolder(path);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Of a file that nobody misses when we die: a name that no dying process of before still writes to. */
  temporary(extension: string): string {
    this.#temporary++;
    return join(this.path, `t-${process.pid}-${this.#temporary}.${extension}`);
  }

  /** The path of a finished piece; made unless it is there. */
  async piece(name: string, make: (path: string) => Promise<void>): Promise<string> {
    const path = this.file(name);
    if (await this.has(name)) return path;
    const unfinished = this.temporary(name.split('.').at(-1) ?? 'part');
    await make(unfinished);
    await rename(unfinished, path);
    return path;
  }

  async has(name: string): Promise<boolean> {
    return stat(this.file(name)).then(
      () => true,
      () => false,
    );
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
