// The settings of signing in by other systems of the university: OpenID Connect, SAML 2 and LDAP.
import { z } from 'zod';
import { limitableRoles, Role } from '../server/contract/identity.ts';
import { ProviderId } from '../server/contract/providers.ts';

const SECOND_MOST = 300;

/** Written in the file itself, or the name of a file or of an environment variable that holds it. */
export const secret = z.union([
  z.string().min(1),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ variable: z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'is not the name of an environment variable') }),
]);
export type Secret = z.infer<typeof secret>;

export const ownMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whoever stands in between could otherwise say who someone is. */
const safeAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => text.startsWith('https:') || ownMachine.has(URL.parse(text)?.hostname ?? ''), 'is neither https nor on this machine');

const label = z.string().trim().min(1).max(60);

/** Whoever has this value in the claim gets the role; compared letter by letter. */
const roleRule = z
  .strictObject({
    claim: z.string().min(1).optional(),
    is: z.string().min(1),
    role: Role,
    /** Only in the faculty that the student-record system calls so. */
    faculty: z.string().min(1).optional(),
  })
  .refine(
    ({ role, faculty }) => faculty === undefined || limitableRoles.some((each) => each === role),
    `limits to a faculty a role that cannot be limited: only ${limitableRoles.join(', ')} can`,
  );

const common = {
  id: ProviderId,
  label: z.strictObject({ kk: label, ru: label, en: label }),
  /** Whether people whom we do not know get an account. */
  createAccounts: z.boolean().default(false),
  /** Whether name, mail and roles follow the provider at every sign-in. */
  updateFromClaims: z.boolean().default(false),
  /** Roles that a rule mentions are the provider's to give and to take; others stay as they are. */
  roles: z.array(roleRule).default([]),
  /** What a new account has in any case. */
  newAccountRoles: z.array(Role.exclude(['administrator'])).default([]),
};

const claim = (name: string) => z.string().min(1).default(name);
const noClaim = z.string().min(1).nullable().default(null);

const oidc = z.strictObject({
  ...common,
  kind: z.literal('oidc'),
  issuer: safeAddress,
  clientId: z.string().min(1),
  clientSecret: secret.nullable().default(null),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))
    .default(['openid', 'profile', 'email'])
    .refine((scopes) => scopes.includes('openid'), 'does not name openid'),
  /** Also asks for the claims that are not in the ID token. */
  userInfo: z.boolean().default(false),
  clockSkewSeconds: z.number().int().min(0).max(SECOND_MOST).default(30),
  timeoutSeconds: z.number().int().min(1).max(60).default(10),
  claims: z
    .strictObject({
      name: claim('name'),
      email: claim('email'),
      externalId: noClaim,
      groups: claim('groups'),
      language: claim('locale'),
      signInName: claim('preferred_username'),
    })
    .prefault({}),
});

const saml = z.strictObject({
  ...common,
  kind: z.literal('saml'),
  /** The identity provider's entityID and its address for HTTP-Redirect. */
  issuer: z.string().min(1),
  entryPoint: safeAddress,
  /** PEM, or the base64 within; two while the identity provider changes its key. */
  certificates: z.array(secret).min(1).max(4),
  /** What we are called there; null means the address of our metadata. */
  entityId: z.string().min(1).nullable().default(null),
  clockSkewSeconds: z.number().int().min(0).max(SECOND_MOST).default(60),
  claims: z
    .strictObject({
      /** Null means the NameID, which must then be a lasting one. */
      subject: noClaim,
      name: claim('displayName'),
      email: claim('mail'),
      externalId: noClaim,
      groups: claim('groups'),
      language: claim('preferredLanguage'),
      signInName: claim('uid'),
    })
    .prefault({}),
});

const ldap = z
  .strictObject({
    ...common,
    kind: z.literal('ldap'),
    url: z.string().regex(/^ldaps?:\/\/[^/?#\s]+\/?$/, 'is not like ldaps://directory.example.edu'),
    /** Sends passwords in the clear, when the address is ldap:// and this is true. */
    plaintext: z.boolean().default(false),
    /** File of the authority that signed the directory's certificate, PEM. */
    ca: z.string().min(1).nullable().default(null),
    /** The account that looks people up; null where people do it themselves (`userDn`). */
    bind: z
      .strictObject({ dn: z.string().min(1), password: secret })
      .nullable()
      .default(null),
    /** What the person binds as without being looked up, like {name}@example.edu. */
    userDn: z.string().includes('{name}').nullable().default(null),
    base: z.string().min(1),
    filter: z.string().includes('{name}').startsWith('(').default('(uid={name})'),
    timeoutSeconds: z.number().int().min(1).max(60).default(5),
    claims: z
      .strictObject({
        subject: claim('entryUUID'),
        name: claim('cn'),
        email: claim('mail'),
        externalId: noClaim,
        groups: claim('memberOf'),
        language: claim('preferredLanguage'),
        signInName: claim('uid'),
      })
      .prefault({}),
  })
  .refine(({ bind, userDn }) => (bind === null) !== (userDn === null), 'needs either bind or userDn');

const provider = z
  .discriminatedUnion('kind', [oidc, saml, ldap])
  .refine(
    (one) => !one.createAccounts || one.newAccountRoles.length > 0 || one.roles.length > 0,
    'makes accounts, but neither newAccountRoles nor roles says what they may do',
  );
export type ProviderConfig = z.output<typeof provider>;
export type OidcConfig = Extract<ProviderConfig, { kind: 'oidc' }>;
export type SamlConfig = Extract<ProviderConfig, { kind: 'saml' }>;
export type LdapConfig = Extract<ProviderConfig, { kind: 'ldap' }>;

export const signIn = z.strictObject({
  providers: z
    .array(provider)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice')
    .describe(
      'Systems of the university by which people sign in, in the order in which they are offered: see config/deploy/README.md. As an environment variable: JSON.',
    ),
});
