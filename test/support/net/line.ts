// The line between a host and its router, which can be made slow, lossy, late and uneven, cut and mended; both ways alike.
import type { Host } from './host.ts';
import type { Relay } from './relay.ts';

export interface Weather {
  /** Of the packets of each way. */
  readonly lossPercent?: number;
  /** Of each way: a round trip is twice as long. */
  readonly delayMs?: number;
  /** Each packet waits up to so much longer; the order is kept. */
  readonly jitterMs?: number;
  /** Of each way; what is more waits in a queue. Unlimited when not given. */
  readonly bps?: number;
}

/** As long as that of an ordinary home router, and never shorter than a few whole packets. */
const queueMs = 400;
const queueBytes = 8000;
/** The kernel must hold one whole packet at least. */
const burstBytes = 3000;

interface Ends {
  readonly host: Host;
  readonly router: Host;
  /** Interfaces: of the host, and of the router towards it. */
  readonly near: string;
  readonly far: string;
  readonly address: string;
  readonly gateway: string;
  readonly relay: Relay;
}

export class Line {
  readonly #ends: Ends;
  #lossPercent = 0;

  private constructor(ends: Ends) {
    this.#ends = ends;
  }

  static open(ends: Ends): Line {
    const line = new Line(ends);
    line.#filter('');
    return line;
  }

  get address(): string {
    return this.#ends.address;
  }

  set({ lossPercent = 0, delayMs = 0, jitterMs = 0, bps }: Weather): void {
    const { host, router, near, far, relay } = this.#ends;
    for (const [where, device] of [
      [host, near],
      [router, far],
    ] as const) {
      if (bps === undefined) where.run('sh', ['-c', `tc qdisc del dev ${device} root 2>/dev/null || true`]);
      else
        where.run('tc', [
          ...['qdisc', 'replace', 'dev', device, 'root', 'tbf'],
          ...['rate', `${bps}bit`, 'burst', String(burstBytes), 'latency', `${Math.max(queueMs, Math.round((queueBytes * 8000) / bps))}ms`],
        ]);
    }
    relay.set({ delayMs, jitterMs });
    this.#lossPercent = lossPercent;
    this.mend();
  }

  /** Nothing gets through, or nothing of one protocol, and nobody is told: a router somewhere has lost its power. */
  cut(protocol?: 'udp' | 'tcp'): void {
    this.#filter(protocol === undefined ? 'drop' : `meta l4proto ${protocol} drop`);
  }

  mend(): void {
    this.#filter(this.#lossPercent === 0 ? '' : `numgen random mod 1000 < ${Math.round(this.#lossPercent * 10)} drop`);
  }

  /** The host itself sees that it has no network: Wi-Fi out of reach, a cable pulled. */
  unplug(): void {
    const { host, near } = this.#ends;
    host.run('ip', ['link', 'set', near, 'down']);
    // As whoever gave the address takes it back.
    host.run('ip', ['address', 'flush', 'dev', near]);
  }

  plug(): void {
    const { host, near, address, gateway } = this.#ends;
    host.run('ip', ['address', 'replace', `${address}/24`, 'dev', near]);
    host.run('ip', ['link', 'set', near, 'up']);
    host.run('ip', ['route', 'replace', 'default', 'via', gateway]);
  }

  /** In one step, so that no packet finds a line without its rules. */
  #filter(rule: string): void {
    const { router, far, relay } = this.#ends;
    const redirects = relay.ports.map(
      ({ protocol, port, relayPort }) => `iifname "${far}" ${protocol} dport ${port} redirect to :${relayPort}`,
    );
    const rules = `table ip ${far}
delete table ip ${far}
table ip ${far} {
  chain come {
    type filter hook prerouting priority -300
    ${rule && `iifname "${far}" ${rule}`}
  }
  chain go {
    type filter hook postrouting priority 300
    ${rule && `oifname "${far}" ${rule}`}
  }
  chain turn {
    type nat hook prerouting priority -100
    ${redirects.join('\n    ')}
  }
}
`;
    router.run('nft', ['-f', '-'], rules);
  }
}
