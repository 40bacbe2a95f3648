// A class as it is held: seen, heard, led, left and come back to, in real browsers on a real server.
import { studentNames, teacherName } from './support/demo.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test.setTimeout(240_000);

const [arujan, aleksei, moldir] = studentNames;
/** The microphone, and the sound of the screen. */
const voicesOfTeacher = 2;

test('three students see the teacher’s camera and screen move, hear voices, write, and speak when they are given the floor', async ({
  server,
  visitor,
}) => {
  const teacher = await visitor(server);
  const first = await visitor(server);
  const second = await visitor(server);
  const third = await visitor(server);
  const students = [first, second, third];

  await teacher.attend('teacher');
  for (const [index, student] of students.entries()) await student.attend(`student${index + 1}`);
  await teacher.button('Share screen').click();

  await test.step('pictures and sound arrive at everyone', async () => {
    for (const student of students) {
      await student.seesMove(student.picture(teacherName, 'screen'));
      await student.seesMove(student.picture(teacherName, 'camera'));
      await student.hears(voicesOfTeacher);
    }
  });

  await test.step('the chat goes both ways, links and all', async () => {
    await teacher.writes('Сәлеметсіздер ме! https://example.org/algorithms');
    await first.openPanel('chat');
    await expect(first.page.getByRole('log').getByRole('link', { name: 'https://example.org/algorithms' })).toBeVisible(patience);
    await first.writes('Сәлеметсіз бе, мұғалім');
    for (const reader of [teacher, second, third]) await reader.reads('Сәлеметсіз бе, мұғалім');
  });

  await test.step('a raised hand is seen, and who was given the floor may speak while the others may not', async () => {
    await teacher.openPanel('people');
    await teacher.button('Permissions').click();
    const mayAll = teacher.page.getByRole('switch', { name: 'Turn their microphones on' });
    await teacher.page.getByText('Turn their microphones on').click();
    await expect(mayAll).toBeChecked({ checked: false });
    await teacher.page.keyboard.press('Escape');
    await second.button('Raise hand').click();
    await teacher.openPanel('hands');
    const hand = teacher.page.getByRole('listitem').filter({ hasText: aleksei });
    await expect(hand).toBeVisible(patience);
    await teacher.button(`Give the floor: ${aleksei}`, hand).click();
    await second.button('Speak now').click();
    await first.hears(voicesOfTeacher + 1);
    await teacher.hears(1);
  });

  await test.step('not a packet comes from who was muted', async () => {
    await teacher.choose(aleksei, 'Mute');
    await expect(second.button('Microphone')).toHaveAttribute('aria-pressed', 'false', patience);
    await first.hearsAtMost(voicesOfTeacher);
    await teacher.hearsAtMost(0);
  });

  await test.step('the list shows all four', async () => {
    await third.openPanel('people');
    for (const name of [teacherName, arujan, aleksei, moldir]) await expect(third.person(name)).toBeVisible();
  });
});

test('who was removed is told so, and finds the door shut on every device', async ({ server, visitor }) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  const otherDevice = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');

  await teacher.choose(arujan, 'Remove from the class');
  await teacher.button('Remove').click();
  await expect(student.page.getByRole('heading', { name: 'You were removed from the class' })).toBeVisible(patience);
  await expect(student.button('Come back')).toHaveCount(0);
  expect(await student.voices()).toEqual([]);
  await expect(teacher.person(arujan)).toHaveCount(0);

  await student.goTo('/');
  await otherDevice.signIn('student1');
  for (const device of [student, otherDevice]) {
    await device.enterClass();
    await device.button('Join class').click();
    await expect(device.page.getByText('You were removed from this class and cannot come back to it.')).toBeVisible(patience);
  }
});

test('who drops out comes back without a click to seat, hand, chat, sound and pictures', async ({ server, line, visitor }) => {
  const teacher = await visitor(server);
  const other = await visitor(server);
  const student = await visitor(line);
  await teacher.attend('teacher');
  await other.attend('student2');
  await student.attend('student1');
  await student.button('Raise hand').click();
  await teacher.openPanel('people');
  await expect(teacher.person(arujan).getByLabel('Hand raised')).toBeVisible(patience);
  await student.seesMove(student.picture(teacherName, 'camera'));

  line.cut();
  await expect(student.page.getByText('Your place is kept.', { exact: false })).toBeVisible(patience);
  await expect(teacher.person(arujan)).toContainText('Reconnecting…', patience);
  await other.writes('Бұл сізсіз айтылды');
  await student.writes('Бұл үзіліс кезінде жазылды');
  line.mend();

  await expect(student.page.getByText('Your place is kept.', { exact: false })).toBeHidden(patience);
  await student.reads('Бұл сізсіз айтылды');
  await other.reads('Бұл үзіліс кезінде жазылды');
  await teacher.openPanel('people');
  await expect(teacher.person(arujan)).not.toContainText('Reconnecting…', patience);
  await expect(teacher.person(arujan).getByLabel('Hand raised')).toBeVisible();
  await expect(student.button('Raise hand')).toHaveAttribute('aria-pressed', 'true');
  await student.seesMove(student.picture(teacherName, 'camera'));
  await student.hears(1);
});
