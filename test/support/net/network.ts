// Hosts in networks of their own behind one router: addresses, links, and the end of it all, also when this process dies.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host } from './host.ts';
import { Line } from './line.ts';
import { run } from './programs.ts';
import { Relay } from './relay.ts';

/** Ends what still runs in our namespaces and removes them. It waits for the end of its input: of this process, however that comes about. */
const sweep = `cat >/dev/null
for name in $(ip netns list | cut -d' ' -f1 | grep "^$0-"); do
  ip netns pids "$name" | xargs -r kill -9
  ip netns del "$name"
done
rm -rf "$1"`;

export interface Service {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
}

/** The first host is the one that the services run on; every other one reaches it over a line of its own. */
export class Network {
  /** For files that last as long as the network. */
  readonly folder: string;
  readonly #prefix: string;
  readonly #sweeper: ChildProcess;
  readonly #router: Host;
  readonly #relays: Relay[] = [];
  #links = 0;

  private constructor(folder: string, prefix: string, sweeper: ChildProcess, router: Host) {
    this.folder = folder;
    this.#prefix = prefix;
    this.#sweeper = sweeper;
    this.#router = router;
  }

  static open(): Network {
    const prefix = `auditoria-${process.pid}-${randomBytes(3).toString('hex')}`;
    const folder = mkdtempSync(join(tmpdir(), `${prefix}-`));
    const sweeper = spawn('sh', ['-c', sweep, prefix, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    const router = new Host(`${prefix}-router`);
    router.open();
    router.run('sh', ['-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
    return new Network(folder, prefix, sweeper, router);
  }

  /** A host with one link to the router. */
  host(name: string): { readonly host: Host; readonly address: string } {
    const host = new Host(`${this.#prefix}-${name}`);
    host.open();
    const { address } = this.#link(host);
    return { host, address };
  }

  /** A host that reaches the services of `server` only over lines that can be made bad. */
  async hostOnLine(name: string, server: string, services: readonly Service[]): Promise<{ readonly host: Host; readonly line: Line }> {
    const host = new Host(`${this.#prefix}-${name}`);
    host.open();
    return { host, line: await this.line(host, server, services) };
  }

  /** One more way from the host to the services, as a phone beside the Wi-Fi; the newest is the one that is used. */
  async line(host: Host, server: string, services: readonly Service[]): Promise<Line> {
    const { near, far, address, gateway } = this.#link(host);
    const relay = await Relay.open(this.#router, server, services);
    this.#relays.push(relay);
    return Line.open({ host, router: this.#router, near, far, address, gateway, relay });
  }

  /** Safe twice. */
  async close(): Promise<void> {
    for (const relay of this.#relays) relay.close();
    const swept = new Promise((done) => this.#sweeper.once('exit', done));
    if (this.#sweeper.exitCode !== null) return;
    this.#sweeper.stdin?.end();
    await swept;
  }

  #link(host: Host) {
    this.#links += 1;
    const near = `up${this.#links}`;
    const far = `to${this.#links}`;
    const address = `10.77.${this.#links}.2`;
    const gateway = `10.77.${this.#links}.1`;
    run('ip', ['link', 'add', near, 'netns', host.namespace, 'type', 'veth', 'peer', 'name', far, 'netns', this.#router.namespace]);
    host.run('ip', ['address', 'add', `${address}/24`, 'dev', near]);
    host.run('ip', ['link', 'set', near, 'up']);
    this.#router.run('ip', ['address', 'add', `${gateway}/24`, 'dev', far]);
    this.#router.run('ip', ['link', 'set', far, 'up']);
    host.run('ip', ['route', 'replace', 'default', 'via', gateway]);
    return { near, far, address, gateway };
  }
}
