// A class as an LRS and a webhook are told of it: statements of the Virtual Classroom profile, and events, on both databases.
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { AttendanceRule } from '../../server/contract/attendance.ts';
import { ConnectionId, MessageId, ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import type { TracedFact } from '../../server/facts.ts';
import { lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { LrsServer, type Statement } from '../support/lrs-server.ts';
import { joinOf, Outboxed, publicUrl } from '../support/outboxed.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { eachDatabase } from './databases.ts';

const MINUTE = 60_000;
const vc = 'https://w3id.org/xapi/virtual-classroom';
const room = (minute: number) => ({ lessonId, at: startsAt + minute * MINUTE });
const one = (minute: number) => ({ ...room(minute), personId: studentId(1), participantId: ParticipantId.parse('p1') });
const track = (minute: number, source: 'camera' | 'microphone' | 'screen' | 'screen-audio') => ({
  ...{ ...one(minute), connectionId: ConnectionId.parse('c1'), trackId: TrackId.parse(`t-${source}`), source },
});
const recordingId = RecordingId.parse('r1');
const message = { ...one(8), id: MessageId.parse('m1'), name: 'Name of student1', text: 'a secret question' };
const check = { checkId: 'check1', closesAt: startsAt + 11 * MINUTE, asked: [studentId(1)], by: teacherId };
const rule = AttendanceRule.parse({ lateAfterMinutes: 10, presentFromShare: 0.7 });
const signing = { by: teacherId, byName: 'Name of teacher' };

const facts: readonly TracedFact[] = [
  { ...room(0), type: 'room-opened' },
  joinOf(1),
  { ...one(1), type: 'hand-raised' },
  { ...one(2), type: 'hand-lowered', by: teacherId },
  { ...track(3, 'camera'), type: 'track-published', pausedBy: [] },
  { ...track(3, 'screen-audio'), type: 'track-published', pausedBy: [] },
  { ...track(4, 'microphone'), type: 'track-published', pausedBy: ['self'] },
  { ...track(5, 'microphone'), type: 'track-resumed', pausedBy: [] },
  { ...track(6, 'microphone'), type: 'track-paused', by: 'muted', byPerson: teacherId },
  { ...track(6, 'microphone'), type: 'track-closed', reason: 'unpublished' },
  { ...track(7, 'screen'), type: 'track-published', pausedBy: [] },
  { ...track(8, 'screen'), type: 'track-closed', reason: 'unpublished' },
  { ...one(8), type: 'message-posted', message },
  { ...room(9), type: 'recording-started', recordingId, by: teacherId },
  { ...room(10), type: 'presence-check-begun', ...check },
  { ...one(10.5), type: 'presence-check-answered', checkId: 'check1' },
  { ...track(11, 'camera'), type: 'track-closed', reason: 'unpublished' },
  { ...room(12), type: 'recording-stopped', recordingId, by: null, reason: 'class-ended' },
  { ...one(49), type: 'participant-left', reason: 'class-ended', by: null },
  { ...room(50), type: 'room-closed', reason: 'ended-by-teacher', by: teacherId },
  {
    ...room(90),
    ...{ type: 'recording-watched', personId: studentId(1), recordingId, fromMs: 1500, toMs: 31_500, live: false, toldAt: room(80).at },
  },
];

eachDatabase((_name, open) => {
  let lrs: LrsServer;
  let hook: WebhookReceiver;
  let where: string;
  beforeAll(async () => {
    where = (await open()).where;
  });
  const statements = () => [...lrs.stored.values()];
  const short = ({ actor, verb, object }: Statement) =>
    [actor.account.name, verb.id.split('/').at(-1), object.id.replace(publicUrl, ''), object.definition.type.split('/').at(-1)].join(' ');

  it('O9 tells a whole class, its register, and corrections after it was signed', async () => {
    lrs = await LrsServer.open();
    hook = await WebhookReceiver.open();
    const outboxed = await Outboxed.open(where, { lrs, hook, more: { language: 'kk' } });
    onTestFinished(async () => {
      await outboxed.stop();
      await lrs.close();
      await hook.close();
    });
    await outboxed.write(facts);
    await outboxed.pass();
    expect(statements().map(short)).toEqual([
      'auditoria:server initialized /lessons/lesson virtual-classroom',
      'student1 join /lessons/lesson virtual-classroom',
      'student1 reacted /lessons/lesson virtual-classroom',
      'student1 unreacted /lessons/lesson virtual-classroom',
      'student1 start /lessons/lesson/people/student1/camera camera',
      'student1 start /lessons/lesson/people/student1/microphone micro',
      'student1 stopped /lessons/lesson/people/student1/microphone micro',
      'student1 share /lessons/lesson/people/student1/screen screen',
      'student1 unshare /lessons/lesson/people/student1/screen screen',
      'student1 posted /lessons/lesson/messages/m1 message',
      'teacher start /recordings/r1 video',
      'teacher asked /lessons/lesson/presence-checks/check1 cmi.interaction',
      'student1 answered /lessons/lesson/presence-checks/check1 cmi.interaction',
      'student1 stopped /lessons/lesson/people/student1/camera camera',
      'auditoria:server stopped /recordings/r1 video',
      'student1 leave /lessons/lesson virtual-classroom',
      'teacher terminated /lessons/lesson virtual-classroom',
      'student1 experienced /recordings/r1 video',
    ]);
    const all = statements();
    expect(new Set(all.map((statement) => statement.context.registration)).size).toBe(1);
    expect(
      new Set(all.map((statement) => statement.context.extensions['https://w3id.org/xapi/cmi5/context/extensions/sessionid'])).size,
    ).toBe(1);
    // Written ten minutes after it was told: joined with what was watched before.
    expect(all.find(({ verb }) => verb.id.endsWith('/experienced'))?.timestamp).toBe(new Date(room(80).at).toISOString());
    expect(all.find(({ verb }) => verb.id.endsWith('/terminated'))?.result?.duration).toBe('PT3000S');
    expect(all.find(({ verb }) => verb.id.endsWith('/reacted'))?.result?.extensions?.[`${vc}/extensions/emoji`]).toBe('U+1F590');
    expect(all.at(-1)?.result).toMatchObject({
      duration: 'PT30S',
      extensions: { 'https://w3id.org/xapi/video/extensions/played-segments': '1.5[.]31.5' },
    });
    expect(all[1]).toMatchObject({
      timestamp: new Date(startsAt + 1).toISOString(),
      actor: { account: { homePage: publicUrl, name: 'student1' } },
      object: { definition: { type: `${vc}/activity-types/virtual-classroom`, name: { kk: 'Diffraction' } } },
      context: {
        ...{ platform: 'Auditoria', language: 'kk', instructor: { account: { name: 'teacher' } } },
        contextActivities: {
          category: [{ id: vc }],
          grouping: [{ id: `${publicUrl}/courses/course` }, { id: `${publicUrl}/groups/group` }],
        },
        extensions: { 'http://id.tincanapi.com/extension/planned-duration': 'PT3000S' },
      },
    });

    expect(hook.events).toHaveLength(facts.length);
    expect(hook.events.map((event) => event.type)).toEqual(facts.map((fact) => fact.type));
    expect(hook.events[1]).toMatchObject({
      ...{ seq: 2, person: { id: 'student1' }, data: { role: 'student' } },
      lesson: { id: 'lesson', entry: 2, title: 'Diffraction', kind: 'laboratory', course: { code: 'PHY1', title: 'Optics' } },
    });
    const everything = JSON.stringify([all, hook.events]);
    for (const secret of ['Name of', 'a secret question']) expect(everything).not.toContain(secret);

    await describeRegister(outboxed);
  });

  async function describeRegister(outboxed: Outboxed): Promise<void> {
    const judged = async (seq: number, verdicts: readonly string[]) => {
      const values = {
        ...{ course_id: 'course', faculty_id: 'faculty', teacher_id: teacherId, kind: 'laboratory', starts_at: startsAt, judged_at: 1 },
        ...{ held: 1, delay_minutes: 0, taught_minutes: 50, planned_minutes: 50, signed_at: null, signed_by: null, judged_seq: seq },
        ...{ present: 0, late: 0, left_early: 0, absent: 0, excused: 0, asynchronous: 0, minutes: 0 },
      };
      await outboxed.db
        .insertInto('attendance_lesson')
        .values({ lesson_id: lessonId, ...values })
        .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet({ judged_seq: seq }))
        .execute();
      await outboxed.db.deleteFrom('attendance_result').execute();
      const rows = verdicts.map((verdict, index) => ({
        ...{ lesson_id: lessonId, person_id: studentId(index + 1), course_id: 'course', starts_at: startsAt },
        ...{ verdict, computed: verdict, minutes: 48, share: 0.96 },
      }));
      await outboxed.db.insertInto('attendance_result').values(rows).execute();
    };
    const seen = statements().length;
    const since = () =>
      statements()
        .slice(seen)
        .map(({ actor, verb, result }) => [actor.account.name, verb.id.split('/').at(-1), result?.success]);
    const corrected = { type: 'register-corrected', personId: studentId(2), from: 'absent', reason: 'Was there', ...signing } as const;
    outboxed.clock.advance(100 * MINUTE);
    const { length } = facts;
    await outboxed.write([{ ...room(99), ...corrected, verdict: 'late' }]);
    await outboxed.write([{ ...room(100), type: 'register-signed', digest: 'd'.repeat(64), rule, ...signing }]);
    await judged(length, ['present', 'absent', 'excused']);
    await outboxed.pass();
    // The register is being written still.
    expect(since()).toEqual([]);
    await judged(length + 2, ['present', 'late', 'excused']);
    await outboxed.pass();
    const signed = [
      ['student1', 'scored', true],
      ['student2', 'scored', true],
      ['student3', 'scored', undefined],
    ];
    expect(since()).toEqual(signed);
    expect(statements()[seen + 1]?.result).toMatchObject({
      ...{ score: { scaled: 0.96 }, duration: 'PT2880S', extensions: { [`${publicUrl}/xapi/extensions/verdict`]: 'late' } },
    });
    expect(hook.events.at(-1)?.data.verdicts).toHaveLength(3);

    await outboxed.write([{ ...room(101), ...corrected, verdict: 'absent' }]);
    await judged(length + 3, ['present', 'absent', 'excused']);
    await outboxed.pass();
    expect(since()).toEqual([...signed, ['student2', 'scored', false]]);

    await outboxed.write([{ ...room(102), type: 'register-reopened', reason: 'A mistake', ...signing }]);
    await outboxed.write([{ ...room(103), ...corrected, verdict: 'late' }]);
    await judged(length + 5, ['present', 'late', 'excused']);
    await outboxed.pass();
    expect(since()).toHaveLength(4);
    expect(JSON.stringify(hook.events)).not.toMatch(/Was there|A mistake|Name of/);
  }

  it('O2 tells names only where the settings say so', async () => {
    lrs = await LrsServer.open();
    const outboxed = await Outboxed.open((await open()).where, { lrs, more: { people: 'names' } });
    onTestFinished(async () => {
      await outboxed.stop();
      await lrs.close();
    });
    await outboxed.write([joinOf(1)]);
    await outboxed.pass();
    expect(statements()[0]?.actor).toEqual({
      ...{ objectType: 'Agent', name: 'Name of student1', account: { homePage: publicUrl, name: 'student1' } },
    });
  });
});
