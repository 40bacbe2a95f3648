// What the server needs of OpenID Connect, SAML and LDAP: who the person is there, or a refusal.

/** Everything a provider says of a person: names of claims or attributes, each with its values as text. */
export type Claims = Readonly<Record<string, readonly string[]>>;

/** A person as the provider knows them. `subject` never changes and is never given to another. */
export interface Vouched {
  readonly subject: string;
  readonly claims: Claims;
}

/** What is kept on the server until the browser comes back, to compare the answer with. */
export type Memory = Readonly<Record<string, string>>;

/** Where to send the browser. */
export interface Departure {
  readonly url: string;
  readonly memory: Memory;
}

/**
 * All of these throw `Refused`: `provider-unavailable` when it does not answer, `sign-in-failed` when its answer cannot be believed (with
 * the reason as message, without what was in it), `sign-in-cancelled` when the person turned back there.
 */
export interface OidcPort {
  /** @param id goes there as `state` */
  begin(id: string, redirectUri: string): Promise<Departure>;
  /** @param url the address that the browser came back to, with its query */
  verify(url: URL, id: string, memory: Memory): Promise<Vouched>;
}

export interface SamlAnswer extends Vouched {
  /** Of the request that it answers, as the signed assertion says. */
  readonly requestId: string;
  readonly assertionId: string;
  /** After this it would be refused as too old anyway. */
  readonly validUntil: number;
}

export interface SamlPort {
  /** @param id the ID of the request */
  begin(id: string): Promise<Departure>;
  /** @param response as the form brings it: base64 of XML */
  verify(response: string): Promise<SamlAnswer>;
  /** Ours, as XML. */
  metadata(): string;
}

export interface LdapPort {
  /** Null when the name is unknown or the password wrong. */
  check(name: string, password: string): Promise<Vouched | null>;
}

export type SignInPort =
  | ({ readonly kind: 'oidc' } & OidcPort)
  | ({ readonly kind: 'saml' } & SamlPort)
  | ({ readonly kind: 'ldap' } & LdapPort);
