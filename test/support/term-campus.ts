// A whole server in a term of two faculties: lessons held, running and to come; who asks shows the own id as token.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LessonId, type PersonId } from '../../server/contract/ids.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { searchText, sortKey } from '../../server/database/text.ts';
import { hashOfToken } from '../../server/identity/token-hash.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { Campus, noon } from './accounts.ts';
import { assistantId, endsAt, fillCampus, lessonId, observerId, openRules, startsAt, strangerId, studentId, teacherId } from './campus.ts';
import { Visitor } from './people.ts';

const minute = 60_000;
export const day = 24 * 60 * minute;
/** Runs at noon; the other group's lesson at the same time runs too. */
export const runningId = LessonId.parse('running');
export const otherRunningId = LessonId.parse('other-running');

/** Who there is beside those of `fillCampus`. Limited roles are named by their faculty. */
const staff = {
  admin: { roles: ['administrator'], in: {} },
  coordinator: { roles: ['coordinator'], in: {} },
  'law-coordinator': { roles: ['coordinator'], in: { coordinator: ['law'] } },
  'physics-coordinator': { roles: ['coordinator'], in: { coordinator: ['faculty'] } },
  'physics-observer': { roles: ['observer'], in: { observer: ['faculty'] } },
  lawyer: { roles: ['teacher'], in: {} },
} as const;

const texts = (...of: [string, ...string[]]) => ({ sort_key: sortKey(of[0]), search_text: searchText(...of) });

export async function openTermCampus(env: NodeJS.ProcessEnv = {}): Promise<Campus> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-term-'));
  await mkdir(join(folder, 'data'));
  const database = await openDatabase(join(folder, 'data', 'auditoria.sqlite'));
  await fill(database.db);
  await database.close();
  return Campus.open(env, noon, folder);
}

async function fill(db: Awaited<ReturnType<typeof openDatabase>>['db']): Promise<void> {
  await fillCampus(db);
  const person = ([id, { roles, in: faculties }]: readonly [string, { readonly roles: readonly string[]; readonly in: object }]) => ({
    ...{ id, sign_in_name: id, display_name: `Name of ${id}`, email: null, language: null, ...texts(id) },
    ...{ roles: JSON.stringify(roles), role_faculties: JSON.stringify(faculties), password_hash: null, disabled: 0, created_at: 0 },
  });
  await db.insertInto('person').values(Object.entries(staff).map(person)).execute();
  const everybody = [...Object.keys(staff), teacherId, assistantId, observerId, strangerId, ...[1, 2, 3, 4, 5].map(studentId)];
  const times = { created_at: noon, last_seen_at: noon, expires_at: noon + 30 * day };
  await db
    .insertInto('session')
    .values(everybody.map((id) => ({ token_hash: hashOfToken(id), person_id: id, ...times, user_agent: 'Test', address: '127.0.0.1' })))
    .execute();

  await db
    .updateTable('faculty')
    .set({ name: 'Physics', ...texts('Physics') })
    .execute();
  await db
    .insertInto('faculty')
    .values({ id: 'law', name: 'Құқық', ...texts('Құқық') })
    .execute();
  const programme = (id: string, facultyId: string, field: string) => ({
    ...{ id, faculty_id: facultyId, department_id: null, code: id, name: `Programme ${id}`, field, external_id: null, ...texts(id) },
  });
  await db
    .insertInto('programme')
    .values([programme('optics', 'faculty', 'science'), programme('jurists', 'law', 'law')])
    .execute();
  await db
    .updateTable('student_group')
    .set({ programme_id: 'optics', ...texts('PHY-21') })
    .execute();
  await db
    .insertInto('student_group')
    .values({ id: 'lawyers', faculty_id: 'law', name: 'LAW-1', programme_id: 'jurists', ...texts('LAW-1') })
    .execute();
  await db.insertInto('group_member').values({ group_id: 'lawyers', person_id: strangerId }).execute();
  await db
    .updateTable('course')
    .set({ credits: 5, planned_hours: 20, ...texts('Optics', 'PHY1') })
    .execute();
  await db
    .insertInto('course')
    .values({ id: 'civil', faculty_id: 'law', code: '@LAW', title: '=1+1', credits: 3, planned_hours: 4, ...texts('=1+1', '@LAW') })
    .execute();
  await db
    .insertInto('place')
    .values({ id: 'hall', building: 'Main', name: '101', capacity: null, external_id: null, ...texts('Main 101') })
    .execute();
  await db.insertInto('academic_year').values({ id: 'y', name: '2026', starts_on: '2026-09-01', ends_on: '2027-06-30' }).execute();
  const term = { year_id: 'y', external_id: null };
  await db
    .insertInto('term')
    .values([
      { id: 'autumn', name: 'Autumn', starts_on: '2026-09-01', ends_on: '2026-12-31', ...term },
      { id: 'spring', name: 'Spring', starts_on: '2027-01-15', ends_on: '2027-05-31', ...term },
    ])
    .execute();

  const lesson = async (id: string, courseId: string, groupId: string, teacher: string, starts: number) => {
    await db
      .insertInto('lesson')
      .values({
        ...{ id, course_id: courseId, kind: 'seminar', title: `Title of ${id}`, starts_at: starts, ends_at: starts + 50 * minute },
        ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacher, rules: JSON.stringify(openRules), mode: 'online' },
        ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 0 },
      })
      .execute();
    await db.insertInto('lesson_group').values({ lesson_id: id, group_id: groupId }).execute();
  };
  await lesson(runningId, 'course', 'group', teacherId, noon - 10 * minute);
  await lesson('next', 'course', 'group', teacherId, noon + 7 * day);
  await lesson(otherRunningId, 'civil', 'lawyers', 'lawyer', noon - 10 * minute);

  const entry = (
    personId: PersonId,
    at: number,
    kind: 'participant-joined' | 'participant-left' | 'connection-opened' | 'connection-closed',
  ) => ({
    ...{
      lessonId,
      at,
      kind,
      personId,
      participantId: `of-${personId}`,
      connectionId: kind.startsWith('connection') ? `c-${personId}` : null,
    },
    detail: { role: 'student', reason: 'left', by: null, beside: null },
    personal: { name: personId, device: 'Test', address: '127.0.0.1' },
  });
  const stay = (personId: PersonId, from: number) => [
    ...(['participant-joined', 'connection-opened'] as const).map((kind) => entry(personId, from, kind)),
    ...(['connection-closed', 'participant-left'] as const).map((kind) => entry(personId, endsAt, kind)),
  ];
  await new TraceStore(db).append([
    ...stay(teacherId, startsAt),
    ...stay(studentId(1), startsAt),
    ...stay(studentId(2), startsAt + 20 * minute),
  ]);
  await db
    .insertInto('recording')
    .values({
      ...{ id: 'recording', lesson_id: lessonId, state: 'ended', started_at: startsAt, ended_at: endsAt, end_reason: 'stopped' },
      ...{ directory: 'recording', started_by: teacherId, bytes: 1 },
    })
    .execute();
}

/** Has a token for the class and a socket, and has not asked to come in. `address`: where from; else the loopback. */
export async function atTheDoor(
  campus: Campus,
  person: PersonId,
  id: LessonId = runningId,
  address: string | null = null,
): Promise<Visitor> {
  const sending = { token: person, body: {}, ...(address !== null && { from: address }) };
  const { roomToken } = LessonEntered.parse(await campus.json('POST', `/api/lessons/${id}/enter`, sending));
  const visitor = new Visitor(
    () => campus.app.url,
    () => roomToken,
  );
  visitor.address = address;
  await visitor.connect();
  return visitor;
}
