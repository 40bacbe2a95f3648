// Chromium signs in by OpenID Connect, by SAML and by a directory; and the page says what went wrong on the way.
import { Secret, TOTP } from 'otpauth';
import { providerAddresses } from '../../server/contract/providers.ts';
import { openDirectory } from '../support/ldap-server.ts';
import { openOidc } from '../support/oidc-provider.ts';
import { issuer, openSaml } from '../support/saml-provider.ts';
import { look } from './support/look.ts';
import { ServerProcess } from './support/server-process.ts';
import { test as base, expect } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';
import type { Language } from './support/words.ts';

const labels = {
  oidc: { kk: 'Университет аккаунты', ru: 'учётная запись университета', en: 'University account' },
  saml: { kk: 'Platonus жүйесі', ru: 'система Platonus', en: 'Platonus' },
};
const fromDirectory = 'from the directory';

const test = base.extend<{ university: ServerProcess }>({
  university: async ({ browserName: _ }, use) => {
    let url = '';
    const oidc = await openOidc(() => [url + providerAddresses.callback('uni')], {
      aigerim: { name: 'Айгерім Сейітқали', groups: ['students'] },
      stranger: {},
    });
    const saml = await openSaml({ nameId: 'asel', attributes: { displayName: ['Әсел Қасымова'] } });
    const directory = await openDirectory([{ uid: 'marat', password: fromDirectory, attributes: { cn: 'Марат Әлиұлы' } }], {
      secure: false,
    });
    const made = { createAccounts: true, newAccountRoles: ['student'] };
    const providers = [
      {
        ...{ id: 'uni', kind: 'oidc', label: labels.oidc, issuer: oidc.issuer, clientId: oidc.clientId, clientSecret: oidc.clientSecret },
        ...{ createAccounts: true, roles: [{ is: 'students', role: 'student' }], userInfo: true },
      },
      { id: 'adfs', kind: 'saml', label: labels.saml, issuer, entryPoint: saml.entryPoint, certificates: [saml.certificate], ...made },
      {
        ...{ id: 'directory', kind: 'ldap', label: labels.oidc, url: directory.url, base: directory.base, bind: directory.reader },
        ...{ plaintext: true, ...made },
      },
    ];
    const server = await ServerProcess.openDemo((own) => {
      url = own;
      return { AUDITORIA_PUBLIC_URL: own, AUDITORIA_SIGN_IN_PROVIDERS: JSON.stringify(providers) };
    });
    await use(server);
    await server.close();
    await Promise.all([oidc.close(), saml.close(), directory.close()]);
  },
});

const wayBy = (who: Visitor, name: string) =>
  who.page.getByRole('link', { name: who.words('identity.signIn.by').replace('{name}', name), exact: true });

async function isIn(who: Visitor, name: string): Promise<void> {
  await expect(who.page.getByText(name).first()).toBeAttached(patience);
  const me: unknown = await who.page.evaluate(() => fetch('/api/me').then((answer) => answer.json()));
  expect(me).toMatchObject({ person: { displayName: name } });
}

async function typesAtOidc(who: Visitor, name: string): Promise<void> {
  await who.page.locator('input[name="login"]').fill(name);
  await who.page.locator('input[name="password"]').fill('any');
  await who.page.locator('button[type="submit"]').click();
  await who.page.locator('button[type="submit"]').click();
}

test('S3 a student signs in by OpenID Connect and comes to the page that they wanted', async ({ university, visitor }) => {
  const student = await visitor(university, { language: 'kk' });
  await student.goTo('/?view=week');
  await wayBy(student, labels.oidc.kk).click();
  await typesAtOidc(student, 'aigerim');
  await expect(student.page).toHaveURL(/\/\?view=week/, patience);
  await isIn(student, 'Айгерім Сейітқали');
});

test('S5 a student signs in by SAML, whose answer comes as a form from another site', async ({ university, visitor }) => {
  const student = await visitor(university, { language: 'ru' });
  await student.goTo('/?view=week');
  await wayBy(student, labels.saml.ru).click();
  await student.page.getByRole('button', { name: 'Continue as asel' }).click();
  await expect(student.page).toHaveURL(/\/\?view=week/, patience);
  await isIn(student, 'Әсел Қасымова');
});

