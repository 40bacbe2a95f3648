// People from outside, and a class without its teacher.
import { teacherName } from './support/demo.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

test.setTimeout(240_000);

async function comeAsGuest(guest: Visitor, link: string, name: string): Promise<void> {
  await guest.goTo(new URL(link).pathname);
  await guest.page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await guest.button('Continue').click();
  await guest.button('Join class').click();
}

test('a guest comes by the teacher’s link, waits in the lobby, and is let in or turned away', async ({ server, visitor }) => {
  const teacher = await visitor(server);
  const welcome = await visitor(server);
  const unwelcome = await visitor(server);
  await teacher.signIn('teacher');
  const running = teacher.page.getByRole('region', { name: /^Running now/ });
  await running.getByRole('heading').getByRole('button').click();
  await teacher.button('Make a link').click();
  const link = await teacher.page.getByRole('textbox', { name: 'Link for guests' }).inputValue();
  await teacher.page.keyboard.press('Escape');
  await teacher.enterClass();
  await teacher.joinClass({ camera: true });

  await comeAsGuest(welcome, link, 'Гость Арман');
  await expect(welcome.page.getByRole('heading', { name: 'The teacher will let you in' })).toBeVisible(patience);
  await expect(welcome.page.locator('[data-participant]')).toHaveCount(0);
  await teacher.button('Let in: Гость Арман').click();
  await expect(welcome.button('Leave')).toBeVisible(patience);
  await welcome.seesMove(welcome.picture(teacherName, 'camera'));
  await welcome.writes('Спасибо, что впустили');
  await teacher.reads('Спасибо, что впустили');

  await comeAsGuest(unwelcome, link, 'Незваный Гость');
  await teacher.button('Turn away: Незваный Гость').click();
  await expect(unwelcome.page.getByRole('heading', { name: 'The teacher did not let you in' })).toBeVisible(patience);
  await teacher.openPanel('people');
  await expect(teacher.person('Незваный Гость')).toHaveCount(0);

  await test.step('a link that was revoked leads nowhere', async () => {
    await teacher.page.request.delete('/api/lessons/demo-lesson-1/guest-link', { headers: { origin: server.url } });
    await unwelcome.goTo(new URL(link).pathname);
    await expect(unwelcome.page.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible(patience);
  });
});

test('without the teacher the students’ microphones are off and a notice says why, and all returns with the teacher', async ({
  server,
  line,
  visitor,
}) => {
  const teacher = await visitor(line);
  const student = await visitor(server);
  const listener = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');
  await listener.attend('student2');
  await student.button('Microphone').click();
  await listener.hears(2);

  line.cut();
  const notice = (one: Visitor) => one.page.getByText('The teacher’s connection is lost', { exact: false });
  for (const one of [student, listener]) await expect(notice(one)).toBeVisible(patience);
  await expect(student.button('Microphone')).toHaveAttribute('aria-pressed', 'false');
  // Only the signalling is cut: the teacher's own voice may still come.
  await listener.hearsAtMost(1);
  await student.writes('Біз осындамыз');
  await listener.reads('Біз осындамыз');

  line.mend();
  for (const one of [student, listener]) await expect(notice(one)).toBeHidden(patience);
  await listener.seesMove(listener.picture(teacherName, 'camera'));
  await expect(student.button('Microphone')).toHaveAttribute('aria-pressed', 'true', patience);
  await listener.hears(2);
});
