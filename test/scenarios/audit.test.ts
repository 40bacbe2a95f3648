// The audit log, told over HTTP: what lands in it, who reads it, and that nobody alters it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditAct, AuditPage } from '../../server/contract/audit.ts';
import { routes } from '../../server/contract/http.ts';
import { type Person, SignedIn } from '../../server/contract/identity.ts';
import { SecondFactorSecret } from '../../server/contract/privacy.ts';
import type { Route } from '../../server/contract/route.ts';
import { Campus, codeAt, noon, PASSWORD } from '../support/accounts.ts';

/** By the name of a route: what it leaves in the log. */
const covered: Readonly<Record<string, readonly AuditAct[]>> = {
  changePassword: ['password.changed'],
  firstRun: ['first-run.done'],
  addPerson: ['person.added'],
  changePerson: ['person.changed'],
  importPeople: ['people.imported'],
  confirmSecondFactor: ['second-factor.enrolled'],
  removeSecondFactor: ['second-factor.removed'],
  renewRecoveryCodes: ['second-factor.codes-renewed'],
  resetSecondFactor: ['second-factor.reset'],
  anonymise: ['person.anonymised'],
  addLesson: ['lesson.added'],
  cancelLesson: ['lesson.cancelled'],
  extendLesson: ['lesson.extended'],
  changeLesson: ['lesson.changed', 'lesson.cancelled'],
  makeGuestLink: ['lesson.guest-link-made'],
  revokeGuestLink: ['lesson.guest-link-revoked'],
  addYear: ['calendar.year-added'],
  changeYear: ['calendar.year-changed'],
  removeYear: ['calendar.year-removed'],
  addTerm: ['calendar.term-added'],
  changeTerm: ['calendar.term-changed'],
  removeTerm: ['calendar.term-removed'],
  addSchedule: ['calendar.schedule-added'],
  changeSchedule: ['calendar.schedule-changed'],
  removeSchedule: ['calendar.schedule-removed'],
  addDay: ['calendar.day-added'],
  changeDay: ['calendar.day-changed'],
  removeDay: ['calendar.day-removed'],
  addFaculty: ['faculty.added'],
  changeFaculty: ['faculty.changed'],
  addCourse: ['course.added'],
  changeCourse: ['course.changed'],
  setCoursePeople: ['course.people-set'],
  addGroup: ['group.added'],
  changeGroup: ['group.changed'],
  setGroupMembers: ['group.members-set'],
  addDepartment: ['department.added'],
  changeDepartment: ['department.changed'],
  addProgramme: ['programme.added'],
  changeProgramme: ['programme.changed'],
  addStream: ['stream.added'],
  changeStream: ['stream.changed'],
  removeStream: ['stream.removed'],
  addPlace: ['place.added'],
  changePlace: ['place.changed'],
  addFeed: ['feed.made'],
  revokeFeed: ['feed.revoked'],
  addSeries: ['series.added'],
  changeSeries: ['series.changed'],
  removeSeries: ['series.removed'],
  uploadImport: ['import.uploaded'],
  applyImport: ['import.applied'],
  discardImport: ['import.discarded'],
  addApiKey: ['api-key.added'],
  revokeApiKey: ['api-key.revoked'],
  putTable: ['timetable.put'],
  putTableItem: ['timetable.put'],
  correctRegister: ['register.corrected'],
  signRegister: ['register.signed'],
  reopenRegister: ['register.reopened'],
  addRegisterRule: ['register-rule.added'],
  removeRegisterRule: ['register-rule.removed'],
  addExcusal: ['excusal.added'],
  removeExcusal: ['excusal.removed'],
  drainWorker: ['worker.drained', 'worker.resumed'],
  endRoom: ['lesson.ended-from-outside'],
  replay: ['outbox.replayed'],
  pauseDestination: ['outbox.paused'],
  resumeDestination: ['outbox.resumed'],
  retryDead: ['outbox.retried'],
  rotateTraceKey: ['trace-key.rotated'],
  publishRecording: ['recording.renamed', 'recording.published'],
  editRecording: ['recording.edited'],
  undoRecordingEdit: ['recording.edit-undone'],
  linkRecording: ['recording.linked'],
  unlinkRecording: ['recording.unlinked'],
  exportRecording: ['recording.exported'],
  trashRecording: ['recording.trashed'],
  restoreRecording: ['recording.restored'],
  purgeRecording: ['recording.purged'],
  holdRecording: ['recording.held'],
  releaseRecording: ['recording.released'],
  markRecording: ['recording.marked'],
  changeMark: ['recording.mark-changed'],
  removeMark: ['recording.mark-removed'],
  setCaptions: ['recording.captioned'],
  uploadCaptions: ['recording.captioned'],
  removeCaptions: ['recording.captions-removed'],
};