test('S12 a student signs in with the password of the directory, and the demo’s teacher with their own', async ({
  university,
  visitor,
}) => {
  const student = await visitor(university);
  await student.signIn('marat', fromDirectory);
  await isIn(student, 'Марат Әлиұлы');
  const teacher = await visitor(university);
  await teacher.signIn('teacher');
});

test('S14 who has a second factor comes from the provider to the code, types it, and is on the page that they wanted', async ({
  university,
  visitor,
}) => {
  const codeOf = (secret: string, stepsAhead: number) =>
    new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });
  const student = await visitor(university);
  await student.goTo('/account');
  await wayBy(student, labels.saml.en).click();
  await student.page.getByRole('button', { name: 'Continue as asel' }).click();
  await student.says('account.sf.setUp').click(patience);
  const dialog = student.page.getByRole('dialog');
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByLabel(student.words('account.sf.enrol.code')).fill(codeOf(secret, 0));
  await student.says('account.sf.enrol.confirm').click();
  await student.says('account.sf.codes.done').click(patience);

  const elsewhere = await visitor(university);
  await elsewhere.goTo('/?view=week');
  await wayBy(elsewhere, labels.saml.en).click();
  await elsewhere.page.getByRole('button', { name: 'Continue as asel' }).click();
  const field = elsewhere.page.getByLabel(elsewhere.words('identity.signIn.code.label'));
  await expect(field).toBeVisible(patience);
  expect(await elsewhere.page.evaluate(() => fetch('/api/me').then(({ status }) => status))).toBe(401);
  await field.fill(codeOf(secret, 1));
  await elsewhere.page.keyboard.press('Enter');
  await expect(elsewhere.page).toHaveURL(/\/\?view=week/, patience);
  await isIn(elsewhere, 'Әсел Қасымова');
});

test('S8 whom nobody knows is told so, and can go on by the keyboard alone', async ({ university, visitor }) => {
  const stranger = await visitor(university);
  await stranger.goTo('/?view=week');
  await stranger.tabsTo(wayBy(stranger, labels.oidc.en));
  await stranger.page.keyboard.press('Enter');
  await typesAtOidc(stranger, 'stranger');
  await expect(stranger.page.getByText(stranger.words('refusals.account-unknown'))).toBeVisible(patience);
  // The wanted page is still known.
  await stranger.page.getByRole('textbox', { name: stranger.words('identity.signIn.name'), exact: true }).fill('marat');
  await stranger.page.getByLabel(stranger.words('identity.signIn.password'), { exact: true }).fill(fromDirectory);
  await stranger.says('identity.signIn.button').click();
  await expect(stranger.page).toHaveURL(/\/\?view=week/, patience);
});

const views: readonly { readonly language: Language; readonly theme: 'light' | 'dark' }[] = [
  { language: 'en', theme: 'light' },
  { language: 'ru', theme: 'dark' },
  { language: 'kk', theme: 'light' },
];
for (const { language, theme } of views) {
  test(`the sign-in page with providers is whole, translated and accessible (${language}, ${theme})`, async ({
    university,
    visitor,
  }, testInfo) => {
    const nobody = await visitor(university, { language, theme });
    await nobody.goTo('/sign-in');
    await expect(wayBy(nobody, labels.oidc[language])).toBeVisible(patience);
    await look(nobody, 'sign-in-providers', { testInfo, language });
    await nobody.goTo('/sign-in?problem=account-unknown');
    await expect(nobody.page.getByText(nobody.words('refusals.account-unknown'))).toBeVisible(patience);
    await look(nobody, 'sign-in-problem', { testInfo, language });
    await nobody.goTo('/sign-in?step=code');
    await expect(nobody.page.getByText(nobody.words('identity.signIn.code.title'))).toBeVisible(patience);
    await look(nobody, 'sign-in-code', { testInfo, language });
  });
}
