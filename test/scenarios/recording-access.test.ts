// Who may see what of a recording: every kind of person, in every state of it, at every address. Rights are those of the moment.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Recordings } from '../../server/contract/recording.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { Lesson } from '../../server/contract/timetable.ts';
import { noon } from '../support/accounts.ts';
import { assistantId, lessonId, observerId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { openShownRecording, type Shown } from '../support/shown-recording.ts';

const hour = 3_600_000;
const student = studentId(1);
let shown: Shown;

beforeAll(async () => {
  shown = await openShownRecording();
  // Its pictures and sound are encoded first.
}, 60_000);
afterAll(() => shown.close());

const fresh = {
  ...{ hidden: 0, visible_from: null, visible_until: null, audience: 'lesson', download: 1, state: 'ended' },
  ...{ trashed_at: null, archived_at: null, purging_at: null, purged_at: null },
} as const;
afterEach(() => shown.become(fresh));

const at = '/api/recordings/recording';
/** What a stranger could try. */
const routes = {
  manifest: ['GET', at],
  page: ['GET', `${at}/page`],
  range: ['GET', `${at}/files/p0001.mp4`],
  index: ['GET', `${at}/files/p0001.jsonl`],
  thumbnail: ['GET', `${at}/files/thumbnail.jpg`],
  timeline: ['GET', `${at}/timeline`],
  captions: ['GET', `${at}/captions/kk`],
  ticket: ['POST', `${at}/tickets`],
} as const;

/** `ok`, or the refusal with its reason. */
async function outcome(who: string | undefined, name: keyof typeof routes): Promise<string> {
  const [method, path] = routes[name];
  const headers = { ...(who !== undefined && { authorization: `Bearer ${who}` }), range: 'bytes=0-99' };
  const body = method === 'POST' ? { body: JSON.stringify({ file: 'hls' }) } : {};
  const response = await fetch(shown.campus.app.url + path, {
    method,
    headers: { ...headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...body,
  });
  if (response.ok) {
    await response.arrayBuffer();
    return 'ok';
  }
  const { code, details } = Refusal.parse(await response.json());
  return details?.why === undefined ? code : `${code}:${String(details.why)}`;
}

/** The same at all addresses; captions may not be there, which is told to those only who may ask. */
async function everywhere(who: string | undefined): Promise<string> {
  const seen = new Set<string>();
  for (const name of Object.keys(routes) as (keyof typeof routes)[]) {
    const said = await outcome(who, name);
    if (name === 'captions' && said === 'not-found' && seen.has('ok')) continue;
    seen.add(said);
  }
  return [...seen].join(' and ');
}

const editors = [teacherId, assistantId, 'coordinator', 'physics-coordinator', 'admin'];
const outsiders = [strangerId, 'lawyer', 'law-coordinator', observerId, 'physics-observer'];
const tell = async (people: readonly (string | undefined)[]) => Promise.all(people.map(everywhere));
const all = (people: readonly unknown[], what: string) => people.map(() => what);

describe('V40 at every address', () => {
  it('the people of the lesson and those who arrange it watch; others do not, and nobody without an account', async () => {
    expect(await tell([...editors, student])).toEqual(all([...editors, student], 'ok'));
    expect(await tell(outsiders)).toEqual(all(outsiders, 'not-allowed'));
    expect(await everywhere(undefined)).toBe('not-signed-in');
    expect(await everywhere('no-such-session')).toBe('not-signed-in');
  });

  it.each([
    ['hidden', { hidden: 1 }, 'not-allowed:hidden'],
    ['not yet to be seen', { visible_from: noon + hour }, 'not-allowed:not-yet'],
    ['not to be seen any longer', { visible_until: noon }, 'not-allowed:no-longer'],
    ['in the trash', { trashed_at: noon }, 'not-found'],
  ] as const)('what is %s is so for students, and not for those who teach', async (_, change, said) => {
    await shown.become(change);
    expect(await everywhere(student)).toBe(said);
    expect(await outcome(teacherId, 'manifest')).toBe('ok');
    expect(await outcome(outsiders[0], 'manifest')).toBe(said === 'not-found' ? 'not-found' : 'not-allowed');
  });

  it('V41 what is archived is left to coordinators and administrators, what is purged to nobody', async () => {
    await shown.become({ archived_at: noon });
    expect(await tell([teacherId, assistantId, student])).toEqual(all([1, 2, 3], 'not-allowed:no-longer'));
    expect(await tell(['coordinator', 'physics-coordinator', 'admin'])).toEqual(all([1, 2, 3], 'ok'));
    await shown.become({ archived_at: null, trashed_at: noon, purging_at: noon });
    expect(await tell([...editors, student])).toEqual(all([...editors, 1], 'not-found'));
    await shown.become({ purged_at: noon });
    expect(await tell([...editors, student, strangerId])).toEqual(all([...editors, 1, 2], 'not-found'));
  });

  it('V42 the audience is the lesson, the course, or everybody who is signed in', async () => {
    // Of another group of the same course, and of no course at all.
    const { db } = shown.database;
    await db.insertInto('student_group').values({ id: 'second', faculty_id: 'faculty', name: 'PHY-22' }).execute();
    await db.insertInto('group_member').values({ group_id: 'second', person_id: 'lawyer' }).execute();
    await db.insertInto('lesson_group').values({ lesson_id: 'next', group_id: 'second' }).execute();
    const seen = async () => [await everywhere('lawyer'), await everywhere(strangerId), await everywhere(undefined)];
    expect(await seen()).toEqual(['not-allowed', 'not-allowed', 'not-signed-in']);
    await shown.become({ audience: 'course' });
    expect(await seen()).toEqual(['ok', 'not-allowed', 'not-signed-in']);
    await shown.become({ audience: 'university' });
    expect(await seen()).toEqual(['ok', 'ok', 'not-signed-in']);
  });

  it('V43 while the class runs its students look back only where its rules let them, and nobody from outside', async () => {
    await shown.become({ state: 'recording', audience: 'university' });
    expect([await outcome(student, 'manifest'), await outcome(strangerId, 'manifest')]).toEqual(['ok', 'not-allowed:not-yet']);
    const { db } = shown.database;
    const { rules } = await db.selectFrom('lesson').select('rules').where('id', '=', lessonId).executeTakeFirstOrThrow();
    const setRules = (text: string) => db.updateTable('lesson').set({ rules: text }).where('id', '=', lessonId).execute();
    await setRules(JSON.stringify({ ...JSON.parse(rules), rewind: false }));
    expect([await everywhere(student), await outcome(teacherId, 'manifest')]).toEqual(['not-allowed:rewind-not-allowed', 'ok']);
    await setRules(rules);
  });

  it('V40 a student who leaves the group is refused with the next request, in the middle of a file', async () => {
    expect(await outcome(student, 'range')).toBe('ok');
    const { db } = shown.database;
    await db.deleteFrom('group_member').where('person_id', '=', student).execute();
    expect(await everywhere(student)).toBe('not-allowed');
    await db.insertInto('group_member').values({ group_id: 'group', person_id: student }).execute();
    expect(await everywhere(student)).toBe('ok');
  });

  it('V40 what may not be watched is neither listed nor counted', async () => {
    const listed = async (who: string) => {
      const { recordings } = Recordings.parse(await shown.campus.json('GET', `/api/lessons/${lessonId}/recordings`, { token: who }));
      const lesson = Lesson.parse(await shown.campus.json('GET', `/api/lessons/${lessonId}`, { token: who }));
      return [recordings.length, lesson.recordings];
    };
    expect([await listed(student), await listed(teacherId), await listed(strangerId)]).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    await shown.become({ hidden: 1 });
    expect([await listed(student), await listed(teacherId)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    await shown.become({ ...fresh, trashed_at: noon });
    expect([await listed(student), await listed(teacherId)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('V45 changing it is for those who teach it', async () => {
    const tries = [
      ['PATCH', at, { hidden: true }],
      ['GET', `${at}/edits`, undefined],
      ['POST', `${at}/edits`, { kind: 'cut', fromMs: 0, toMs: 1000 }],
      ['GET', `${at}/links`, undefined],
      ['POST', `${at}/links`, { expiresAt: noon + hour, password: null }],
      ['GET', `${at}?as=editor`, undefined],
      ['GET', `${at}/files/p0001.mp4?as=editor`, undefined],
    ] as const;
    for (const [method, path, body] of tries)
      for (const [who, code] of [
        [student, 'not-allowed'],
        [strangerId, 'not-allowed'],
        [undefined, 'not-signed-in'],
      ] as const)
        expect([method, path, who, await shown.campus.refusal(method, path, { token: who, body })]).toEqual([method, path, who, code]);
  });

  it('V46 downloading is for whom it is allowed; others have their name across the picture', async () => {
    const film = (token: string) => shown.campus.refusal('GET', `${at}/files/class.mp4`, { token });
    expect([await film(student), await film(teacherId), await film(strangerId)]).toEqual([null, null, 'not-allowed']);
    await shown.become({ download: 0 });
    expect([await film(student), await film(teacherId)]).toEqual(['not-allowed', null]);
    const page = async (token: string) => shown.campus.json('GET', `${at}/page`, { token });
    expect(await page(student)).toMatchObject({ watermark: `Name of ${student}`, may: { download: false, edit: false } });
    expect(await page(teacherId)).toMatchObject({ watermark: null, may: { download: true, edit: true } });
  });
});
