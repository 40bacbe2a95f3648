// Presence checks, told over real sockets: who is asked, who answers, who is lost, and who is judged.
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../server/contract/presence-check.ts';
import { endsAt, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

type Outcome = CheckResult['people'][number]['outcome'];

function outcomesSeenBy({ sight }: Visitor): Record<string, Outcome> {
  return Object.fromEntries((sight.checkResult?.people ?? []).map(({ personId, outcome }) => [personId, outcome]));
}

async function begin(by: Visitor, ...asked: Visitor[]): Promise<void> {
  await by.ask('check:start', { withinMinutes: 0 });
  await Promise.all(asked.map((student) => student.until(() => student.sight.check?.own === 'asked', 'is asked')));
}

async function answer(student: Visitor): Promise<void> {
  await student.ask('check:answer', { checkId: student.sight.check?.id ?? '' });
  await student.until(() => student.sight.check === null || student.sight.check.own === 'answered');
}

const isOver = (by: Visitor) => by.until(() => by.sight.checkResult?.endedAt != null, 'the check is over');

async function traced(kind: string): Promise<Record<string, unknown>[]> {
  const rows = await classroom.running.database.db
    .selectFrom('trace_entry')
    .select(['detail', 'person_id'])
    .where('lesson_id', '=', lessonId)
    .where('kind', '=', kind)
    .orderBy('seq')
    .execute();
  return rows.map(({ detail, person_id }) => ({ ...JSON.parse(detail), personId: person_id }));
}

describe('a presence check', () => {
  it('K2, K3 asks students and guests for a minute, and who is silent has missed it', async () => {
    const room = await open();
    const [teacher, assistant, observer] = [await room.teacher(), await room.assistant(), await room.observer()];
    const [one, two] = [await room.student(1), await room.student(2)];
    await begin(teacher, one, two);
    await assistant.until(() => assistant.sight.checkResult !== null);
    expect([teacher, assistant, observer].map(({ sight }) => sight.check?.own)).toEqual(['not-asked', 'not-asked', 'not-asked']);
    expect(one.sight.check).toMatchObject({ startedAt: startsAt, closesAt: startsAt + 60_000 });
    expect(one.sight.checkResult).toBeNull();
    expect(observer.sight.checkResult).toBeNull();

    await answer(one);
    room.clock.advance(1000);
    await teacher.until(() => outcomesSeenBy(teacher)[studentId(1)] === 'answered');
    room.clock.advance(62_000);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'answered', [studentId(2)]: 'missed' });
    await two.until(() => two.sight.check === null);
    expect(await two.refused('check:answer', { checkId: teacher.sight.checkResult?.id ?? '' })).toBe('not-found');

    const [begun] = await traced('presence-check-begun');
    expect(begun).toMatchObject({ asked: [studentId(1), studentId(2)], by: teacherId });
    expect(await traced('presence-check-answered')).toMatchObject([{ personId: studentId(1), checkId: begun?.['checkId'] }]);
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'time-over', missed: [studentId(2)] }]);
  });

  it('K1 only who leads begins one, one at a time, and only when somebody is there to be asked', async () => {
    const room = await open();
    const teacher = await room.teacher();
    expect(await teacher.refused('check:start', { withinMinutes: 0 })).toBe('conflict');
    const [student, observer] = [await room.student(), await room.observer()];
    for (const other of [student, observer]) {
      expect(await other.refused('check:start', { withinMinutes: 0 })).toBe('not-allowed');
      expect(await other.refused('check:withdraw', {})).toBe('not-allowed');
    }
    await begin(teacher, student);
    expect(await teacher.refused('check:start', { withinMinutes: 0 })).toBe('conflict');
    expect(await teacher.refused('check:start', { withinMinutes: 5 })).toBe('conflict');
  });

  it('K3 two devices of a person answer once', async () => {
    const room = await open();
    const [teacher, phone] = [await room.teacher(), await room.student(1)];
    const laptop = await room.student(1);
    const other = await room.student(2);
    await begin(teacher, phone, laptop, other);
    await Promise.all([answer(phone), laptop.ask('check:answer', { checkId: laptop.sight.check?.id ?? '' })]);
    await laptop.until(() => laptop.sight.check?.own === 'answered');
    await answer(phone);
    expect(await traced('presence-check-answered')).toHaveLength(1);
  });

  it('K2 who comes later is not asked, and cannot answer', async () => {
    const room = await open();
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await begin(teacher, one);
    const late = await room.student(2);
    expect(late.sight.check?.own).toBe('not-asked');
    expect(await late.refused('check:answer', { checkId: late.sight.check?.id ?? '' })).toBe('conflict');
    room.clock.advance(62_000);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'missed' });
  });

  it('K6 is over at once when everybody has answered', async () => {
    const room = await open();
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await begin(teacher, one);
    await answer(one);
    await isOver(teacher);
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'time-over', missed: [] }]);
    await begin(teacher, one);
  });

  it('K9 a class that answers at once does not make the result a storm', async () => {
    const room = await open({ students: 30 });
    const teacher = await room.teacher();
    const students: Visitor[] = [];
    for (let number = 1; number <= 20; number += 1) students.push(await room.student(number));
    await begin(teacher, ...students);
    const before = teacher.heard.filter(({ type }) => type === 'check-result').length;
    await Promise.all(students.slice(1).map(answer));
    room.clock.advance(1000);
    await teacher.until(() => Object.values(outcomesSeenBy(teacher)).filter((outcome) => outcome === 'answered').length === 19);
    expect(teacher.heard.filter(({ type }) => type === 'check-result').length - before).toBeLessThanOrEqual(2);
  });
});

