// Broken lines: what goes on while the server cannot be reached, and what is there again afterwards.
import { teacherName } from './support/demo.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test.setTimeout(180_000);

test('L20, L21 who loses only the line to the server goes on hearing and being heard, and then sees what was shown meanwhile, over the same media connections', async ({
  server,
  line,
  visitor,
}) => {
  const teacher = await visitor(server);
  const student = await visitor(line);
  await teacher.attend('teacher');
  await student.attend('student1');
  await student.button('Microphone').click();
  await student.hears(1);
  await teacher.hears(1);
  await student.seesMove(student.picture(teacherName, 'camera'));
  const known = await student.connections();
  const [voice] = await student.voices();

  line.cut();
  await expect(student.page.getByText('Your place is kept.', { exact: false })).toBeVisible(patience);
  await student.hears(1);
  await teacher.hears(1);
  await student.seesMove(student.picture(teacherName, 'camera'));
  await teacher.button('Share screen').click();
  line.mend();

  await expect(student.page.getByText('Your place is kept.', { exact: false })).toBeHidden(patience);
  await student.seesMove(student.picture(teacherName, 'screen'));
  await student.hears(1);
  expect(await student.connections(), 'no media connection was made anew').toBe(known);
  expect((await student.voices()).map(({ ssrc }) => ssrc)).toContain(voice?.ssrc);
});