const ownSessions = 'signing in and out is seen in the sessions, and changes nothing for others';
const ownChoice = 'concerns nobody but the person';
const changesNothing = 'only works something out';
const ownTest = 'changes nothing: a test of one’s own line that ends by itself';
const exceptions: Readonly<Record<string, string>> = {
  signIn: ownSessions,
  signOut: ownSessions,
  signOutEverywhere: ownSessions,
  signInCode: ownSessions,
  endOwnSession: ownSessions,
  changeMe: ownChoice,
  changeFeed: ownChoice,
  changeNotificationSettings: ownChoice,
  readNotifications: ownChoice,
  subscribePush: ownChoice,
  unsubscribePush: ownChoice,
  removePushDevice: ownChoice,
  beginSecondFactor: 'counts only once it is confirmed, which is recorded',
  enter: 'the trace of the lesson holds who came',
  enterAsGuest: 'the trace of the lesson holds who came',
  watched: 'the trace of the lesson holds it',
  addNote: ownChoice,
  changeNote: ownChoice,
  removeNote: ownChoice,
  savePosition: ownChoice,
  callMissing: 'changes nothing: who is called is told so',
  openSharedRecording: 'changes nothing: the link counts how often it was opened',
  recordingTicket: 'changes nothing: what is downloaded by it is recorded',
  beginConnectionTest: ownTest,
  endConnectionTest: ownTest,
  openTestTransport: ownTest,
  connectTestTransport: ownTest,
  publishTestTrack: ownTest,
  subscribeTestTrack: ownTest,
  sendConnectionReport: 'the report itself holds who sent it, and when; nobody changes it',
  seriesConflicts: changesNothing,
  lessonConflicts: changesNothing,
  previewChange: changesNothing,
  sharesPreview: changesNothing,
  previewRegisterRule: changesNothing,
  verifyLesson: changesNothing,
  verifyDay: changesNothing,
  verifyTrace: changesNothing,
};

let campus: Campus;
let admin: string;

beforeAll(async () => {
  campus = await Campus.open();
  admin = await campus.firstAdministrator();
});
afterAll(() => campus.close());

async function log(query = '', token = admin) {
  return AuditPage.parse(await campus.json('GET', `/api/audit${query}`, { token }));
}

async function newest() {
  const [entry] = (await log('?limit=1')).entries;
  if (!entry) throw new Error('The log is empty');
  return entry;
}

async function tokenOf(person: Person): Promise<string> {
  return SignedIn.parse(await campus.signIn(person.signInName)).token;
}

describe('what administrators do to accounts', () => {
  it('P8 is written down with before and after, from where, and without a password', async () => {
    const person = await campus.add(admin, ['student']);
    expect(await newest()).toMatchObject({
      act: 'person.added',
      at: noon,
      actor: { name: 'Әсел Нұрланқызы', kind: 'person' },
      subject: { kind: 'person', id: person.id, name: person.displayName },
      before: null,
      after: { signInName: person.signInName, roles: ['student'] },
    });
    const body = { displayName: 'Жаңа Аты', password: 'Another-one-9' };
    await campus.json('PATCH', `/api/people/${person.id}`, { token: admin, body, from: '203.0.113.9' });
    expect(await newest()).toMatchObject({
      ...{ act: 'person.changed', address: '203.0.113.9' },
      ...{ before: { displayName: person.displayName }, after: { displayName: 'Жаңа Аты', password: '…' } },
    });
    expect(JSON.stringify(await log())).not.toContain('Another-one-9');
  });

  it('P8 a refused act leaves no entry', async () => {
    const { seq } = await newest();
    await campus.refusal('PATCH', '/api/people/nobody', { token: admin, body: { disabled: true } });
    expect((await newest()).seq).toBe(seq);
  });

  it('P8 each of the acts upon accounts is there', async () => {
    const person = await campus.add(admin, ['teacher']);
    const own = await tokenOf(person);
    const { secret } = SecondFactorSecret.parse(await campus.json('POST', '/api/me/second-factor/secret', { token: own, body: {} }));
    const code = codeAt(secret, campus.clock.now());
    await campus.json('PUT', '/api/me/second-factor', { token: own, body: { code } });
    await campus.json('POST', '/api/me/second-factor/recovery-codes', { token: own, body: { proof: { password: PASSWORD } } });
    await campus.json('PUT', '/api/me/password', { token: own, body: { current: PASSWORD, next: 'Another-one-9' } });
    await campus.json('GET', '/api/me/data', { token: own });
    await campus.json('POST', '/api/me/second-factor/removal', { token: own, body: { proof: { password: 'Another-one-9' } } });
    await campus.json('POST', '/api/people/import', {
      token: admin,
      body: { csv: 'signInName,displayName,roles\nimported,Im Ported,teacher' },
    });
    await campus.json('POST', `/api/people/${person.id}/anonymise`, { token: admin });
    const acts = new Set((await log('?limit=200')).entries.map(({ act }) => act));
    for (const act of [
      ...(['second-factor.enrolled', 'second-factor.codes-renewed', 'password.changed', 'own-data.exported'] as const),
      ...(['second-factor.removed', 'people.imported', 'person.anonymised', 'first-run.done'] as const),
    ])
      expect([act, acts.has(act)]).toEqual([act, true]);
  });
});

