// Fills the demo university's catalogue, calendar and week into the transaction that makes it, and lays out its lessons.
import type { Transaction } from 'kysely';
import { openLayout, readCalendar } from './app-layout.ts';
import { CalendarStore } from './calendar/calendar.store.ts';
import {
  AcademicYearId,
  CalendarDayId,
  CourseId,
  DepartmentId,
  FacultyId,
  GroupId,
  type Instant,
  PersonId,
  PlaceId,
  ProgrammeId,
  SeriesId,
  StreamId,
  TermId,
} from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import { CatalogueStore } from './timetable/catalogue.store.ts';
import { CourseStore } from './timetable/catalogue-courses.store.ts';
import { GroupStore } from './timetable/catalogue-groups.store.ts';
import { type DemoUniversity, demoFacultyId, demoScheduleId } from './timetable/demo.ts';
import { demoDepartments, demoPlaces, demoProgrammes, demoStream, programmeOfGroup } from './timetable/demo-week.ts';
import { LayoutStore } from './timetable/layout.store.ts';
import { PlaceStore } from './timetable/places.store.ts';
import { SeriesStore } from './timetable/series.store.ts';
import { StreamStore } from './timetable/streams.store.ts';

const longestTermMs = 26 * 7 * 24 * 3_600_000;

export interface DemoIds {
  readonly person: (signInName: string) => string;
  readonly group: (name: string) => string;
  readonly course: (key: string) => string;
}

const facultyId = FacultyId.parse(demoFacultyId);
const streamId = StreamId.parse('demo-stream-1');

export async function fillDemoCatalogue(trx: Transaction<Database>, university: DemoUniversity, ids: DemoIds): Promise<void> {
  const catalogue = new CatalogueStore(trx);
  await catalogue.addFaculty(facultyId, university.faculty);
  for (const name of demoDepartments) await catalogue.addDepartment(departmentId(name), { facultyId, name });
  for (const { code, name } of demoProgrammes) {
    await catalogue.addProgramme(programmeId(code), {
      ...{ facultyId, departmentId: departmentId(demoDepartments[0]), code, name, field: 'other' },
    });
  }
  const groups = new GroupStore(trx);
  for (const name of university.groups) {
    const code = programmeOfGroup[name.slice(0, 2)];
    await groups.add({ id: GroupId.parse(ids.group(name)), facultyId, name, programmeId: code === undefined ? null : programmeId(code) });
  }
  const everybody = university.groups.map((name) => GroupId.parse(ids.group(name)));
  await new StreamStore(trx).add(streamId, { facultyId, name: demoStream, groupIds: everybody });
  const courses = new CourseStore(trx);
  for (const [key, { code, title, department, credits }] of Object.entries(university.courses)) {
    // 30 hours to a credit, as the ministry counts them.
    const hours = { credits: credits || null, plannedHours: credits * 30 || null };
    await courses.add(CourseId.parse(ids.course(key)), { facultyId, code, title, departmentId: departmentId(department), ...hours });
  }
  const places = new PlaceStore(trx);
  for (const [key, place] of Object.entries(demoPlaces)) await places.add(placeId(key), place);
}

/** The calendar and the week, and the lessons of the term: those that are over, too. */
export async function fillDemoPlan(
  trx: Transaction<Database>,
  { calendar: { year, terms, bells, days }, series, groups }: DemoUniversity,
  { ids, now, timeZone }: { readonly ids: DemoIds; readonly now: Instant; readonly timeZone: string },
): Promise<void> {
  const calendar = new CalendarStore(trx);
  const yearId = AcademicYearId.parse('demo-year-1');
  await calendar.addYear(yearId, year);
  for (const { id, ...term } of terms) await calendar.addTerm(TermId.parse(id), { ...term, yearId });
  await calendar.addSchedule(demoScheduleId, { name: '50 минут', isDefault: true, bells: [...bells] });
  for (const [index, day] of days.entries())
    await calendar.addDay(CalendarDayId.parse(`demo-day-${index + 1}`), { ...day, taughtAs: null, facultyId: null });

  const store = new SeriesStore(trx);
  for (const [index, { course, teacher, groups: names, place, ...one }] of series.entries()) {
    const isStream = names.length === groups.length;
    await store.add(
      SeriesId.parse(`demo-series-${index + 1}`),
      {
        ...{ ...one, courseId: CourseId.parse(ids.course(course)), teacherId: PersonId.parse(ids.person(teacher)), rules: null },
        groupIds: isStream ? [] : names.map((name) => GroupId.parse(ids.group(name))),
        streamIds: isStream ? [streamId] : [],
        placeId: place === null ? null : placeId(place),
      },
      now,
    );
  }
  const lessons = new LayoutStore(trx, readCalendar);
  await openLayout({ db: trx, timeZone, clock: { now: () => now - longestTermMs } }).layOutSome(lessons, await lessons.waiting());
}

const departmentId = (name: (typeof demoDepartments)[number]) => DepartmentId.parse(`demo-department-${demoDepartments.indexOf(name) + 1}`);
const programmeId = (code: string) => ProgrammeId.parse(`demo-programme-${code}`);
const placeId = (key: string) => PlaceId.parse(`demo-place-${key}`);
