// The page of a course over HTTP, on a whole server: what its people, other teachers, strangers and guests see; and what is found while typing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { routes } from '../../server/contract/http.ts';
import { GuestEntered } from '../../server/contract/identity.ts';
import { CourseAttendance, CourseNow, CoursePage, Found, GuestLink } from '../../server/contract/timetable.ts';
import type { Campus } from '../support/accounts.ts';
import { lessonId, startsAt } from '../support/campus.ts';
import { openTermCampus, otherRunningId, runningId } from '../support/term-campus.ts';

const Recordings = routes.courseRecordings.answer;

let campus: Campus;
/** Of somebody who came to the lesson by its link. */
let guest: string;
beforeAll(async () => {
  campus = await openTermCampus();
  const made = await campus.json('POST', `/api/lessons/${runningId}/guest-link`, { token: 'teacher', body: {} });
  const link = GuestLink.parse(made).url?.split('/').at(-1);
  guest = GuestEntered.parse(await campus.json('POST', `/api/guests/${link}`, { body: { name: 'Guest', consent: true } })).guestToken;
});
afterAll(() => campus.close());

async function get<S extends z.ZodType>(schema: S, path: string, token: string): Promise<z.output<S>> {
  return schema.parse(await campus.json('GET', path, { token }));
}
const course = '/api/courses/course';

describe('the page of a course', () => {
  it.each([
    ['student1', 'student'],
    ['teacher', 'teacher'],
    ['assistant', 'assistant'],
    ['physics-coordinator', 'observer'],
    ['physics-observer', 'observer'],
    ['admin', 'observer'],
    ['law-coordinator', 'none'],
    ['lawyer', 'none'],
    ['stranger', 'none'],
  ])('shows everybody the course and its link, and tells %s to be its %s', async (who, role) => {
    expect(await get(CoursePage, `${course}/page`, who)).toMatchObject({
      course: { id: 'course', code: 'PHY1', title: 'Optics', faculty: { name: 'Physics' } },
      teachers: [{ id: 'teacher' }],
      groups: [{ id: 'group', name: 'PHY-21' }],
      link: `${campus.app.url}/courses/course`,
      ...{ role, lessons: { past: 1, coming: 2 } },
    });
  });

  it.each(['page', 'now', 'recordings', 'attendance'])(
    'is refused to guests and whoever is not signed in, and unknown where there is no such course: %s',
    async (what) => {
      expect(await campus.refusal('GET', `${course}/${what}`)).toBe('not-signed-in');
      expect(await campus.refusal('GET', `${course}/${what}`, { token: guest })).toBe('not-signed-in');
      expect(await campus.refusal('GET', `/api/courses/unknown/${what}`, { token: 'student1' })).toBe('not-found');
    },
  );
});

describe('C13 the lasting link', () => {
  const leads = async (who: string, id = 'course') => (await get(CourseNow, `/api/courses/${id}/now`, who)).lesson;

  it('leads the people of the course to their lesson that runs, and others to anybody’s, which lets them into the lobby only', async () => {
    expect(await leads('student1')).toMatchObject({ id: runningId, role: 'student', canEnter: true });
    expect(await leads('teacher')).toMatchObject({ id: runningId, role: 'teacher', canEnter: true });
    expect(await leads('stranger')).toMatchObject({ id: runningId, role: 'none' });
    expect(await leads('stranger', 'civil')).toMatchObject({ id: otherRunningId, role: 'student' });
  });
});

describe('the recordings of a course', () => {
  const seen = async (who: string) => (await get(Recordings, `${course}/recordings`, who)).recordings.map(({ id }) => id);

  it.each(['student1', 'student5', 'teacher', 'assistant', 'admin', 'coordinator', 'physics-coordinator'])(
    'are listed for %s',
    async (who) => {
      expect(await get(Recordings, `${course}/recordings`, who)).toMatchObject({
        recordings: [{ id: 'recording', lessonId, lessonTitle: 'Diffraction' }],
      });
    },
  );

  it.each(['lawyer', 'stranger', 'observer', 'law-coordinator'])(
    'are not for %s, who neither belongs to the lessons nor arranges them',
    async (who) => {
      expect(await seen(who)).toEqual([]);
    },
  );
});

