// Signing in by SAML 2, told over HTTP: the whole way, and every answer that must not be believed.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Me } from '../../server/contract/identity.ts';
import { formOf, HttpBrowser, type Page } from '../support/http-browser.ts';
import {
  assertionOf,
  encoded,
  issuer,
  openSaml,
  readRequest,
  responseAround,
  type Said,
  sign,
  type TestSaml,
} from '../support/saml-provider.ts';
import { label, openSignInServer, type SignInServer } from '../support/sign-in-server.ts';

let served: SignInServer;
let provider: TestSaml;

beforeAll(async () => {
  provider = await openSaml({
    nameId: 'asel',
    attributes: { displayName: ['Әсел'], mail: ['asel@example.kz'], groups: ['staff', 'teachers'] },
  });
  const { entryPoint, certificate } = provider;
  const saml = { kind: 'saml', label, issuer, entryPoint, certificates: [certificate], roles: [{ is: 'teachers', role: 'teacher' }] };
  served = await openSignInServer(() => [
    { ...saml, id: 'adfs', createAccounts: true, newAccountRoles: ['student'] },
    { ...saml, id: 'other', createAccounts: true, newAccountRoles: ['student'] },
  ]);
});
afterAll(async () => {
  await served.stop();
  await provider.close();
});

const problemOf = ({ url }: Page) => (url.pathname === '/sign-in' ? url.searchParams.get('problem') : null);

interface Asked {
  readonly browser: HttpBrowser;
  readonly there: URL;
  readonly said: Said;
}

/** A browser that stands at the provider's door, and what an honest answer would be. */
async function ask(nameId = 'madina', next = '/'): Promise<Asked> {
  const browser = new HttpBrowser();
  const { url } = await browser.goTo(`${served.url}/api/sign-in/adfs/start?next=${encodeURIComponent(next)}`, {
    until: provider.entryPoint,
  });
  const { id, acs, entityId } = readRequest(url);
  return { browser, there: url, said: { requestId: id, acs, audience: entityId, nameId } };
}

const bring = ({ browser, there, said }: Asked, response: string): Promise<Page> =>
  browser.submit(there, said.acs, { SAMLResponse: response, RelayState: '' });

async function personOf(browser: HttpBrowser) {
  const page = await browser.goTo(`${served.url}/api/me`);
  return page.status === 200 ? Me.parse(JSON.parse(page.text)).person : null;
}

const honest = (said: Said) => encoded(responseAround(sign(assertionOf(said), 'Assertion'), said));

/** What became of an answer that was bent: the problem told, and why, as the log says. */
async function refused(bend: (asked: Asked) => string | Promise<string>): Promise<[string | null, string]> {
  const asked = await ask();
  const page = await bring(asked, await bend(asked));
  expect(await personOf(asked.browser)).toBeNull();
  const reasons = served.log.flatMap((line) => /"reason":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? []);
  return [problemOf(page), reasons.at(-1) ?? ''];
}

describe('signing in by SAML', () => {
  it('S5 goes there and back by the browser’s own forms, and comes to the wanted page', async () => {
    const browser = new HttpBrowser();
    const there = await browser.goTo(`${served.url}/api/sign-in/adfs/start?next=${encodeURIComponent('/people?q=1')}`);
    const { action, fields } = formOf(there);
    expect(there.url.hostname).not.toBe(new URL(action).hostname);
    const page = await browser.submit(there.url, action, fields);
    expect(page.url.href).toBe(`${served.url}/people?q=1`);
    expect(await personOf(browser)).toMatchObject({ displayName: 'Әсел', email: 'asel@example.kz', roles: ['student', 'teacher'] });
  });

  it('S5 believes a signed response around a signed assertion as well', async () => {
    const asked = await ask();
    const whole = sign(responseAround(sign(assertionOf(asked.said), 'Assertion'), asked.said), 'Response');
    expect((await bring(asked, encoded(whole))).url.pathname).toBe('/');
    expect((await personOf(asked.browser))?.signInName).toBe('madina');
  });

  it('S5 tells the provider who we are', async () => {
    const response = await fetch(`${served.url}/api/sign-in/adfs/metadata`);
    expect(response.headers.get('content-type')).toMatch(/^application\/samlmetadata\+xml/);
    const xml = await response.text();
    expect(xml).toContain(`entityID="${served.url}/api/sign-in/adfs/metadata"`);
    expect(xml).toContain(`Location="${served.url}/api/sign-in/adfs/acs"`);
    expect(xml).toContain('WantAssertionsSigned="true"');
  });

  it('S5 takes forms of other sites at that one address only', async () => {
    const headers = {
      origin: 'https://id.example.edu',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    };
    for (const [path, status] of [
      ['/api/sign-in/adfs/acs', 303],
      ['/api/sign-in/adfs/acs/', 403],
      ['/api/sign-in/adfs/acs?x=1', 403],
      ['/api/SIGN-IN/adfs/acs', 403],
      ['/api/sign-in/adfs/finish', 403],
      ['/api/session', 403],
    ] as const) {
      const response = await fetch(served.url + path, { method: 'POST', headers, body: 'SAMLResponse=x', redirect: 'manual' });
      expect([path, response.status]).toEqual([path, status]);
    }
  });

  it('S4 counts only in the browser that began: an answer brought to another signs nobody in', async () => {
    const asked = await ask();
    const victim = new HttpBrowser();
    const page = await victim.submit(asked.there, asked.said.acs, { SAMLResponse: honest(asked.said) });
    expect(problemOf(page)).toBe('sign-in-expired');
    expect(await personOf(victim)).toBeNull();
  });

  it('S6 counts once: brought again it is refused, and so after a restart', async () => {
    const asked = await ask();
    const response = honest(asked.said);
    expect((await bring(asked, response)).url.pathname).toBe('/');
    const again = { ...asked, browser: new HttpBrowser() };
    expect(problemOf(await bring(again, response))).toBe('sign-in-failed');
    await served.restart();
    expect(problemOf(await bring(again, response))).toBe('sign-in-failed');
    expect(await personOf(again.browser)).toBeNull();
  });

  it('S6 refuses the same assertion in answer to another request', async () => {
    const id = `_${randomUUID()}`;
    const first = await ask();
    await bring(first, honest({ ...first.said, id }));
    expect(await refused(({ said }) => honest({ ...said, id }))).toEqual(['sign-in-failed', 'This assertion was used before']);
  });
});