describe('a line that is lost in a presence check', () => {
  it('K4 who comes back within the minute is asked anew, with a minute of their own', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await begin(teacher, one, two);
    await answer(two);
    one.cut();
    await teacher.until(() => teacher.sees(one.id).presence === 'dropped');
    room.clock.advance(50_000);
    await one.comeBack();
    expect(one.sight.check).toMatchObject({ own: 'asked', closesAt: startsAt + 110_000 });
    room.clock.advance(55_000);
    await answer(one);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'answered', [studentId(2)]: 'answered' });
  });

  it('K4 who has had a minute with a line that held, and is silent again, has missed it', async () => {
    const room = await open();
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await begin(teacher, one);
    one.cut();
    await teacher.until(() => teacher.sees(one.id).presence === 'dropped');
    room.clock.advance(30_000);
    await one.comeBack();
    room.clock.advance(62_000);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'missed' });
  });

  it('K5 who does not come back in time, or was lost before it began, is never judged', async () => {
    const room = await open();
    const [teacher, one, two, three] = [await room.teacher(), await room.student(1), await room.student(2), await room.student(3)];
    two.cut();
    await teacher.until(() => teacher.sees(two.id).presence === 'dropped');
    await begin(teacher, one, three);
    one.cut();
    await teacher.until(() => teacher.sees(one.id).presence === 'dropped');
    await three.ask('room:leave', {});
    await teacher.until(() => !teacher.sight.participants.has(three.id));
    room.clock.advance(60_000);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'no-line', [studentId(2)]: 'no-line', [studentId(3)]: 'not-there' });
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'time-over', missed: [] }]);
  });

  it('K5 a loss after the own minute is over saves nobody', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await begin(teacher, one, two);
    two.cut();
    await teacher.until(() => teacher.sees(two.id).presence === 'dropped');
    room.clock.advance(40_000);
    await two.comeBack();
    room.clock.advance(30_000);
    one.cut();
    await teacher.until(() => teacher.sees(one.id).presence === 'dropped');
    await answer(two);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'missed', [studentId(2)]: 'answered' });
  });

  it('K4 who has another device that holds is asked on', async () => {
    const room = await open();
    const [teacher, phone] = [await room.teacher(), await room.student(1)];
    const laptop = await room.student(1);
    await begin(teacher, phone, laptop);
    phone.cut();
    await teacher.until(() => teacher.sees(laptop.id).devices === 2);
    room.clock.advance(62_000);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'missed' });
  });
});

