// A directory on this machine: a few people, an account that may look them up, and a list of what was asked.
import { promisify } from 'node:util';
import ldap from 'ldapjs';
import { cert, key } from './localhost-certificate.ts';

export interface DirectoryPerson {
  readonly uid: string;
  readonly password: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

export interface TestDirectory {
  readonly url: string;
  readonly base: string;
  readonly reader: { readonly dn: string; readonly password: string };
  /** What came in: binds by name, filters as text. */
  readonly asked: string[];
  close(): Promise<void>;
}

const BASE = 'ou=people,dc=example,dc=edu';
const reader = { dn: 'cn=reader,dc=example,dc=edu', password: 'may look' };

export async function openDirectory(people: readonly DirectoryPerson[], { secure }: { readonly secure: boolean }): Promise<TestDirectory> {
  const server = secure ? ldap.createServer({ certificate: cert, key }) : ldap.createServer();
  const asked: string[] = [];
  const dnOf = ({ uid }: DirectoryPerson) => `uid=${uid},${BASE}`;

  server.bind('', (request: BindRequest, response: Answer, next: Next) => {
    const dn = request.dn.toString().replace(/, /g, ',');
    asked.push(`bind ${dn}`);
    // As real directories do: a name without a password is an anonymous bind that succeeds.
    const known = request.credentials === '' || (dn === reader.dn && request.credentials === reader.password);
    if (!known && !people.some((one) => dnOf(one) === dn && one.password === request.credentials))
      return next(new ldap.InvalidCredentialsError());
    response.end();
    return next();
  });

  server.search(BASE, (request: SearchRequest, response: Answer, next: Next) => {
    asked.push(`search ${request.filter.toString()}`);
    if (request.connection.ldap.bindDN.toString() === 'cn=anonymous') return next(new ldap.InsufficientAccessRightsError());
    // It would compare what is asked for with its own names letter by letter.
    response.attributes = response.attributes.map((name) => name.toLowerCase());
    for (const person of people) {
      const { uid, attributes = {} } = person;
      const entry = {
        dn: dnOf(person),
        attributes: { objectclass: ['inetOrgPerson'], uid, cn: uid, entryuuid: `uuid-${uid}`, ...attributes },
      };
      if (request.filter.matches(entry.attributes)) response.send(entry);
    }
    response.end();
    return next();
  });

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const port = new URL(server.url).port;
  return {
    url: `${secure ? 'ldaps' : 'ldap'}://localhost:${port}`,
    base: BASE,
    reader,
    asked,
    close: () => promisify((done: () => void) => server.close(done))(),
  };
}

interface BindRequest {
  readonly dn: { toString(): string };
  readonly credentials: string;
}
interface SearchRequest {
  readonly filter: { toString(): string; matches(attributes: object): boolean };
  readonly connection: { readonly ldap: { readonly bindDN: { toString(): string } } };
}
interface Answer {
  attributes: string[];
  send(entry: object): void;
  end(): void;
}
type Next = (error?: object) => void;
