// A SAML identity provider on this machine: signs whatever a test wants signed, and brings it by a form.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { closeServer, portOf } from './oidc-provider.ts';
import { certificate, privateKey } from './saml-key.ts';

export const issuer = 'urn:test:identity-provider';

/** What an assertion says; a test changes what it wants to lie about. */
export interface Said {
  readonly requestId: string;
  readonly acs: string;
  readonly audience: string;
  readonly nameId: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly id?: string;
  readonly issuer?: string;
  readonly recipient?: string;
  readonly destination?: string;
  readonly format?: string;
  /** Milliseconds from now. */
  readonly issuedIn?: number;
  readonly endsIn?: number;
  readonly method?: string;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const at = (ms: number) => new Date(Date.now() + ms).toISOString();

export function assertionOf(said: Said): string {
  const { issuedIn = 0, endsIn = 300_000 } = said;
  const attributes = Object.entries(said.attributes ?? {}).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${escaped(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${said.id ?? `_${randomUUID()}`}" Version="2.0" IssueInstant="${at(issuedIn)}"><saml:Issuer>${said.issuer ?? issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${said.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${said.nameId}</saml:NameID><saml:SubjectConfirmation Method="${said.method ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'}"><saml:SubjectConfirmationData Recipient="${escaped(said.recipient ?? said.acs)}" InResponseTo="${said.requestId}" NotOnOrAfter="${at(endsIn)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(issuedIn - 1000)}" NotOnOrAfter="${at(endsIn)}"><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(issuedIn)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes.length > 0 ? `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>` : ''}</saml:Assertion>`;
}

export function responseAround(
  assertion: string,
  { requestId, acs, destination = acs }: Pick<Said, 'requestId' | 'acs' | 'destination'>,
): string {
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${escaped(destination)}" InResponseTo="${requestId}"><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`;
}

export interface Signing {
  readonly key?: string;
  readonly hash?: 'sha1' | 'sha256';
  /** Canonicalization that keeps comments. */
  readonly withComments?: boolean;
}

/** Signs the element of that name, whose signature goes after its issuer. */
export function sign(
  xml: string,
  element: 'Assertion' | 'Response',
  { key = privateKey, hash = 'sha256', withComments = false }: Signing = {},
): string {
  const canonical = `http://www.w3.org/2001/10/xml-exc-c14n#${withComments ? 'WithComments' : ''}`;
  const signature = new SignedXml({
    privateKey: key,
    signatureAlgorithm:
      hash === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: canonical,
  });
  signature.addReference({
    xpath: `//*[local-name(.)='${element}']`,
    digestAlgorithm: hash === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', canonical],
  });
  signature.computeSignature(xml, {
    location: { reference: `//*[local-name(.)='${element}']/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signature.getSignedXml();
}

export const encoded = (xml: string) => Buffer.from(xml).toString('base64');

/** What is in the address of a request by HTTP-Redirect. */
export function readRequest(url: URL): {
  readonly id: string;
  readonly acs: string;
  readonly entityId: string;
  readonly relayState: string;
} {
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const found = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? '';
  return {
    id: found(/\bID="([^"]+)"/),
    acs: found(/\bAssertionConsumerServiceURL="([^"]+)"/),
    entityId: found(/Issuer[^>]*>([^<]+)</),
    relayState: url.searchParams.get('RelayState') ?? '',
  };
}

export interface TestSaml {
  readonly entryPoint: string;
  readonly certificate: string;
  close(): Promise<void>;
}

/** Whoever comes is that person, after pressing the one button of its page. */
export async function openSaml(who: Pick<Said, 'nameId' | 'attributes'>): Promise<TestSaml> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://any');
    // Browsers ask for an icon as well.
    if (url.pathname !== '/sso') {
      response.writeHead(404).end();
      return;
    }
    const { id, acs, entityId } = readRequest(url);
    const said = { ...who, requestId: id, acs, audience: entityId };
    const form = encoded(responseAround(sign(assertionOf(said), 'Assertion'), said));
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><title>Provider</title><form method="post" action="${escaped(acs)}"><input type="hidden" name="SAMLResponse" value="${form}"><button>Continue as ${who.nameId}</button></form>`,
      );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { entryPoint: `http://127.0.0.1:${portOf(server)}/sso`, certificate, close: () => closeServer(server) };
}
