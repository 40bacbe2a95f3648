// Signing in by another system of the university: which ones there are, and the addresses that browsers go to.
import { z } from 'zod';
import { Language } from './identity.ts';

/** oidc and saml take the browser to a page of theirs; ldap checks the name and password of the form. */
export const ProviderKind = z.enum(['oidc', 'saml', 'ldap']);
export type ProviderKind = z.infer<typeof ProviderKind>;

/** The name of a provider within addresses. */
export const ProviderId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);
export type ProviderId = z.infer<typeof ProviderId>;

export const SignInProvider = z.object({
  id: ProviderId,
  kind: ProviderKind,
  /** What people call it. */
  label: z.record(Language, z.string()),
});
export type SignInProvider = z.infer<typeof SignInProvider>;

/** In the order in which they are offered. */
export const SignInProviders = z.object({ providers: z.array(SignInProvider) });

const prefix = '/api/sign-in';

/**
 * Addresses that browsers go to, rather than scripts: each answers with a way to somewhere else. What went wrong is told in the query
 * of the sign-in page: `problem` is a code of refusal, `next` the wanted page.
 */
export const providerAddresses = {
  /** `?next=` is the page of ours to come to afterwards. */
  start: (id: string) => `${prefix}/${id}/start`,
  /** OpenID Connect: the redirect URI. */
  callback: (id: string) => `${prefix}/${id}/callback`,
  /** SAML: the assertion consumer service; the only address that takes a form from another site. */
  acs: (id: string) => `${prefix}/${id}/acs`,
  /** SAML: goes on, in the browser that began, with what the assertion consumer service took. */
  finish: (id: string) => `${prefix}/${id}/finish`,
  /** SAML: our own metadata. */
  metadata: (id: string) => `${prefix}/${id}/metadata`,
} as const;

/** Refusals that the sign-in page is told of in its address. */
export const SignInProblem = z.enum([
  'account-unknown',
  'account-disabled',
  'provider-unavailable',
  'sign-in-failed',
  'sign-in-cancelled',
  'sign-in-expired',
  'too-many-requests',
  'internal',
]);
export type SignInProblem = z.infer<typeof SignInProblem>;
