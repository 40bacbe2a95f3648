// Looking back at a class while it runs, and what is left of the recording afterwards: one file to keep, cuts, links, the door closed to strangers.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RecordingManifest, Recordings } from '../../server/contract/recording.ts';
import { RecordingPage } from '../../server/contract/recording-page.ts';
import { teacherName } from './support/demo.ts';
import { FirefoxVisitor } from './support/firefox.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

test.setTimeout(420_000);

const run = promisify(execFile);
const player = (one: Visitor) => one.page.getByRole('region', { name: one.words('recording.player') });

async function recordingOf(one: Visitor): Promise<string> {
  const answer = await one.page.request.get('/api/lessons/demo-lesson-1/recordings');
  const [recording] = Recordings.parse(await answer.json()).recordings;
  if (!recording) throw new Error('There is no recording');
  return recording.id;
}

test('a late student looks back, comes back to now, and later watches, keeps and finds again what was recorded', async ({
  server,
  line,
  visitor,
}) => {
  const teacher = await visitor(server);
  const student = await visitor(line);
  await teacher.attend('teacher');
  await teacher.button('Share screen').click();
  await teacher.button('Record').click();
  await expect(teacher.page.getByRole('img', { name: 'Recording', exact: true })).toContainText(/00:(0[6-9]|[1-5]\d)/, patience);

  await test.step('V80 who came late watches from the beginning, and hears nothing of now meanwhile', async () => {
    await student.attend('student1');
    await student.says('room.lookBack').click();
    await student.seesMove(player(student).locator('video').first());
    await student.hearsAtMost(0);
  });

  await test.step('V80 the class of now with its sound, and the screen of before in a small window', async () => {
    await student.says('room.lookBack.now').click();
    await student.hears(1);
    await student.seesMove(student.picture(teacherName, 'screen'));
    await student.says('room.lookBack.close').click();
    await expect(student.page.getByRole('region', { name: student.words('room.lookBack.title') })).toBeHidden();
  });

  await test.step('V81 the teacher marks a moment', async () => {
    await teacher.button('Record').click();
    await teacher.page.getByRole('menuitem', { name: teacher.words('room.record.mark') }).click();
  });

  await test.step('V80 after a lost line a card says what was missed and leads there', async () => {
    line.cut();
    await expect(student.page.getByText(student.words('room.reconnecting'))).toBeVisible(patience);
    await teacher.writes('While you were away');
    await student.page.waitForTimeout(6_000);
    line.mend();
    await expect(student.page.getByText(/You missed/)).toBeVisible(patience);
    await expect(student.page.getByText(/1 message/)).toBeVisible(patience);
    await student.says('room.missed.watch').click();
    await student.seesMove(player(student).locator('video').first());
  });

  await test.step('M15 the teacher ends looking back, and the server refuses it from then on', async () => {
    await teacher.says('room.more').click();
    await teacher.page.getByRole('menuitem', { name: teacher.words('room.rules.title') }).click();
    await teacher.page.getByText(teacher.words('room.rules.rewind')).first().click();
    await expect(player(student)).toBeHidden(patience);
    const id = await recordingOf(teacher);
    await expect.poll(async () => (await student.page.request.get(`/api/recordings/${id}`)).status(), patience).toBe(403);
    await teacher.page.keyboard.press('Escape');
  });

  const id = await recordingOf(teacher);
  await test.step('when the class is over it is whole, and one MP4 is made of it by itself', async () => {
    await teacher.button('Leave').click();
    await teacher.button('End for all').click();
    await expect(student.page.getByRole('heading', { name: 'The lesson is over' })).toBeVisible(patience);
    const page = async () => RecordingPage.parse(await (await teacher.page.request.get(`/api/recordings/${id}/page`)).json());
    await expect
      .poll(async () => (await page()).exports.find(({ kind }) => kind === 'mp4')?.state, { timeout: 120_000, intervals: [1_000] })
      .toBe('ready');
  });

  await test.step('V86 a student watches it to its end on a phone of 360 pixels', async () => {
    await student.page.setViewportSize({ width: 360, height: 740 });
    await student.goTo(`/recordings/${id}`);
    await student.button('Play', player(student)).first().click();
    await student.seesMove(player(student).locator('video').first());
    await expect(player(student).getByText(student.words('recording.end.title'))).toBeVisible({ timeout: 120_000 });
    const overflow = await student.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    expect(overflow, 'nothing is wider than the phone').toBe(false);
  });

  await test.step('V30 the file holds picture, sound and chapters', async () => {
    const ticket = await student.page.request.post(`/api/recordings/${id}/tickets`, {
      data: { file: 'mp4' },
      headers: { 'x-requested-with': 'auditoria' },
    });
    const { url } = await ticket.json();
    const address = new URL(url, server.url).href;
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-show_streams', '-show_format', '-show_chapters', '-of', 'json'],
      address,
    ]);
    const probed: {
      streams: { codec_name: string; width?: number; height?: number }[];
      format: { duration: string };
      chapters: unknown[];
    } = JSON.parse(stdout);
    expect(probed.streams.map(({ codec_name }) => codec_name)).toEqual(expect.arrayContaining(['h264', 'aac']));
    expect(probed.streams.find(({ codec_name }) => codec_name === 'h264')).toMatchObject({ width: 1280, height: 720 });
    expect(Number(probed.format.duration)).toBeGreaterThan(10);
    expect(probed.chapters.length).toBeGreaterThan(0);
  });

  await test.step('V50 a stranger is refused the manifest, the files, the timeline and a ticket; so is a student who left', async () => {
    const manifest = RecordingManifest.parse(await (await teacher.page.request.get(`/api/recordings/${id}`)).json());
    const part = manifest.tracks[0]?.parts[0]?.file;
    const addresses = ['', '/page', '/timeline', `/files/${part}`, '/files/thumbnail.jpg', '/files/class.mp4'];
    const stranger = await visitor(server);
    for (const address of addresses)
      expect((await stranger.page.request.get(`/api/recordings/${id}${address}`)).status(), address).toBe(401);
    await stranger.signIn('observer');
    for (const address of addresses)
      expect([403, 404], address).toContain((await stranger.page.request.get(`/api/recordings/${id}${address}`)).status());
  });

  await test.step('V45 a link opens it without an account, and not any more when it is revoked', async () => {
    await teacher.goTo(`/recordings/${id}/edit`);
    await teacher.says('recording-edit.links.add').click();
    await teacher.page.getByRole('textbox', { name: teacher.words('recording-edit.links.password') }).fill('кілт-1234');
    await teacher.says('recording-edit.links.make').click();
    const address = await teacher.page.locator('.recording-edit-address').textContent(patience);
    const guest = await visitor(server);
    await guest.goTo(new URL(address ?? '').pathname);
    await guest.page.getByLabel(guest.words('recording.shared.password'), { exact: true }).fill('кілт-1234');
    await guest.says('recording.shared.open').click();
    await guest.button('Play', player(guest)).first().click();
    await guest.seesMove(player(guest).locator('video').first());
    await teacher.page.getByRole('button', { name: /^Revoke the link/ }).click();
    await expect.poll(async () => (await guest.page.request.get(`/api/recordings/${id}`)).status(), patience).not.toBe(200);
  });

  expect([...teacher.complaints].filter((one) => !/status of 40[134]/.test(one))).toEqual([]);
});

test('V80 in Firefox too a late student looks back and comes back to now', async ({ server, visitor }) => {
  const teacher = await visitor(server);
  await teacher.attend('teacher');
  await teacher.button('Record').click();
  await expect(teacher.page.getByRole('img', { name: 'Recording', exact: true })).toContainText(/00:(0[6-9]|[1-5]\d)/, patience);
  const student = await FirefoxVisitor.open();
  try {
    await student.signIn(server.url, 'student1');
    await student.press(teacher.words('timetable.enter'));
    await student.press(teacher.words('room.join'));
    await student.press(teacher.words('room.lookBack'));
    await student.seesMove('.look-back video');
    await student.seesText('behind');
    await student.press(teacher.words('recording.live.back'));
    await student.hearsNow();
  } finally {
    await student.close();
  }
});
