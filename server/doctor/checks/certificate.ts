// Whether browsers will trust the certificate: its time, its name, its chain and its key. Rule X7.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';
import { ask } from '../ask.ts';
import { broken, type Check, type Finding, ok, warning, wordsOf } from '../finding.ts';

export interface CertificateParts {
  readonly tls: { readonly cert: string | null; readonly key: string | null };
  /** What browsers ask for; null: whatever they came by. */
  readonly publicHost: string | null;
  /** Of the server that runs; null when none does. */
  readonly servedAt: string | null;
  readonly now: () => number;
}

const dayMs = 86_400_000;
/** Whoever renews by itself does so a month before. */
const soonDays = 14;

export function certificateCheck({ tls, publicHost, servedAt, now }: CertificateParts): Check {
  return {
    name: 'certificate',
    async look() {
      if (tls.cert === null || tls.key === null)
        return [ok('None is set: HTTPS is the business of a proxy before the server (see publicUrl for what it shows).')];
      const read = readChain(tls.cert);
      if ('state' in read) return [read];
      const [own] = read;
      const findings = [
        ...faultsOfTime(own, now()),
        ...faultsOfName(own, publicHost),
        ...faultsOfChain(read),
        ...faultsOfKey(own, tls.key),
        ...(servedAt === null ? [] : await faultsOfServed(own, servedAt)),
      ];
      if (findings.length > 0) return findings;
      return [ok(`${namesOf(own)}, until ${dayOf(own.validToDate)}, with its key${read.length > 1 ? ' and its chain' : ''}`)];
    },
  };
}

type Chain = readonly [X509Certificate, ...X509Certificate[]];

function readChain(file: string): Chain | Finding {
  try {
    const blocks = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    const [own, ...rest] = blocks.map((block) => new X509Certificate(block));
    if (own !== undefined) return [own, ...rest];
    return broken(`${file} holds no certificate`, 'Let tls.cert name a file in PEM: the certificate first, then those that signed it.');
  } catch (error) {
    return broken(
      `${file} cannot be read as a certificate: ${wordsOf(error)}`,
      'Let tls.cert name a file in PEM that the server may read.',
    );
  }
}

/** Also of the one that a proxy shows. */
export function faultsOfTime(own: X509Certificate, now: number): readonly Finding[] {
  const endsInDays = (own.validToDate.getTime() - now) / dayMs;
  const renew = 'Renew it, exchange the file and restart what shows it.';
  if (own.validFromDate.getTime() > now)
    return [
      broken(
        `The certificate is valid only from ${dayOf(own.validFromDate)}`,
        'Set the clock of this machine right, or wait for that day.',
      ),
    ];
  if (endsInDays <= 0) return [broken(`The certificate expired on ${dayOf(own.validToDate)}: browsers let nobody in`, renew)];
  if (endsInDays < soonDays)
    return [warning(`The certificate expires in ${Math.floor(endsInDays)} days, on ${dayOf(own.validToDate)}`, renew)];
  return [];
}

function faultsOfName(own: X509Certificate, host: string | null): readonly Finding[] {
  if (host === null || (isIP(host) === 0 ? own.checkHost(host) : own.checkIP(host)) !== undefined) return [];
  return [broken(`The certificate is for ${namesOf(own)}, and browsers ask for ${host}`, `Get one for ${host}, or correct publicUrl.`)];
}

/** Browsers know who signs the signers, and seldom the signers. */
function faultsOfChain(chain: Chain): readonly Finding[] {
  const [own] = chain;
  if (own.checkIssued(own))
    return [warning('The certificate is signed by itself: every browser warns of it', 'Get one from an authority that browsers know.')];
  const gap = chain.findIndex((each, at) => {
    const next = chain[at + 1];
    return next !== undefined && !(each.checkIssued(next) && each.verify(next.publicKey));
  });
  if (gap !== -1)
    return [
      broken(
        'The certificates in the file do not sign one another',
        'Put them in order: the certificate, the one that signed it, the one that signed that.',
      ),
    ];
  if (chain.length > 1 || isKnownSigner(own)) return [];
  return [
    broken(
      'The chain is missing: some browsers and all phones refuse it',
      'Append the certificates of those who signed it to the file (fullchain.pem).',
    ),
  ];
}

function isKnownSigner(own: X509Certificate): boolean {
  const known = [...getCACertificates('bundled'), ...getCACertificates('system')];
  return known.some((root) => own.checkIssued(new X509Certificate(root)));
}

function faultsOfKey(own: X509Certificate, file: string): readonly Finding[] {
  try {
    if (own.checkPrivateKey(createPrivateKey(readFileSync(file)))) return [];
    return [
      broken(
        `The key in ${file} belongs to another certificate: the server cannot start`,
        'Let tls.key name the key that the certificate was asked for with.',
      ),
    ];
  } catch (error) {
    return [
      broken(
        `${file} cannot be read as a key: ${wordsOf(error)}`,
        'Let tls.key name a private key in PEM, without a passphrase, that the server may read.',
      ),
    ];
  }
}

/** The server reads the file when it starts. */
async function faultsOfServed(own: X509Certificate, url: string): Promise<readonly Finding[]> {
  const shown = await ask(`${url}/healthz`, { trusting: true }).catch(() => null);
  if (shown === null || shown.certificate === null || shown.certificate.fingerprint256 === own.fingerprint256) return [];
  return [
    broken(
      `The server still shows the certificate before, until ${dayOf(shown.certificate.validToDate)}`,
      'Restart it: it reads the file when it starts.',
    ),
  ];
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function namesOf(own: X509Certificate): string {
  const names = (own.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return names.filter(Boolean).slice(0, 3).join(', ') || own.subject;
}