describe('reading the log', () => {
  it('P10 is for administrators and observers of the whole university', async () => {
    const facultyId = await faculty('Physics');
    for (const [roles, limits, may] of [
      [['observer'], {}, true],
      [['observer'], { roleFaculties: { observer: [facultyId] } }, false],
      [['coordinator'], {}, false],
      [['teacher'], {}, false],
    ] as const) {
      const token = await tokenOf(await campus.add(admin, roles, limits));
      for (const path of ['/api/audit', '/api/audit.csv'])
        expect([roles, path, await campus.refusal('GET', path, { token })]).toEqual([roles, path, may ? null : 'not-allowed']);
    }
    expect(await campus.refusal('GET', '/api/audit')).toBe('not-signed-in');
    expect(await campus.refusal('GET', '/api/audit.csv')).toBe('not-signed-in');
  });

  it('P9 a limit that is taken away counts at once', async () => {
    const facultyId = await faculty('Biology');
    const observer = await campus.add(admin, ['observer'], { roleFaculties: { observer: [facultyId] } });
    const token = await tokenOf(observer);
    expect(await campus.refusal('GET', '/api/audit', { token })).toBe('not-allowed');
    await campus.json('PATCH', `/api/people/${observer.id}`, { token: admin, body: { roleFaculties: {} } });
    expect(await campus.refusal('GET', '/api/audit', { token })).toBeNull();
  });

  it('finds by name, act, person and time, and pages without gaps', async () => {
    const person = await campus.add(admin, ['student'], { displayName: 'Қанат Ғабитов' });
    expect((await log(`?search=${encodeURIComponent('ганат')}`)).total).toBe(0);
    expect((await log(`?search=${encodeURIComponent('Қанат')}`)).entries.map(({ subject }) => subject.id)).toEqual([person.id]);
    expect((await log(`?subjectId=${person.id}&act=person.added`)).total).toBe(1);
    expect((await log(`?from=${noon + 1_000_000_000}`)).total).toBe(0);
    const all = await log('?limit=200');
    const seen: number[] = [];
    for (let before: number | null = null, page = await log('?limit=3'); ; page = await log(`?limit=3&before=${before}`)) {
      seen.push(...page.entries.map(({ seq }) => seq));
      before = page.next;
      if (before === null) break;
    }
    expect(seen).toEqual(all.entries.map(({ seq }) => seq));
  });

  it('as a table is whole, runs no formula, and is itself written down', async () => {
    await campus.add(admin, ['student'], { displayName: '=HYPERLINK("http://evil")' });
    const response = await campus.call('GET', '/api/audit.csv', { token: admin });
    expect(response.headers.get('content-disposition')).toContain('audit.csv');
    const text = await response.text();
    const [, ...rows] = z.array(z.array(z.string())).parse(parse(text, { bom: true, delimiter: ';' }));
    expect(rows).toHaveLength((await log('?limit=1')).total);
    expect(text).toContain("'=HYPERLINK");
    expect(rows.flat().filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
    expect((await newest()).act).toBe('audit.exported');
  });
});

describe('the log itself', () => {
  it('P8 no route changes it', async () => {
    const changing = Object.values<Route>(routes).filter(({ method, path }) => path.startsWith('/api/audit') && method !== 'GET');
    expect(changing).toEqual([]);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['/api/audit', '/api/audit/1', '/api/audit.csv'])
        expect([method, path, await campus.refusal(method, path, { token: admin, ...(method !== 'DELETE' && { body: {} }) })]).toEqual([
          ...[method, path, 'not-found'],
        ]);
  });

  it('P8 every changing route is either covered by an act that the server records, or has a reason not to be', () => {
    const source = sourceOf(join(import.meta.dirname, '../../server'));
    const names = Object.entries<Route>(routes)
      .filter(([, { method }]) => method !== 'GET')
      .map(([name]) => name);
    const unknown = names.filter((name) => !(name in covered) && !(name in exceptions));
    expect(unknown, 'say in `covered` which act it records, or in `exceptions` why none').toEqual([]);
    for (const [name, acts] of Object.entries(covered)) {
      expect(names).toContain(name);
      for (const act of acts) {
        expect(AuditAct.options).toContain(act);
        expect([name, act, source.includes(`'${act}'`)]).toEqual([name, act, true]);
      }
    }
  });
});

async function faculty(name: string): Promise<string> {
  const made = await campus.json('POST', '/api/faculties', { token: admin, body: { name } });
  if (typeof made !== 'object' || made === null || !('id' in made) || typeof made.id !== 'string') throw new Error('No faculty was made');
  return made.id;
}

/** All of the server but the contract, where the acts are merely named. */
function sourceOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.test.ts') && !file.parentPath.includes('/contract'),
    )
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}
