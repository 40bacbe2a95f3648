// One's own account in a real browser: setting up two-step sign-in, signing in with a code, and how the pages look.
import { Secret, TOTP } from 'otpauth';
import { look } from './support/look.ts';
import { demoPassword } from './support/server-process.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';
import type { Language } from './support/words.ts';

const views: readonly { readonly language: Language; readonly theme: 'light' | 'dark' }[] = [
  { language: 'en', theme: 'light' },
  { language: 'ru', theme: 'dark' },
  { language: 'kk', theme: 'light' },
];

const codeOf = (secret: string, stepsAhead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });

for (const { language, theme } of views) {
  test(`the account and the audit log are whole, translated and accessible (${language}, ${theme})`, async ({
    server,
    visitor,
  }, testInfo) => {
    test.setTimeout(180_000);
    const options = { testInfo, language };
    const admin = await visitor(server, { language, theme });
    await admin.signIn('admin');
    await expect(admin.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
    await admin.goTo('/account');
    await expect(admin.says('account.sf.setUp')).toBeVisible(patience);
    await expect(admin.page.getByText(admin.words('account.sessions.current'))).toBeVisible(patience);
    await look(admin, 'account', options);

    await admin.says('account.sf.setUp').click();
    const dialog = admin.page.getByRole('dialog');
    const secret = (await dialog.locator('code').textContent()) ?? '';
    await look(admin, 'second-factor-enrol', options);
    await dialog.getByLabel(admin.words('account.sf.enrol.code')).fill('000000');
    await admin.says('account.sf.enrol.confirm').click();
    await expect(dialog.getByRole('alert')).toBeVisible(patience);
    await dialog.getByLabel(admin.words('account.sf.enrol.code')).fill(codeOf(secret));
    await admin.says('account.sf.enrol.confirm').click();
    await expect(admin.says('account.sf.codes.done')).toBeVisible(patience);
    await expect(admin.page.getByRole('dialog').getByRole('listitem')).toHaveCount(10);
    // What the server refused on purpose.
    admin.complaints.splice(0);
    await look(admin, 'second-factor-codes', options);
    await admin.says('account.sf.codes.done').click();
    await expect(admin.says('account.sf.newCodes')).toBeVisible(patience);
    await look(admin, 'account-protected', options);

    await admin.goTo('/people');
    await expect(admin.page.getByText('student3', { exact: true }).first()).toBeVisible(patience);
    await admin.page.locator('.people-open').nth(1).click();
    await expect(admin.says('people.anonymise')).toBeVisible(patience);
    await admin.page.getByRole('checkbox', { name: admin.words('identity.role.coordinator') }).click({ force: true });
    await admin.page.getByRole('checkbox', { name: admin.words('people.limits.everywhere') }).click({ force: true });
    await look(admin, 'person', options);

    await admin.goTo('/audit');
    await expect(admin.page.getByRole('listitem').filter({ hasText: admin.words('audit.act.second-factor.enrolled') })).toBeVisible(
      patience,
    );
    await look(admin, 'audit', options);

    const elsewhere = await visitor(server, { language, theme });
    await elsewhere.goTo('/sign-in');
    await elsewhere.page.getByRole('textbox', { name: elsewhere.words('identity.signIn.name'), exact: true }).fill('admin');
    await elsewhere.page.getByLabel(elsewhere.words('identity.signIn.password'), { exact: true }).fill(demoPassword);
    await elsewhere.says('identity.signIn.button').click();
    const field = elsewhere.page.getByLabel(elsewhere.words('identity.signIn.code.label'));
    await expect(field).toBeVisible(patience);
    await field.fill(codeOf(secret, 1));
    await elsewhere.says('identity.signIn.code.button').click();
    await expect(elsewhere.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
    await expect(field).toBeHidden(patience);
  });
}
