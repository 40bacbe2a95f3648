// Our side of the relay that makes packets late: it runs in the router, and every packet for the services goes through it.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Host } from './host.ts';
import type { Lateness } from './late.ts';
import type { Service } from './network.ts';

const entry = new URL('relay-process.ts', import.meta.url).pathname;

/** What the process tells when it listens: for each service the port that it is to be sent to. */
export const RelayPorts = z.array(z.object({ protocol: z.enum(['udp', 'tcp']), port: z.number(), relayPort: z.number() }));
export type RelayPorts = z.infer<typeof RelayPorts>;
/** What the process is told, a line each. */
export const Told = z.object({ delayMs: z.number(), jitterMs: z.number() });

export class Relay {
  readonly ports: RelayPorts;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, ports: RelayPorts) {
    this.#process = process;
    this.ports = ports;
  }

  static async open(router: Host, server: string, services: readonly Service[]): Promise<Relay> {
    const child = router.spawn(process.execPath, [entry, server, JSON.stringify(services)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ports = await new Promise<RelayPorts>((done, fail) => {
      child.once('exit', (code) => fail(new Error(`The relay ended with ${code}`)));
      if (child.stdout) createInterface(child.stdout).once('line', (line) => done(RelayPorts.parse(JSON.parse(line))));
    });
    return new Relay(child, ports);
  }

  set(lateness: Lateness): void {
    this.#process.stdin?.write(`${JSON.stringify(lateness)}\n`);
  }

  close(): void {
    this.#process.stdin?.end();
  }
}
