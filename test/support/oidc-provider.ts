// A real OpenID provider on this machine, with its own pages for signing in and agreeing.
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import Provider from 'oidc-provider';

export interface OidcPerson {
  readonly name?: string;
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly student_number?: string;
  readonly locale?: string;
}

export interface TestOidc {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  close(): Promise<void>;
}

/**
 * Whoever types a name on its page is that person.
 * @param redirectUris of the client; asked for at the first request, when the server's port is known
 * @param people by the name that they type, which is their `sub` as well
 */
export async function openOidc(redirectUris: () => readonly string[], people: Readonly<Record<string, OidcPerson>>): Promise<TestOidc> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${portOf(server)}`;
  const client = { clientId: 'auditoria', clientSecret: 'a secret of the client' };
  let answer: ReturnType<Provider['callback']> | undefined;
  const make = () => {
    const provider = new Provider(issuer, {
      clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [...redirectUris()] }],
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], profile: ['name', 'locale', 'preferred_username', 'groups', 'student_number'], email: ['email'] },
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, ...people[id] }) }),
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ['only for tests'] },
      pkce: { required: () => true },
    });
    return provider.callback();
  };
  server.on('request', (request, response) => {
    answer ??= make();
    void answer(request, response);
  });
  return { issuer, ...client, close: () => closeServer(server) };
}

export function portOf(server: NetServer): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
}
