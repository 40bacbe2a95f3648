// What a real browser tells of its own line is in the history of its person.
import { Stay, Stays } from '../../server/contract/diagnosis.ts';
import { studentNames } from './support/demo.ts';
import { expect, test } from './support/test.ts';

const [arujan] = studentNames;
const hourMs = 3_600_000;
/** The first look is told after ten seconds, and its step must be over. */
const patience = { timeout: 90_000, intervals: [3_000] };

test.setTimeout(180_000);

test('Z4 what was heard and seen, and by which way, is told by the browser itself', async ({ server, visitor }) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');

  const ask = async (path: string): Promise<unknown> => (await teacher.page.request.get(`${server.url}/api/${path}`)).json();
  const span = `from=${Date.now() - hourMs}&to=${Date.now() + hourMs}`;
  await expect
    .poll(async () => {
      const { stays } = Stays.parse(await ask(`diagnosis/stays?${span}`));
      const here = stays.find(({ person }) => person.name === arujan);
      if (here === undefined) return null;
      const { steps } = Stay.parse(await ask(`diagnosis/lessons/${here.lesson.id}/people/${here.person.id}`));
      return steps.findLast(({ device }) => device !== null) ?? null;
    }, patience)
    .toMatchObject({
      ice: 'connected',
      device: { concealed: expect.any(Number), jitterMs: expect.any(Number), height: expect.any(Number) },
      way: { protocol: 'udp', client: { candidate: expect.stringMatching(/host|prflx/), protocol: 'udp' } },
    });
});