describe('the attendance of a course', () => {
  const seen = async (who: string) => (await get(CourseAttendance, `${course}/attendance`, who)).lessons;
  const of = { lessonId, title: 'Diffraction', startsAt };

  it('shows students their own, and nothing of anybody else', async () => {
    expect(await seen('student1')).toEqual([{ ...of, own: { verdict: 'present', minutes: 50 }, totals: null }]);
    expect(await seen('student2')).toEqual([{ ...of, own: { verdict: 'late', minutes: 30 }, totals: null }]);
    expect(await seen('student3')).toEqual([{ ...of, own: { verdict: 'absent', minutes: 0 }, totals: null }]);
  });

  it.each(['teacher', 'assistant', 'admin', 'coordinator', 'observer', 'physics-coordinator', 'physics-observer'])(
    'shows %s the totals',
    async (who) => {
      expect(await seen(who)).toEqual([{ ...of, own: null, totals: { roster: 5, present: 1, late: 1, leftEarly: 0, absent: 3 } }]);
    },
  );

  it.each(['lawyer', 'stranger', 'law-coordinator'])('shows %s nothing', async (who) => {
    expect(await seen(who)).toEqual([]);
  });
});

describe('what is found while typing', () => {
  const found = async (what: string, query = '', who = 'student1') => (await get(Found, `/api/find/${what}${query}`, who)).found;

  it('is open to everybody who is signed in, and to nobody else', async () => {
    for (const what of ['groups', 'teachers', 'courses', 'places', 'faculties']) {
      for (const who of ['student1', 'stranger', 'lawyer', 'observer', 'law-coordinator', 'admin'])
        expect((await found(what, '', who)).length, `${what} for ${who}`).toBeGreaterThan(0);
      expect(await campus.refusal('GET', `/api/find/${what}`)).toBe('not-signed-in');
      expect(await campus.refusal('GET', `/api/find/${what}`, { token: guest })).toBe('not-signed-in');
      expect(await campus.refusal('GET', `/api/find/${what}?search=${'x'.repeat(121)}`, { token: 'student1' })).toBe('bad-request');
    }
  });

  it('is narrowed by what is typed, by the faculty, and to one', async () => {
    expect(await found('groups', '?search=law')).toEqual([{ id: 'lawyers', name: 'LAW-1', detail: 'Құқық' }]);
    expect(await found('groups', '?facultyId=faculty')).toMatchObject([{ id: 'group' }]);
    expect(await found('groups', '?id=group&search=law')).toMatchObject([{ id: 'group' }]);
    expect(await found('courses', '?search=phy1%20opt')).toEqual([{ id: 'course', name: 'Optics', detail: 'PHY1' }]);
    expect(await found('courses', '?facultyId=law')).toMatchObject([{ id: 'civil' }]);
    expect(await found('places', '?search=main')).toEqual([{ id: 'hall', name: '101', detail: 'Main' }]);
    expect(await found('faculties', `?search=${encodeURIComponent('кукык')}`)).toMatchObject([{ id: 'law' }]);
    expect(await found('groups', '?search=%25')).toEqual([]);
  });

  it('are teachers only, with sign-in names for those who arrange', async () => {
    const names = (detail: (id: string) => string) =>
      ['lawyer', 'teacher'].map((id) => ({ id, name: `Name of ${id}`, detail: detail(id) }));
    for (const who of ['student1', 'lawyer', 'observer', 'physics-observer'])
      expect(await found('teachers', '', who)).toEqual(names(() => ''));
    for (const who of ['admin', 'law-coordinator']) expect(await found('teachers', '', who)).toEqual(names((id) => id));
    expect(await found('teachers', '?facultyId=law')).toMatchObject([{ id: 'lawyer' }]);
    expect(await found('teachers', '?search=student')).toEqual([]);
  });
});
