// What is left of a class when it is over: the register with everyone's minutes, and the recording.
import { readFile } from 'node:fs/promises';
import { RecordingManifest, Recordings } from '../../server/contract/recording.ts';
import { studentNames, teacherName } from './support/demo.ts';
import { registerOf, rowOf } from './support/register.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test.setTimeout(300_000);

test('a class that is ended for all leaves a register of all four, and a recording that is ready within 2 seconds and plays to its end', async ({
  server,
  visitor,
}) => {
  const teacher = await visitor(server);
  const students = await Promise.all(studentNames.map(() => visitor(server)));
  const [student] = students;
  if (!student) throw new Error('There is no student');
  await teacher.attend('teacher');
  for (const [index, one] of students.entries()) await one.attend(`student${index + 1}`);
  await teacher.button('Share screen').click();
  await student.seesMove(student.picture(teacherName, 'screen'));

  await test.step('everyone sees the red light, and nothing but the time goes on', async () => {
    await teacher.button('Record').click();
    for (const one of [teacher, ...students])
      await expect(one.page.getByRole('img', { name: 'Recording', exact: true })).toBeVisible(patience);
    await expect(student.page.getByRole('img', { name: 'Recording', exact: true })).toContainText(/00:(0[89]|[1-5]\d)/, patience);
  });

  const recordings = async () =>
    Recordings.parse(await (await teacher.page.request.get('/api/lessons/demo-lesson-1/recordings')).json()).recordings;
  await test.step('the recording is whole within 2 seconds after the end', async () => {
    await teacher.button('Leave').click();
    await teacher.button('End for all').click();
    await expect(teacher.page.getByRole('heading', { name: 'The lesson is over' })).toBeVisible(patience);
    await expect.poll(async () => (await recordings()).map(({ state }) => state), { timeout: 2_000 }).toEqual(['ended']);
    for (const one of students) await expect(one.page.getByRole('heading', { name: 'The lesson is over' })).toBeVisible(patience);
  });

  await test.step('the register shows all four with their minutes', async () => {
    const register = await registerOf(teacher.page, 'demo-lesson-1');
    for (const name of [teacherName, ...studentNames]) {
      expect(rowOf(register, name).minutes, name).toBeGreaterThan(0.1);
      expect(rowOf(register, name).here, name).toBe(false);
    }
    await teacher.page.getByRole('link', { name: 'Attendance' }).click();
    for (const name of [teacherName, ...studentNames])
      await expect(teacher.page.getByRole('row').filter({ hasText: name })).toBeVisible(patience);
    await teacher.says('app.download').first().click();
    const [file] = await Promise.all([
      teacher.page.waitForEvent('download'),
      teacher.page.getByRole('menuitem', { name: teacher.words('register.file.csv') }).click(),
    ]);
    const csv = await readFile(await file.path(), 'utf8');
    expect(csv.startsWith('\uFEFF'), 'Excel knows the letters by the mark at the beginning').toBe(true);
    for (const name of [teacherName, ...studentNames]) expect(csv).toContain(name);
  });

  await test.step('a student watches it to its end, from the page that the class left', async () => {
    await student.page.getByRole('link', { name: 'Watch the recording' }).click();
    const player = student.page.getByRole('region', { name: 'Player' });
    await expect(player).toBeVisible(patience);
    await student.button('Play', player).click();
    await student.seesMove(player.locator('video').first());
    await expect(player.getByText('The recording ends here')).toBeVisible({ timeout: 90_000 });
  });

  await test.step('it holds the teacher’s three tracks and no one else’s, and is open to nobody from outside', async () => {
    const [recording] = await recordings();
    const manifest = RecordingManifest.parse(await (await student.page.request.get(`/api/recordings/${recording?.id}`)).json());
    expect(manifest.tracks.filter(({ name }) => name === teacherName).map(({ source }) => source)).toEqual(
      expect.arrayContaining(['microphone', 'camera', 'screen']),
    );
    expect(manifest.durationMs).toBeGreaterThan(7_000);
    const stranger = await visitor(server);
    await stranger.signIn('observer');
    expect((await stranger.page.request.get(`/api/recordings/${recording?.id}`)).status()).toBe(403);
  });
});
