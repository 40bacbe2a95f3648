// The connection test before a term: by a stranger, by a student who sends the result, and by an administrator who finds it; and what a blocked class says.
import type { Page } from '@playwright/test';
import { studentNames } from './support/demo.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

const [arujan] = studentNames;
const longTest = { timeout: 60_000 };

/** Nobody listens at that port: as in a network that lets no media through, by UDP or TCP. */
function withoutWays(): void {
  const page = globalThis as unknown as {
    RTCPeerConnection: { prototype: { setRemoteDescription: (given: { type: string; sdp: string }) => unknown } };
  };
  const { prototype } = page.RTCPeerConnection;
  const original = prototype.setRemoteDescription;
  prototype.setRemoteDescription = function (given) {
    return original.call(this, { type: given.type, sdp: given.sdp.replace(/(?<=a=candidate:(?:\S+ ){5})\d+/g, '65000') });
  };
}

async function tested(visitor: Visitor): Promise<void> {
  await visitor.goTo('/connection-test');
  await visitor.says('connection.start').focus();
  await visitor.page.keyboard.press('Enter');
  await expect(visitor.page.getByText(visitor.words('connection.ways'))).toBeVisible(longTest);
}

const toTop = (page: Page) => page.evaluate('scrollTo(0, 0)').then(() => undefined);
const toEnd = (page: Page) => page.evaluate('scrollTo(0, document.body.scrollHeight)').then(() => undefined);

for (const { language, theme, axe } of views) {
  test(`U6 a stranger learns whether classes work from here (${language}, ${theme})`, async ({ server, visitor }, testInfo) => {
    test.setTimeout(180_000);
    const options = { testInfo, language, axe, again: toTop };
    const stranger = await visitor(server, { language, theme });
    await stranger.goTo('/sign-in');
    await stranger.page.getByRole('link', { name: stranger.words('app.connectionTest') }).click();
    await expect(stranger.says('connection.start')).toBeVisible(patience);
    await look(stranger, 'connection-before', options);
    await stranger.says('connection.start').click();
    await expect(stranger.page.getByRole('progressbar')).toBeVisible(patience);
    await look(stranger, 'connection-running', options);
    await expect(stranger.page.getByText(stranger.words('connection.verdict.video'))).toBeVisible(longTest);
    await expect(stranger.page.getByText(stranger.words('connection.way.udp'))).toBeVisible();
    await expect(stranger.page.getByText(stranger.words('connection.report.signIn'))).toBeVisible();
    await stranger.says('connection.check.microphone').click();
    await expect(stranger.page.getByText(stranger.words('connection.device.works'), { exact: true })).toBeVisible(patience);
    await look(stranger, 'connection-result', options);
    await stranger.page.getByText(stranger.words('connection.network'), { exact: true }).scrollIntoViewIfNeeded();
    await look(stranger, 'connection-network', { testInfo, language, axe: false, again: toEnd });
  });
}

test('U9 a student sends the result, and an administrator finds it by the name', async ({ server, visitor }, testInfo) => {
  const student = await visitor(server);
  await student.signIn('student1');
  await tested(student);
  await student.page.getByLabel(student.words('connection.report.note')).fill('Dormitory 3, room 211');
  await student.says('connection.report.send').click();
  await expect(student.page.getByText(student.words('connection.report.sent'))).toBeVisible(patience);

  const admin = await visitor(server);
  await admin.signIn('admin');
  await admin.goTo('/connection-reports');
  await expect(admin.page.getByText('Dormitory 3, room 211')).toBeVisible(patience);
  await admin.page.getByRole('searchbox').fill(arujan.split(' ')[0] ?? '');
  await expect(admin.page.getByText(arujan)).toBeVisible(patience);
  await look(admin, 'connection-reports', { testInfo, language: 'en' });
});

test('U12 where the network lets nothing through, the test and the class say so, and what to do', async ({ server, visitor }, testInfo) => {
  const student = await visitor(server);
  await student.context.addInitScript(withoutWays);
  await student.signIn('student1');
  await tested(student);
  await expect(student.page.getByText(student.words('connection.hindrance.blocked'))).toBeVisible(patience);
  await look(student, 'connection-blocked', { testInfo, language: 'en', again: toTop });

  await student.goTo('/');
  await student.enterClass();
  // Only what is sent or received needs a way.
  await student.joinClass({ camera: true });
  await expect(student.page.getByText(student.words('trouble.media.blocked'))).toBeVisible(patience);
  await expect(student.page.getByRole('link', { name: student.words('app.connectionTest') })).toBeVisible();
  await look(student, 'class-blocked', { testInfo, language: 'en', axe: false });
});
