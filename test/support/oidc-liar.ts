// An OpenID provider that agrees to everything and says whatever a test wants it to say.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { closeServer, portOf } from './oidc-provider.ts';

export type TokenClaims = Record<string, unknown>;

/** What a test may bend; each is asked anew for every sign-in. */
export interface Lies {
  claims?: (honest: TokenClaims) => TokenClaims;
  /** The whole ID token, from honest claims. */
  idToken?: (claims: TokenClaims) => string;
  /** What goes back to the client in the address. */
  callback?: (honest: Record<string, string>) => Record<string, string>;
}

export interface Liar {
  readonly issuer: string;
  lies: Lies;
  close(): Promise<void>;
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (one: typeof privateKey) => one.export({ type: 'pkcs8', format: 'pem' });

export const signed = (claims: TokenClaims) => jwt.sign(claims, pem(privateKey), { algorithm: 'RS256', keyid: 'one' });
export const signedByAnother = (claims: TokenClaims) => jwt.sign(claims, pem(foreign.privateKey), { algorithm: 'RS256', keyid: 'one' });
/** With the client's own secret as the key, which OpenID Connect knows as HS256. */
export const signedWith = (secret: string) => (claims: TokenClaims) => jwt.sign(claims, secret, { algorithm: 'HS256' });
export const unsigned = (claims: TokenClaims) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};

/** Whoever comes is the person whose `sub` is "student". A code works once. */
export async function openLiar(): Promise<Liar> {
  const codes = new Map<string, { readonly nonce: string | null; readonly clientId: string }>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', liar.issuer);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration') {
      json({
        issuer: liar.issuer,
        authorization_endpoint: `${liar.issuer}/authorize`,
        token_endpoint: `${liar.issuer}/token`,
        jwks_uri: `${liar.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    } else if (url.pathname === '/keys') {
      json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] });
    } else if (url.pathname === '/authorize') {
      const { state = '', nonce = null, client_id: clientId = '', redirect_uri: back = '' } = Object.fromEntries(url.searchParams);
      const code = randomUUID();
      codes.set(code, { nonce, clientId });
      const honest = { code, state, iss: liar.issuer };
      response.writeHead(303, { location: `${back}?${new URLSearchParams(liar.lies.callback?.(honest) ?? honest)}` }).end();
    } else {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        const code = new URLSearchParams(body).get('code') ?? '';
        const asked = codes.get(code);
        codes.delete(code);
        if (!asked) return json({ error: 'invalid_grant' }, 400);
        const now = Math.floor(Date.now() / 1000);
        const honest = {
          iss: liar.issuer,
          sub: 'student',
          aud: asked.clientId,
          nonce: asked.nonce,
          iat: now,
          exp: now + 300,
          name: 'Student',
        };
        const claims = liar.lies.claims?.(honest) ?? honest;
        return json({ access_token: 'x', token_type: 'Bearer', id_token: (liar.lies.idToken ?? signed)(claims) });
      });
    }
  });
  const liar: Liar = { issuer: '', lies: {}, close: () => closeServer(server) };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(liar, { issuer: `http://127.0.0.1:${portOf(server)}` });
}
