// Whether the ports of the settings can be had, or who has them: the server that runs, or something else. Rules X5 and X6.
import { createSocket } from 'node:dgram';
import { createServer, isIP } from 'node:net';
import { broken, type Check, codeOf, type Finding, ok, warning, wordsOf } from '../finding.ts';
import type { Holder, PortHolders, Protocol } from '../port-holders.ts';

export interface PortsParts {
  readonly web: { readonly host: string; readonly port: number };
  readonly media: { readonly listenIps: readonly string[]; readonly portBase: number; readonly workers: number };
  /** The process of the server that runs on this data folder; null when none does. */
  readonly serverPid: number | null;
  readonly holders: PortHolders;
  /** First and last of the ports that the system gives to outgoing connections; null when it does not say. */
  readonly outgoing: readonly [number, number] | null;
}

interface Wanted {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** The setting that it comes from. */
  readonly setting: 'port' | 'media.portBase';
}

export function portsCheck(parts: PortsParts): Check {
  return {
    name: 'ports',
    async look() {
      const { web, media } = parts;
      const lastMedia = media.portBase + media.workers - 1;
      const wantedWeb: Wanted = { protocol: 'tcp', ...web, setting: 'port' };
      const findings = [await lookAt('The web server', [wantedWeb], parts)];
      if (media.portBase === 0)
        return [
          ...findings,
          warning('The media ports are chosen anew at each start', 'Set media.portBase, or no firewall can let them through.'),
        ];
      const wanted = Array.from({ length: media.workers }, (_, index) => media.portBase + index).flatMap((port) =>
        media.listenIps.flatMap((host) =>
          (['udp', 'tcp'] as const).map((protocol): Wanted => ({ protocol, host, port, setting: 'media.portBase' })),
        ),
      );
      findings.push(await lookAt(`Sound and picture (${media.portBase} to ${lastMedia}, UDP and TCP)`, wanted, parts));
      if (web.port >= media.portBase && web.port <= lastMedia)
        findings.push(
          broken(`Port ${web.port} is wanted by the web server and by a media worker`, 'Set port or media.portBase to another one.'),
        );
      const [from, to] = parts.outgoing ?? [0, -1];
      if (media.portBase <= to && lastMedia >= from)
        findings.push(
          warning(
            `Outgoing connections of this machine may take a media port (${from} to ${to} are theirs)`,
            `Set media.portBase below ${from}.`,
          ),
        );
      return findings;
    },
  };
}

async function lookAt(what: string, wanted: readonly Wanted[], parts: PortsParts): Promise<Finding> {
  // One after the other: an address for all and a single one would stand in each other's way.
  const states: (Finding | 'free' | 'ours')[] = [];
  for (const each of wanted) states.push(await stateOf(each, parts));
  const fault = states.find((state) => typeof state !== 'string');
  if (fault !== undefined) return fault;
  const { serverPid } = parts;
  if (serverPid === null) return ok(`${what}: the ports are free`);
  if (states.every((state) => state === 'ours')) return ok(`${what}: the server that runs listens (process ${serverPid})`);
  return warning(
    `${what}: the server that runs does not listen there (process ${serverPid})`,
    'If the settings were changed since its start, restart it.',
  );
}

async function stateOf(wanted: Wanted, { serverPid, holders }: PortsParts): Promise<Finding | 'free' | 'ours'> {
  const { protocol, host, port, setting } = wanted;
  const error = await tryToListen(wanted);
  if (error === null) return 'free';
  const at = `${protocol.toUpperCase()} port ${port} of ${host}`;
  switch (codeOf(error)) {
    case 'EADDRINUSE': {
      const holder = holders(protocol, port);
      if (serverPid !== null && (holder === undefined || holder.lineage.includes(serverPid))) return 'ours';
      return broken(
        `${at} is taken${byWhom(holder)}`,
        `Stop what has it${holder ? '' : ` (ss -lpn 'sport = :${port}' as root names it)`}, or set ${setting} to another one.`,
      );
    }
    case 'EACCES':
      return warning(
        `${at} may not be used by this user`,
        'Give the unit AmbientCapabilities=CAP_NET_BIND_SERVICE with the same CapabilityBoundingSet, or set a port above 1023 and a proxy before it.',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return broken(
        `${host} is no address of this machine`,
        `Let ${setting === 'port' ? 'host' : 'media.listenIp'} name one of its own, or 0.0.0.0; what browsers are told is announcedIp.`,
      );
    default:
      return broken(
        `${at} cannot be listened on: ${wordsOf(error)}`,
        `Look at ${setting === 'port' ? 'host and port' : 'media.listenIp and media.portBase'}.`,
      );
  }
}

const byWhom = (holder: Holder | undefined): string => (holder === undefined ? '' : ` by ${holder.name} (process ${holder.pid})`);

/** Null: it works; it is let go of at once. */
function tryToListen({ protocol, host, port }: Wanted): Promise<unknown> {
  return new Promise((done) => {
    if (protocol === 'tcp') {
      const server = createServer();
      server.once('error', done);
      server.listen({ host, port, exclusive: true, ipv6Only: isIP(host) === 6 }, () => server.close(() => done(null)));
      return;
    }
    const socket = createSocket({ type: isIP(host) === 6 ? 'udp6' : 'udp4', ipv6Only: isIP(host) === 6 });
    socket.once('error', (error) => {
      socket.close();
      done(error);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => done(null)));
  });
}
