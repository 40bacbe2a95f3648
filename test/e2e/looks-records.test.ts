// How attendance looks over many lessons: registers with their pictures, reports, proof, and what a class records, in three languages and two sizes.
import { Matrix, TermReport } from '../../server/contract/reports.ts';
import { studentNames } from './support/demo.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

const [arujan] = studentNames;

for (const { language, theme, axe } of views) {
  test(`attendance over a term is whole, translated and accessible (${language}, ${theme})`, async ({ server, visitor }, testInfo) => {
    test.setTimeout(300_000);
    const options = { testInfo, language, axe };
    const admin = await visitor(server, { language, theme });
    await admin.signIn('admin');
    // The classes of the weeks before are judged one after another when the server starts.
    const judged = async () => TermReport.parse(await (await admin.page.request.get('/api/reports/term')).json()).total.lessons;
    await expect.poll(judged, { timeout: 120_000, intervals: [1_000] }).toBeGreaterThan(100);

    await test.step('the reports', async () => {
      await admin.goTo('/reports');
      await expect(admin.page.getByText(admin.words('reports.attended')).first()).toBeVisible(patience);
      await look(admin, 'report-term', options);
      await admin.goTo('/reports?of=faculty&id=demo-faculty-1');
      await expect(admin.page.getByRole('link', { name: 'ИС-23-1' })).toBeVisible(patience);
      await look(admin, 'report-faculty', options);
      await admin.goTo('/reports?of=group&id=demo-group-1');
      await expect(admin.page.getByRole('rowheader', { name: arujan })).toBeVisible(patience);
      await look(admin, 'report-group', options);
      await admin.goTo('/reports?of=teacher&id=demo-person-2');
      await expect(admin.page.getByText(admin.words('reports.averageDelay')).first()).toBeVisible(patience);
      await look(admin, 'report-teacher', options);
      await admin.goTo('/reports?of=at-risk');
      await expect(admin.page.getByRole('rowheader').first()).toBeVisible(patience);
      await look(admin, 'report-at-risk', options);
    });

    await test.step('the proof, what goes out, and the rules', async () => {
      await admin.goTo('/records');
      await admin.says('records.proveAll').click();
      await expect(admin.page.getByText(admin.words('records.proof.ok'), { exact: false })).toBeVisible(patience);
      await look(admin, 'records-proof', options);
      await admin.goTo('/records/outbox');
      await expect(admin.page.getByText(admin.words('records.outbox.none'))).toBeVisible(patience);
      await look(admin, 'records-outbox', options);
    });

    await test.step('a register of the weeks before, with one student opened', async () => {
      const matrix = Matrix.parse(await (await admin.page.request.get('/api/reports/groups/demo-group-1')).json());
      const lesson = matrix.lessons.findLast(({ held }) => held);
      await admin.goTo(`/lessons/${lesson?.id}/register`);
      await expect(admin.page.getByText(arujan).first()).toBeVisible(patience);
      await look(admin, 'register-past', options);
      await admin.page.getByRole('button', { name: arujan }).first().click();
      await expect(admin.page.getByText(admin.words('register.why')).first()).toBeVisible(patience);
      await look(admin, 'register-why', options);
    });

    await test.step('what a student sees', async () => {
      const student = await visitor(server, { language, theme });
      await student.signIn('student1');
      await student.goTo('/reports');
      await expect(student.page.getByText(student.words('reports.byCourse')).first()).toBeVisible(patience);
      await look(student, 'report-own', options);
      await student.goTo('/what-is-recorded');
      await expect(student.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
      await look(student, 'what-is-recorded', options);
    });
  });
}