describe('a presence check that does not run its course', () => {
  it('K7 is withdrawn, and judges nobody who has not answered', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await begin(teacher, one, two);
    await answer(one);
    await teacher.ask('check:withdraw', {});
    await two.until(() => two.sight.check === null);
    await isOver(teacher);
    expect(outcomesSeenBy(teacher)).toEqual({ [studentId(1)]: 'answered', [studentId(2)]: 'not-judged' });
    await teacher.ask('check:withdraw', {});
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'withdrawn', missed: [] }]);
  });

  it('K7 ends with the class', async () => {
    const room = await open();
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await begin(teacher, one);
    await teacher.ask('room:end', {});
    await one.shownOut();
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'class-ended', missed: [] }]);
    room.clock.advance(120_000);
    expect(await traced('presence-check-ended')).toHaveLength(1);
  });

  it.each(['stop', 'kill'] as const)('K7 ends with the server (%s), judges nobody, and the next one can begin', async (how) => {
    const room = await open();
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await begin(teacher, one);
    await room.restart(how);
    // As when the server starts, before anybody comes: perhaps nobody does.
    await room.running.trace.closeOpen(room.clock.now());
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'server-stopped', missed: [] }]);
    room.clock.advance(5000);
    await teacher.comeBack();
    await one.comeBack();
    expect([teacher.sight.check, one.sight.check, teacher.sight.checkResult]).toEqual([null, null, null]);
    expect(await traced('presence-check-ended')).toMatchObject([{ reason: 'server-stopped', missed: [] }]);
    room.clock.advance(120_000);
    await begin(teacher, one);
    expect(await traced('presence-check-ended')).toHaveLength(1);
  });

  it('K7 who is given the lead meanwhile is not judged, and sees the result', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await begin(teacher, one, two);
    await teacher.ask('room:hand-over-lead', { participantId: one.id });
    await one.until(() => one.sight.checkResult !== null && one.sight.check?.own === 'not-asked');
    room.clock.advance(62_000);
    await isOver(one);
    expect(outcomesSeenBy(one)).toEqual({ [studentId(1)]: 'not-judged', [studentId(2)]: 'missed' });
  });
});

describe('a presence check at a random moment', () => {
  it('K1 begins at the moment that was drawn, which nobody is told', async () => {
    const room = await open({ random: () => 0.5 });
    const [teacher, assistant, one] = [await room.teacher(), await room.assistant(), await room.student(1)];
    await teacher.ask('check:start', { withinMinutes: 30 });
    await assistant.until(() => assistant.sight.plannedCheck !== null);
    expect(assistant.sight.plannedCheck).toEqual({ withinMinutes: 30, plannedAt: startsAt, by: teacherId });
    expect(JSON.stringify([...teacher.heard, ...assistant.heard, ...one.heard])).not.toContain(String(startsAt + 15 * 60_000));
    expect(one.sight.plannedCheck).toBeNull();
    room.clock.advance(15 * 60_000 - 1);
    await teacher.ask('chat:post', { text: 'not yet', clientId: 'client-id-1' });
    expect(one.sight.check).toBeNull();
    room.clock.advance(1);
    await one.until(() => one.sight.check?.own === 'asked');
    await teacher.until(() => teacher.sight.plannedCheck === null && teacher.sight.checkResult?.endedAt === null);
  });

  it('K1 is never drawn after the end of the lesson', async () => {
    const room = await open({ random: () => 0.999_999 });
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    room.clock.advance(endsAt - startsAt - 10 * 60_000);
    await teacher.ask('check:start', { withinMinutes: 45 });
    room.clock.advance(10 * 60_000 - 60_000);
    await one.until(() => one.sight.check?.own === 'asked');
  });

  it('K7 is taken back', async () => {
    const room = await open({ random: () => 0.5 });
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await teacher.ask('check:start', { withinMinutes: 5 });
    await teacher.until(() => teacher.sight.plannedCheck !== null);
    await teacher.ask('check:withdraw', {});
    await teacher.until(() => teacher.sight.plannedCheck === null);
    room.clock.advance(10 * 60_000);
    await begin(teacher, one);
    expect(await traced('presence-check-begun')).toHaveLength(1);
  });

  it('K8 outlives the server', async () => {
    const room = await open({ random: () => 0.5 });
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await teacher.ask('check:start', { withinMinutes: 30 });
    await room.restart('kill');
    room.clock.advance(60_000);
    await teacher.comeBack();
    await one.comeBack();
    expect(teacher.sight.plannedCheck).toEqual({ withinMinutes: 30, plannedAt: startsAt, by: teacherId });
    room.clock.advance(14 * 60_000);
    await one.until(() => one.sight.check?.own === 'asked');
  });

  it('K8 is forgotten when its moment passes while the server is down, or nobody is there', async () => {
    const room = await open({ random: () => 0.5 });
    const [teacher, one] = [await room.teacher(), await room.student(1)];
    await teacher.ask('check:start', { withinMinutes: 5 });
    await room.restart('stop');
    room.clock.advance(5 * 60_000);
    await teacher.comeBack();
    expect(teacher.sight.plannedCheck).toBeNull();
    await teacher.ask('check:start', { withinMinutes: 5 });
    await teacher.until(() => teacher.sight.plannedCheck !== null);
    room.clock.advance(150_000);
    await teacher.until(() => teacher.sight.plannedCheck === null);
    expect(await traced('presence-check-begun')).toEqual([]);
    await one.comeBack();
    expect(one.sight.check).toBeNull();
  });
});
