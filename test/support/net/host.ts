// A host: a network namespace in which programs are run.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './programs.ts';

export class Host {
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  open(): void {
    run('ip', ['netns', 'add', this.namespace]);
    this.run('ip', ['link', 'set', 'lo', 'up']);
  }

  run(program: string, args: readonly string[], input?: string): string {
    return run('ip', ['netns', 'exec', this.namespace, program, ...args], input);
  }

  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.namespace, program, ...args], options);
  }

  /** A file that runs the program here, for those who can only be given a program's name. */
  wrapped(program: string, folder: string): string {
    const file = join(folder, `${this.namespace}-${basename(program)}`);
    writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${this.namespace} ${program} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }
}
