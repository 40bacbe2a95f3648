// SAML 2: asks by HTTP-Redirect, and believes only what a signed assertion says. SAML Core and Profiles 2.0, OASIS, section 4.1.
import { type SamlConfig as Options, SAML, SamlStatusError } from '@node-saml/node-saml';
import type { SamlConfig } from '../../config/sign-in.ts';
import { Refused } from '../contract/reply.ts';
import type { Departure, SamlAnswer, SamlPort } from '../ports/sign-in-provider.ts';
import { readAssertion } from './saml-assertion.ts';

const LONGEST_RESPONSE = 256 * 1024;
/** Between the provider's making of it and our seeing it. */
const OLDEST_ASSERTION_MS = 10 * 60_000;

export class SamlProvider implements SamlPort {
  readonly kind = 'saml';
  readonly #config: SamlConfig;
  readonly #options: Options;

  /** @param addresses ours, whole: what the provider must have addressed its answer to */
  constructor(config: SamlConfig, addresses: { readonly acs: string; readonly metadata: string }) {
    this.#config = config;
    const entityId = config.entityId ?? addresses.metadata;
    this.#options = {
      issuer: entityId,
      audience: entityId,
      callbackUrl: addresses.acs,
      entryPoint: config.entryPoint,
      idpCert: config.certificates.flatMap((each) => (typeof each === 'string' ? [each] : [])),
      idpIssuer: config.issuer,
      // The response around the assertion need not be signed: nothing is taken from it.
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      acceptedClockSkewMs: config.clockSkewSeconds * 1000,
      maxAssertionAgeMs: OLDEST_ASSERTION_MS,
      identifierFormat: null,
      // How people prove who they are is the university's business.
      disableRequestedAuthnContext: true,
    };
    // Reads the certificates: what is no certificate is found at the start, not at the first sign-in.
    new SAML(this.#options).generateServiceProviderMetadata(null);
  }

  async begin(id: string): Promise<Departure> {
    // An ID must not begin with a digit.
    const saml = new SAML({ ...this.#options, generateUniqueId: () => `_${id}` });
    return { url: await saml.getAuthorizeUrlAsync('', undefined, {}), memory: {} };
  }

  async verify(response: string): Promise<SamlAnswer> {
    const xml = Buffer.from(response, 'base64').toString('utf8');
    this.#refuseOddities(xml);
    const assertion = await this.#verified(response);
    const read = readAssertion(assertion, {
      issuer: this.#config.issuer,
      audience: String(this.#options.audience),
      recipient: this.#options.callbackUrl,
      subjectAttribute: this.#config.claims.subject,
    });
    return { ...read, requestId: read.requestId.replace(/^_/, ''), validUntil: read.issuedAt + OLDEST_ASSERTION_MS + this.#skewMs };
  }

  metadata(): string {
    return new SAML(this.#options).generateServiceProviderMetadata(null);
  }

  get #skewMs(): number {
    return this.#options.acceptedClockSkewMs ?? 0;
  }

  /** Before any parser sees it: what no honest provider sends, and attackers of parsers and of signatures do. */
  #refuseOddities(xml: string): void {
    if (xml.length > LONGEST_RESPONSE) throw failed('The response is too long');
    // Doctypes, entities, comments, CDATA; and processing instructions but for the XML declaration.
    if (
      xml.includes('<!') ||
      xml
        .trimStart()
        .replace(/^<\?xml[^>]*\?>/, '')
        .includes('<?')
    )
      throw failed('The response has a doctype, a comment, CDATA or a processing instruction');
    if (/xmldsig#(\w+-)?sha1\b/.test(xml)) throw failed('The response is signed with SHA-1');
    const root = /^\s*(?:<\?xml[^>]*\?>)?\s*<(?:[\w.-]+:)?Response\b([^>]*)>/.exec(xml)?.[1];
    if (root === undefined) throw failed('This is no response');
    const destination = /\bDestination\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(root);
    if (destination && (destination[1] ?? destination[2] ?? '').replaceAll('&amp;', '&') !== this.#options.callbackUrl)
      throw failed('The response is for another destination');
  }

  /** The parsed assertion, made from the signed bytes alone. */
  async #verified(response: string): Promise<unknown> {
    try {
      const { profile } = await new SAML(this.#options).validatePostResponseAsync({ SAMLResponse: response });
      if (profile?.getAssertion) return profile.getAssertion();
    } catch (error) {
      if (error instanceof SamlStatusError) throw failed(`The provider says: ${safe(error.message)}`);
      throw failed(error instanceof Error ? safe(error.message) : 'unknown fault');
    }
    throw failed('There is no assertion');
  }
}

function failed(message: string): Refused {
  return new Refused('sign-in-failed', message);
}

/** Messages may quote what was sent. */
function safe(message: string): string {
  return message.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