describe('an answer by SAML', () => {
  const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const evil = (said: Said): Said => ({ ...said, nameId: 'chief', id: `_evil${randomUUID()}` });
  const signedOf = (said: Said) => sign(assertionOf(said), 'Assertion');

  it.each<[string, (said: Said) => Said, RegExp]>([
    ['nobody asked for', (said) => ({ ...said, requestId: '' }), /not begun here/],
    ['to a request of someone else’s making', (said) => ({ ...said, requestId: `_${'x'.repeat(43)}` }), /not begun here/],
    ['for another audience', (said) => ({ ...said, audience: 'urn:another' }), /audience/],
    ['for another recipient', (said) => ({ ...said, recipient: 'https://another.example/acs' }), /recipient/],
    ['for the other provider’s address', (said) => ({ ...said, recipient: said.acs.replace('/adfs/', '/other/') }), /recipient/],
    ['for another destination', (said) => ({ ...said, destination: 'https://another.example/acs' }), /destination/],
    ['of another issuer', (said) => ({ ...said, issuer: 'urn:another' }), /another issuer/],
    ['that has ended', (said) => ({ ...said, issuedIn: -600_000, endsIn: -300_000 }), /expired|No valid subject/],
    ['that is old', (said) => ({ ...said, issuedIn: -3_600_000, endsIn: 3_600_000 }), /too old|expired/],
    ['from the future', (said) => ({ ...said, issuedIn: 600_000, endsIn: 900_000 }), /not yet valid/],
    ['for the holder of a key', (said) => ({ ...said, method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }), /bearer/],
    ['with a name for one day', (said) => ({ ...said, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }), /transient/],
    ['that names nobody', (said) => ({ ...said, nameId: '' }), /nobody|lacks/],
  ])('S6 is refused %s', async (_what, bend, why) => {
    const [problem, reason] = await refused(({ said }) => honest(bend(said)));
    expect(problem).toMatch(/^sign-in-(failed|expired)$/);
    expect(reason).toMatch(why);
  });

  it.each<[string, (said: Said) => string, RegExp]>([
    ['that is not signed', (said) => responseAround(assertionOf(said), said), /[Ii]nvalid signature/],
    ['signed as a whole only', (said) => sign(responseAround(assertionOf(said), said), 'Response'), /[Ii]nvalid signature/],
    ['signed by another', (said) => responseAround(sign(assertionOf(said), 'Assertion', { key: another }), said), /[Ii]nvalid signature/],
    ['that was altered', (said) => responseAround(signedOf(said).replace('>madina<', '>chief<'), said), /[Ii]nvalid signature/],
    ['signed with SHA-1', (said) => responseAround(sign(assertionOf(said), 'Assertion', { hash: 'sha1' }), said), /SHA-1/],
    [
      'in which a comment divides the name',
      (said) => responseAround(sign(assertionOf({ ...said, nameId: 'chief<!-- -->.evil' }), 'Assertion'), said),
      /comment/,
    ],
    [
      'in which a comment divides the name, and signed with it',
      (said) => responseAround(sign(assertionOf({ ...said, nameId: 'chief<!-- -->.evil' }), 'Assertion', { withComments: true }), said),
      /comment/,
    ],
    ['with CDATA', (said) => responseAround(signedOf(said).replace('>madina<', '><![CDATA[chief]]>madina<'), said), /CDATA/],
    [
      'with a processing instruction',
      (said) => responseAround(signedOf(said).replace('>madina<', '>chief<?x?>madina<'), said),
      /instruction/,
    ],
    [
      'with a bomb of entities',
      (said) => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>${responseAround(signedOf(said), said)}`,
      /doctype/,
    ],
    [
      'with a file of ours',
      (said) => `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${responseAround(signedOf(said).replace('madina', '&f;'), said)}`,
      /doctype/,
    ],
    ['that is no XML', () => 'hello', /no response/],
    ['that has no end', (said) => responseAround(signedOf(said), said).slice(0, -40), /./],
    ['that is very long', (said) => responseAround(signedOf(said), said).padEnd(270_000, ' '), /too long/],
  ])('S6 is refused %s', async (_what, bend, why) => {
    const [problem, reason] = await refused(({ said }) => encoded(bend(said)));
    expect(problem).toBe('sign-in-failed');
    expect(reason).toMatch(why);
  });

  /** The signed assertion is there somewhere, and a forged one where it would be read. */
  const signature = /<(?:ds:)?Signature\b[\s\S]*<\/(?:ds:)?Signature>/;
  it.each<[string, (said: Said) => string]>([
    ['before the signed one', (said) => responseAround(assertionOf(evil(said)) + signedOf(said), said)],
    ['after the signed one', (said) => responseAround(signedOf(said) + assertionOf(evil(said)), said)],
    [
      'around the signed one',
      (said) => responseAround(assertionOf(evil(said)).replace('</saml:Assertion>', `${signedOf(said)}</saml:Assertion>`), said),
    ],
    [
      'with the signature of the other, which lies within',
      (said) => {
        const signed = signedOf(said);
        const [stolen = ''] = signature.exec(signed) ?? [];
        const inner = stolen.replace('</Signature>', `<Object>${signed.replace(signature, '')}</Object></Signature>`);
        return responseAround(assertionOf(evil(said)).replace('</saml:Issuer>', `</saml:Issuer>${inner}`), said);
      },
    ],
    [
      'with the signature of the other, which lies beside',
      (said) => {
        const signed = signedOf(said);
        const [stolen = ''] = signature.exec(signed) ?? [];
        const forged = assertionOf(evil(said)).replace('</saml:Issuer>', `</saml:Issuer>${stolen}`);
        return responseAround(`${forged}<samlp:Extensions>${signed.replace(signature, '')}</samlp:Extensions>`, said);
      },
    ],
    [
      'with the same ID and the signature of the other',
      (said) => {
        const id = `_${randomUUID()}`;
        const signed = signedOf({ ...said, id });
        const [stolen = ''] = signature.exec(signed) ?? [];
        const forged = assertionOf({ ...evil(said), id }).replace('</saml:Issuer>', `</saml:Issuer>${stolen}`);
        return responseAround(`${forged}<samlp:Extensions>${signed}</samlp:Extensions>`, said);
      },
    ],
    [
      'and a signed response inside an unsigned one',
      (said) => {
        const signed = sign(responseAround(signedOf(said), said), 'Response');
        return responseAround(`${assertionOf(evil(said))}<samlp:Extensions>${signed}</samlp:Extensions>`, said);
      },
    ],
    ['in an extension', (said) => responseAround(`<samlp:Extensions>${signedOf(said)}</samlp:Extensions>${assertionOf(evil(said))}`, said)],
  ])('S6 is refused with a forged assertion %s', async (_where, wrap) => {
    const [problem, reason] = await refused(({ said }) => encoded(wrap(said)));
    expect([problem, reason]).toEqual(['sign-in-failed', expect.any(String)]);
    expect(await served.db.selectFrom('external_identity').select('subject').where('subject', '=', 'chief').execute()).toEqual([]);
  });

  it('S6 is refused when the assertion of one request is dressed as the answer to another', async () => {
    const stolen = await ask();
    const [problem, reason] = await refused(({ said }) => encoded(responseAround(signedOf(stolen.said), said)));
    // What counts is what is signed: it answers the other browser's request.
    expect([problem, reason]).toEqual(['sign-in-expired', 'This sign-in was begun in another browser']);
  });

  it('S6 leaves nothing of the answers in the log', () => {
    const log = served.log.join('');
    for (const secret of ['madina', 'chief', 'asel@example.kz', 'SAMLResponse', '<saml']) expect(log).not.toContain(secret);
  });
});
