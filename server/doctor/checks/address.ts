// Whether the address that people type leads to this very server, encrypted and with sockets, and whether sound and picture are told an address that they reach. Rules X16 and X17.

import { addressesOf, hostOf, isInner, isLoopback } from '../addresses.ts';
import { ask } from '../ask.ts';
import { broken, type Check, codeOf, type Finding, ok, warning, wordsOf } from '../finding.ts';
import { askForSocket, type Presence } from '../presence.ts';
import { faultsOfTime } from './certificate.ts';

export interface AddressParts {
  readonly publicUrl: string | null;
  /** What answers at the address that the server listens on: the server that runs, or for a moment the doctor in its place. Null: nothing could. */
  readonly present: () => Promise<Presence | null>;
  readonly listenIps: readonly string[];
  /** What browsers are told of the media ports. */
  readonly announced: readonly string[];
}

export function addressCheck({ publicUrl, present, listenIps, announced }: AddressParts): Check {
  return {
    name: 'address',
    async look() {
      const media = await mediaFindings(publicUrl, listenIps, announced);
      if (publicUrl === null) return [ok('No publicUrl is set: browsers come by any address that leads here'), ...media];
      const presence = await present();
      if (presence === null)
        return [
          warning(`${publicUrl} is not tried, for nothing can listen here in the place of the server`, 'Mend the port first.'),
          ...media,
        ];
      try {
        return [...(await leadsHere(publicUrl, presence)), ...media];
      } finally {
        await presence.end();
      }
    },
  };
}

async function leadsHere(publicUrl: string, presence: Presence): Promise<readonly Finding[]> {
  const asked = await ask(`${publicUrl}/healthz`).catch((error: unknown) => unreachable(publicUrl, error));
  if ('state' in asked) return [asked];
  const { status, headers, body, certificate } = asked;
  if (status >= 300 && status < 400)
    return [broken(`${publicUrl} sends on to ${headers.location ?? 'somewhere'}`, 'Let publicUrl be the address that people end at.')];
  if (idIn(body) !== presence.id) return [elsewhere(publicUrl, status, presence)];
  const findings = [...(certificate === null ? [] : faultsOfTime(certificate, Date.now())), ...(await faultsOnTheWay(publicUrl, presence))];
  return findings.length > 0 ? findings : [ok(`${publicUrl} leads here, pages and sockets`)];
}

async function faultsOnTheWay(publicUrl: string, presence: Presence): Promise<readonly Finding[]> {
  const forwarded = presence.forwarding();
  if (forwarded !== null) return [forwarded];
  const status = await askForSocket(publicUrl);
  if (status === null || !(await presence.tookSocket(status)))
    return [
      broken(
        `${publicUrl} leads here, and the proxy before it does not pass on sockets`,
        'Pass on Upgrade and Connection, as config/deploy/nginx.conf does: without them no class opens.',
      ),
    ];
  if (publicUrl.startsWith('https:') || isLoopback(hostOf(publicUrl))) return [];
  return [
    broken(
      `${publicUrl} leads here, without encryption: browsers give no camera and no microphone`,
      'Set up HTTPS, by a proxy or by tls.cert and tls.key.',
    ),
  ];
}

function elsewhere(publicUrl: string, status: number, presence: Presence): Finding {
  if (status === 502 || status === 504)
    return broken(
      `The proxy at ${publicUrl} does not reach this server (${status})`,
      `Let it lead to ${presence.url}, where the server listens (proxy_pass in nginx).`,
    );
  return broken(
    `${publicUrl} leads elsewhere: what answers there (${status}) is not this server`,
    `Correct publicUrl, the name's address at the name server, or the proxy, which has to lead to ${presence.url}.`,
  );
}

function unreachable(publicUrl: string, error: unknown): Finding {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return broken(`The name in ${publicUrl} is not known`, 'Correct publicUrl, or enter the name at the name server.');
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return broken(`Browsers do not trust ${publicUrl}: ${wordsOf(error)}`, 'Renew the certificate there, for this name, with its chain.');
  return broken(
    `${publicUrl} does not answer from here: ${wordsOf(error)}`,
    'Start the proxy and open its port. If people outside reach it, the router does not lead back in: then look from another machine, at /connection-test.',
  );
}

const idIn = (body: string): string | undefined => /"instance":\s*"([^"]+)"/.exec(body)?.[1];

async function mediaFindings(
  publicUrl: string | null,
  listenIps: readonly string[],
  announced: readonly string[],
): Promise<readonly Finding[]> {
  if (publicUrl === null || isLoopback(hostOf(publicUrl))) return [];
  if (listenIps.every(isLoopback))
    return [
      broken(
        'Sound and picture are listened for on this machine only: people see a class and hear nothing',
        'Set media.listenIp (0.0.0.0 for all addresses) and announcedIp.',
      ),
    ];
  const known = await Promise.all(announced.map(async (name) => ({ name, addresses: await addressesOf(name) })));
  const unknown = known.filter(({ addresses }) => addresses.length === 0).map(({ name }) => name);
  if (unknown.length > 0)
    return [broken(`Nobody knows the name ${unknown.join(', ')} in announcedIp`, 'Correct it, or enter it at the name server.')];
  const all = known.flatMap(({ addresses }) => addresses);
  const ofPages = await addressesOf(hostOf(publicUrl));
  if (
    all.every((address) => isInner(address) || isLoopback(address)) &&
    ofPages.some((address) => !isInner(address) && !isLoopback(address))
  )
    return [
      warning(
        `Browsers are told ${all.join(', ')} for sound and picture, which is reached from within only, while pages come from ${ofPages.join(', ')}`,
        'Set announcedIp to the address that the media ports have outside.',
      ),
    ];
  return [ok(`Browsers are told ${all.join(', ')} for sound and picture`)];
}
