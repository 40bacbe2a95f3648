// Asks a relay for what a browser asks it for: an address of its own there, and leave to reach the media ports through it; then gives it back.
import { type Answer, attribute, type Credentials, method, peerAddress, request } from './stun-message.ts';
import { openTurnLine, type RelayAddress, type TurnLine } from './turn-line.ts';

export type RelayOutcome =
  | { readonly as: 'relays'; readonly relayed: string; readonly took: number }
  /** It answers nothing, or its name or its certificate is wrong. */
  | { readonly as: 'unreachable'; readonly error: unknown }
  /** It does not take the password that was made from the secret. */
  | { readonly as: 'wrong-secret' }
  /** It gives addresses, and lets nobody through to this one. */
  | { readonly as: 'no-passage'; readonly to: string; readonly why: string }
  | { readonly as: 'refused'; readonly why: string };

const udp = Buffer.from([17, 0, 0, 0]);
const nothingLeft = Buffer.alloc(4);
const unauthorized = 401;
const staleNonce = 438;

export interface Passage {
  readonly username: string;
  readonly password: string;
  /** IPv4 addresses that browsers are to reach through it. */
  readonly peers: readonly string[];
  readonly peerPort: number;
}

export async function tryRelay(address: RelayAddress, passage: Passage): Promise<RelayOutcome> {
  const beganAt = performance.now();
  let line: TurnLine | undefined;
  try {
    line = await openTurnLine(address);
    return await allocate(line, passage, beganAt);
  } catch (error) {
    return { as: 'unreachable', error };
  } finally {
    line?.close();
  }
}

/** What the server sees as our address. Rejects when it does not answer. */
export async function askStun(address: RelayAddress): Promise<string | null> {
  const line = await openTurnLine(address);
  try {
    return (await line.ask(request(method.binding, []))).address(attribute.mapped);
  } finally {
    line.close();
  }
}

async function allocate(line: TurnLine, { username, password, peers, peerPort }: Passage, beganAt: number): Promise<RelayOutcome> {
  const wish = [[attribute.transport, udp]] as const;
  const first = await line.ask(request(method.allocate, wish));
  if (first.error === null) return { as: 'refused', why: 'It gives addresses to everybody, without asking for a password' };
  if (first.error.code !== unauthorized) return { as: 'refused', why: whyOf(first) };
  let as = credentialsFrom(first, username, password);
  let given = await line.ask(request(method.allocate, wish, as));
  if (given.error?.code === staleNonce) {
    as = credentialsFrom(given, username, password);
    given = await line.ask(request(method.allocate, wish, as));
  }
  if (given.error?.code === unauthorized) return { as: 'wrong-secret' };
  if (given.error !== null) return { as: 'refused', why: whyOf(given) };
  try {
    for (const to of peers) {
      const passed = await line.ask(request(method.permission, [[attribute.peer, peerAddress(to, peerPort)]], as));
      if (passed.error !== null) return { as: 'no-passage', to, why: whyOf(passed) };
    }
    return { as: 'relays', relayed: given.address(attribute.relayed) ?? '', took: Math.round(performance.now() - beganAt) };
  } finally {
    await line.ask(request(method.refresh, [[attribute.lifetime, nothingLeft]], as)).catch(() => undefined);
  }
}

const credentialsFrom = (answer: Answer, username: string, password: string): Credentials => ({
  ...{ username, password },
  realm: answer.text(attribute.realm),
  nonce: answer.text(attribute.nonce),
});

const whyOf = ({ error }: Answer): string => `${error?.code ?? ''} ${error?.reason ?? ''}`.trim();
