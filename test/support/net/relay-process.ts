// The relay itself: carries UDP and TCP to a server and back, each packet as late as it is told to be. Ends with its input.
import { createSocket, type Socket } from 'node:dgram';
import { connect, createServer, type Socket as TcpSocket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Late, type Lateness } from './late.ts';
import { RelayPorts, Told } from './relay.ts';

const [server = '', services = '[]'] = process.argv.slice(2);
const Services = z.array(RelayPorts.element.omit({ relayPort: true }));
let lateness: Lateness = { delayMs: 0, jitterMs: 0 };
const late = () => new Late(() => lateness);

/** One socket to the server for each client's address, as a router's NAT keeps it. */
function relayUdp(port: number): Promise<number> {
  const near = createSocket('udp4');
  const ways = new Map<string, { readonly far: Socket; readonly up: Late }>();
  const wayOf = (address: string, clientPort: number) => {
    const key = `${address}:${clientPort}`;
    const known = ways.get(key);
    if (known) return known;
    const far = createSocket('udp4');
    const down = late();
    far.on('message', (packet) => down.pass(() => near.send(packet, clientPort, address)));
    const way = { far, up: late() };
    ways.set(key, way);
    return way;
  };
  near.on('message', (packet, { address, port: clientPort }) => {
    const { far, up } = wayOf(address, clientPort);
    up.pass(() => far.send(packet, port, server));
  });
  return new Promise((done) => near.bind(0, () => done(near.address().port)));
}

function relayTcp(port: number): Promise<number> {
  const listening = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: server, port, noDelay: true });
    carry(near, far);
    carry(far, near);
  });
  return new Promise((done) => listening.listen(0, () => done(portOf(listening.address()))));
}

function carry(from: TcpSocket, to: TcpSocket): void {
  const way = late();
  from.on('data', (chunk) => way.pass(() => to.write(chunk)));
  from.on('end', () => way.pass(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => way.pass(() => to.destroy()));
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (typeof address !== 'object' || address === null) throw new Error('There is no port');
  return address.port;
}

const ports = await Promise.all(
  Services.parse(JSON.parse(services)).map(async ({ protocol, port }) => ({
    protocol,
    port,
    relayPort: await (protocol === 'udp' ? relayUdp(port) : relayTcp(port)),
  })),
);
process.stdout.write(`${JSON.stringify(RelayPorts.parse(ports))}\n`);
const told = createInterface(process.stdin);
told.on('line', (line) => {
  lateness = Told.parse(JSON.parse(line));
});
told.on('close', () => process.exit());
