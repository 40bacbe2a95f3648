// What is watched of a recording, told by players over HTTP, until it stands in the register.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Register } from '../../server/contract/attendance.ts';
import { Refusal } from '../../server/contract/reply.ts';
import type { Campus } from '../support/accounts.ts';
import { lessonId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { openTermCampus } from '../support/term-campus.ts';

const path = '/api/recordings/recording/watched';
const minute = 60_000;
let campus: Campus;

beforeAll(async () => {
  campus = await openTermCampus();
});
afterAll(() => campus.close());

const stretch = (fromMs: number, toMs: number, speed = 1) => ({ fromMs, toMs, speed });
const say = (token: string, ...stretches: object[]) => campus.call('POST', path, { token, body: { stretches } });
async function rowOf(student: string) {
  const register = Register.parse(await campus.json('GET', `/api/lessons/${lessonId}/register`, { token: teacherId }));
  const row = register.rows.find(({ personId }) => personId === student);
  if (row === undefined) throw new Error('not in the register');
  return row;
}

describe('what was watched', () => {
  it('G12 stands in the register beside the presence, each minute once', async () => {
    const student = studentId(4);
    expect(await rowOf(student)).toMatchObject({ viewingMinutes: 0, catchUpMinutes: 0, minutes: 0 });
    expect((await say(student, stretch(0, minute))).status).toBe(204);
    campus.clock.advance(minute);
    expect((await say(student, stretch(30_000, minute), stretch(minute, 2 * minute, 2))).status).toBe(204);
    expect(await rowOf(student)).toMatchObject({ viewingMinutes: 2, catchUpMinutes: 0, minutes: 0, here: false });
  });

  it('G10 is refused, with the reason, when it cannot be true', async () => {
    const token = studentId(3);
    const whyOf = async (...stretches: object[]) => {
      const answer = await say(token, ...stretches);
      const { code, details } = Refusal.parse(await answer.json());
      return [answer.status, code, details?.why];
    };
    expect(await whyOf(stretch(0, 40 * minute))).toEqual([400, 'bad-request', 'too-fast']);
    expect(await whyOf(stretch(49 * minute, 51 * minute))).toEqual([400, 'bad-request', 'outside']);
    expect(await whyOf(stretch(2000, 1000))).toEqual([400, 'bad-request', 'backwards']);
    expect(await whyOf(stretch(0, 1000, 4.5))).toEqual([400, 'bad-request', undefined]);
    expect(await whyOf(stretch(0, 1000.5))).toEqual([400, 'bad-request', undefined]);
    expect(await whyOf(...Array.from({ length: 21 }, () => stretch(0, 10)))).toEqual([400, 'bad-request', undefined]);
    expect(await whyOf()).toEqual([400, 'bad-request', undefined]);
    expect(await rowOf(token)).toMatchObject({ viewingMinutes: 0 });
  });

  it('G10 is taken from those who may open the recording, and from nobody else', async () => {
    const body = { stretches: [stretch(0, 1000)] };
    expect(await campus.refusal('POST', path, { token: strangerId, body })).toBe('not-allowed');
    expect(await campus.refusal('POST', path, { body })).toBe('not-signed-in');
    expect(await campus.refusal('POST', '/api/recordings/other/watched', { token: studentId(1), body })).toBe('not-found');
  });

  it('G11 is not taken more often than players say it', async () => {
    const codes: (string | null)[] = [];
    for (let report = 0; report < 14; report += 1)
      codes.push(
        await campus.refusal('POST', path, { token: studentId(5), body: { stretches: [stretch(report * 1000, report * 1000 + 1000)] } }),
      );
    expect(codes.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => null));
    expect(codes.slice(12)).toEqual(['too-many-requests', 'too-many-requests']);
  });
});
