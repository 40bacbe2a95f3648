// Whether the TURN servers of the settings relay: each is asked for an address as a browser asks it, with a password made as the server makes it. Rule X8.
import { isIPv4 } from 'node:net';
import { type IceOptions, iceServers } from '../../media/ice.ts';
import { addressesOf, isInner, isLoopback } from '../addresses.ts';
import { broken, type Check, codeOf, type Finding, ok, warning, wordsOf } from '../finding.ts';
import { askStun, type Passage, type RelayOutcome, tryRelay } from '../turn/try-relay.ts';
import { relayAddress } from '../turn/turn-line.ts';

export interface RelayParts {
  readonly ice: IceOptions;
  /** What browsers are told of the media ports: addresses and names. */
  readonly announced: readonly string[];
  readonly mediaPort: number;
  readonly now: () => number;
}

const aMinute = 60_000;

export function relayCheck({ ice, announced, mediaPort, now }: RelayParts): Check {
  return {
    name: 'relay',
    async look() {
      const { stun, turn } = ice;
      if (turn.length + stun.length === 0) return [ok('No TURN server is set: whom nothing but HTTPS lets out will hear nothing.')];
      const peers = (await Promise.all(announced.map(addressesOf))).flat().filter(isIPv4);
      // The same words as the server's, for a minute.
      const [server] = iceServers({ ...ice, stun: [] }, 'doctor', now(), aMinute);
      const passage: Passage = {
        username: server?.username ?? '',
        password: server?.credential ?? '',
        peers,
        peerPort: mediaPort || 20_000,
      };
      const relays = turn.map((url) => lookAtRelay(url, passage, announced));
      return (await Promise.all([...stun.map(lookAtStun), ...relays])).flat();
    },
  };
}

async function lookAtStun(url: string): Promise<Finding> {
  const address = relayAddress(url);
  if (address === null) return broken(`${url} is no address of a STUN server`, 'Write it like stun:stun.example.edu:3478.');
  const seen = await askStun(address).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (!(seen instanceof Error)) return ok(`${url} answers`);
  return broken(
    `${url} does not answer: ${wordsOf(seen)}`,
    'Correct or remove it in ice.stun, or start it; browsers lose seconds with it.',
  );
}

async function lookAtRelay(url: string, passage: Passage, announced: readonly string[]): Promise<Finding> {
  const address = relayAddress(url);
  if (address === null) return broken(`${url} is no address of a TURN server`, 'Write it like turn:turn.example.edu:3478?transport=tcp.');
  return findingOf(url, await tryRelay(address, passage), announced);
}

function findingOf(url: string, outcome: RelayOutcome, announced: readonly string[]): Finding {
  switch (outcome.as) {
    case 'relays':
      return relaysTo(url, outcome, announced);
    case 'unreachable':
      return unreachable(url, outcome.error);
    case 'wrong-secret':
      return broken(
        `${url} does not take our password`,
        'ice.turnSecret must be the static-auth-secret of coturn (with use-auth-secret, and without a user database), and both clocks be right.',
      );
    case 'no-passage':
      return broken(
        `${url} lets nobody through to the media ports at ${outcome.to} (${outcome.why})`,
        `Put ${outcome.to} into allowed-peer-ip of coturn's configuration and start it again.`,
      );
    case 'refused':
      return broken(
        `${url} refuses: ${outcome.why}`,
        "Look at coturn's log: a quota that is full, or a configuration unlike config/deploy/turnserver.conf.",
      );
  }
}

function relaysTo(
  url: string,
  { relayed, took }: { readonly relayed: string; readonly took: number },
  announced: readonly string[],
): Finding {
  const isOutside = announced.some((address) => !isInner(address) && !isLoopback(address));
  if (isOutside && isInner(relayed))
    return warning(
      `${url} relays from ${relayed}, which only leads within its own network`,
      'If people come from outside, set external-ip in the configuration of coturn.',
    );
  return ok(`${url} relays (from ${relayed}, in ${took} ms)`);
}

function unreachable(url: string, error: unknown): Finding {
  const code = codeOf(error);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return broken(
      `The certificate of ${url} is not trusted: ${wordsOf(error)}`,
      'Give coturn a valid certificate for that name, with its chain (cert, pkey).',
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return broken(`The name in ${url} is not known`, 'Correct it in ice.turn, or enter it at the name server.');
  return broken(
    `${url} does not answer: ${wordsOf(error)}`,
    'Start coturn, and open its port in the firewall for this protocol; or remove it from ice.turn.',
  );
}
