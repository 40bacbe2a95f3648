// Broken machines: the server, its media worker or its recorder dies in the middle of a class.
import { RecordingManifest, Recordings } from '../../server/contract/recording.ts';
import { studentNames, teacherName } from './support/demo.ts';
import { registerOf, rowOf } from './support/register.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

const [arujan] = studentNames;
/** How often the server notes that it is alive, and a moment for the machine. */
const heartbeatMs = 5_000 + 3_000;

test.setTimeout(240_000);

test('after the server was killed and started again everyone is back by themselves, with chat, hand, media and a whole register', async ({
  server,
  visitor,
}) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');
  await student.writes('Бұл өшпеуі керек');
  await teacher.reads('Бұл өшпеуі керек');
  await student.button('Raise hand').click();
  await teacher.button('Record').click();
  await student.seesMove(student.picture(teacherName, 'camera'));
  await expect(student.page.getByRole('img', { name: 'Recording', exact: true })).toContainText(/00:(0[5-9]|[1-5]\d)/, patience);

  const killedAt = Date.now();
  await server.kill();
  await expect(student.page.getByText('Your place is kept.', { exact: false })).toBeVisible(patience);
  await server.start();
  const startedAt = Date.now();

  await test.step('nobody has to click', async () => {
    for (const one of [teacher, student]) await expect(one.page.getByText('Your place is kept.', { exact: false })).toBeHidden(patience);
    await student.seesMove(student.picture(teacherName, 'camera'));
    await student.hears(1);
    console.log(`Back with pictures ${Date.now() - startedAt} ms after the server was started again`);
  });

  await test.step('chat, hand and list are as they were', async () => {
    for (const one of [teacher, student]) await one.reads('Бұл өшпеуі керек');
    await expect(student.button('Raise hand')).toHaveAttribute('aria-pressed', 'true');
    await teacher.openPanel('people');
    await expect(teacher.person(arujan).getByLabel('Hand raised')).toBeVisible(patience);
    await expect(teacher.person(arujan)).not.toContainText('Reconnecting…');
  });

  await test.step('the register counts what was, and blames nobody for the server', async () => {
    const register = await registerOf(teacher.page, 'demo-lesson-1');
    for (const name of [teacherName, arujan]) {
      const { here, firstJoinAt, minutes, intervals } = rowOf(register, name);
      expect(here, name).toBe(true);
      const aliveMs = register.asOf - (firstJoinAt ?? 0) - (Date.now() - killedAt);
      expect(minutes * 60_000, name).toBeGreaterThan(aliveMs - heartbeatMs);
      expect(intervals.map(({ endedBy }) => endedBy).filter((reason) => reason !== null && reason !== 'server-stopped')).toEqual([]);
    }
  });

  await test.step('what was recorded before can be watched', async () => {
    const { recordings } = Recordings.parse(await (await teacher.page.request.get('/api/lessons/demo-lesson-1/recordings')).json());
    const oldest = recordings.at(-1);
    const manifest = RecordingManifest.parse(await (await teacher.page.request.get(`/api/recordings/${oldest?.id}`)).json());
    expect(manifest.durationMs).toBeGreaterThan(3_000);
    await student.goTo(`/recordings/${oldest?.id}`);
    const player = student.page.getByRole('region', { name: 'Player' });
    await student.button('Play', player).click();
    await student.seesMove(player.locator('video').first());
  });
});

test('a killed media worker is replaced, and pictures and sound are back within 5 seconds', async ({ server, visitor }) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');
  const picture = student.picture(teacherName, 'camera');
  await student.seesMove(picture);
  await student.hears(1);

  const known = await student.connections();
  const killedAt = Date.now();
  await server.killMediaWorker();
  await student.seesOverNewConnection(known);
  const gapMs = Date.now() - killedAt;
  console.log(`Pictures were back ${gapMs} ms after the media worker was killed`);
  expect(gapMs).toBeLessThan(5_000);
  await student.seesMove(picture);
  await student.hears(1);
});

test('a recorder that is killed is replaced without anybody noticing, and the same recording goes on with its gap marked', async ({
  server,
  visitor,
}) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');
  await teacher.button('Record').click();
  const light = student.page.getByRole('img', { name: 'Recording', exact: true });
  await expect(light).toContainText(/00:(0[5-9]|[1-5]\d)/, patience);
  const picture = student.picture(teacherName, 'camera');
  await student.seesMove(picture);
  const known = await student.connections();

  await server.killRecorder();
  await student.seesMove(picture);
  await student.hears(1);
  expect(await student.connections()).toEqual(known);
  await expect(light).toBeVisible();
  const manifestNow = async () => {
    const { recordings } = Recordings.parse(await (await teacher.page.request.get('/api/lessons/demo-lesson-1/recordings')).json());
    const newest = recordings.find(({ state }) => state !== 'ended');
    return RecordingManifest.parse(await (await teacher.page.request.get(`/api/recordings/${newest?.id}`)).json());
  };
  const isRecordedAnew = async () => {
    const { tracks, gaps } = await manifestNow();
    return gaps.length === 1 && tracks.every(({ parts }) => parts.length > 1 && parts.at(-1)?.open);
  };
  await expect.poll(isRecordedAnew, patience).toBe(true);
  const { state, gaps } = await manifestNow();
  expect([state, gaps.map(({ why }) => why)]).toEqual(['recording', ['recorder']]);
  const lastsMs = gaps.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  console.log(`${Math.round(lastsMs)} ms are missing after the recorder was killed`);
  expect(lastsMs).toBeLessThan(5_000);
});
