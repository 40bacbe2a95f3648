// What is watched of a recording, told by players over HTTP, until it stands in the register and on the teacher's page.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Register } from '../../server/contract/attendance.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { OwnViewing, Viewing } from '../../server/contract/viewing.ts';
import { line, RecordingEvent, Session } from '../../server/recording/format/format.ts';
import type { Campus } from '../support/accounts.ts';
import { endsAt, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { openTermCampus } from '../support/term-campus.ts';

const path = '/api/recordings/recording/watched';
const minute = 60_000;
let campus: Campus;
let reports = 0;

/** The whole lesson of fifty minutes, without five of them. */
async function writeRecording(folder: string): Promise<void> {
  const session = { format: 1, id: 'recording', lessonId, startedAt: startsAt, startedBy: teacherId };
  const part = { file: 'p0001.webm', index: 'p0001.jsonl' };
  const events = [
    { type: 'track', at: 0, trackId: 't', participantId: 'p', name: 'T', source: 'screen' },
    { type: 'part', at: 0, trackId: 't', ...part, mime: 'video/webm; codecs="vp8"', startMs: 0, initBytes: 10 },
    { type: 'paused', at: 40 * minute },
    { type: 'resumed', at: 45 * minute },
    { type: 'part-end', at: 50 * minute, file: 'p0001.webm', endMs: 50 * minute, bytes: 20 },
    { type: 'end', at: endsAt - startsAt, reason: 'stopped' },
  ].map((event) => RecordingEvent.parse(event));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'session.json'), JSON.stringify(Session.parse(session)));
  await writeFile(join(folder, 'events.jsonl'), events.map(line).join(''));
}

beforeAll(async () => {
  campus = await openTermCampus();
  await writeRecording(join(campus.folder, 'data', 'recordings', 'recording'));
});
afterAll(() => campus.close());

const stretch = (fromMs: number, toMs: number, speed = 1) => ({ fromMs, toMs, speed });
function newReport(): string {
  reports += 1;
  return `report-of-test-${reports}`.padEnd(20, '-');
}
const say = (token: string, ...stretches: object[]) => campus.call('POST', path, { token, body: { reportId: newReport(), stretches } });
async function rowOf(student: string) {
  const register = Register.parse(await campus.json('GET', `/api/lessons/${lessonId}/register`, { token: teacherId }));
  const row = register.rows.find(({ personId }) => personId === student);
  if (row === undefined) throw new Error('not in the register');
  return row;
}
const viewing = async () => Viewing.parse(await campus.json('GET', '/api/recordings/recording/viewing', { token: teacherId }));

describe('what was watched', () => {
  it('G12 stands in the register beside the presence, each minute once', async () => {
    const student = studentId(4);
    expect(await rowOf(student)).toMatchObject({ viewingMinutes: 0, catchUpMinutes: 0, minutes: 0 });
    expect((await say(student, stretch(0, minute))).status).toBe(200);
    campus.clock.advance(minute);
    const answer = await say(student, stretch(30_000, minute), stretch(minute, 2 * minute, 2));
    expect(OwnViewing.parse(await answer.json())).toMatchObject({ parts: [[0, 2 * minute]], seenMs: 2 * minute });
    expect(await rowOf(student)).toMatchObject({ viewingMinutes: 2, catchUpMinutes: 0, minutes: 0, here: false });
  });

  it('V72 is taken once, however often it is sent', async () => {
    const token = studentId(1);
    const body = { reportId: newReport(), stretches: [stretch(0, 20_000)] };
    const first = OwnViewing.parse(await campus.json('POST', path, { token, body }));
    for (let again = 0; again < 3; again += 1) expect(await campus.json('POST', path, { token, body })).toEqual(first);
    expect((await viewing()).heat.plays[0]).toBe(2);
  });

  it('V71 is a share of what there is to watch, and nothing where nothing was captured', async () => {
    const token = studentId(2);
    const said = await say(token, stretch(39 * minute + 30_000, 40 * minute + 30_000));
    expect(OwnViewing.parse(await said.json())).toEqual({
      parts: [[39 * minute + 30_000, 40 * minute]],
      seenMs: 30_000,
      share: 30_000 / (45 * minute),
    });
    expect(await viewing()).toMatchObject({ watchableMs: 45 * minute });
  });

  it('V77 is shown to those who teach, with everybody who is expected, and with the person’s own parts to the person alone', async () => {
    const { viewers, heat } = await viewing();
    expect(viewers.filter(({ expected }) => expected).map(({ personId }) => personId)).toEqual([1, 2, 3, 4, 5].map(studentId));
    expect(viewers.find(({ personId }) => personId === studentId(4))).toMatchObject({ seenMs: 2 * minute, liveMs: 0, expected: true });
    expect(viewers.find(({ personId }) => personId === studentId(5))).toMatchObject({ seenMs: 0, share: 0, firstAt: null, lastAt: null });
    expect(heat.people.slice(0, 3)).toEqual([2, 2, 1]);
    expect(await campus.refusal('GET', '/api/recordings/recording/viewing', { token: studentId(4) })).toBe('not-allowed');
    expect(OwnViewing.parse(await campus.json('GET', path, { token: studentId(4) })).seenMs).toBe(2 * minute);
    expect(await campus.refusal('GET', path, { token: strangerId })).not.toBeNull();
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
    const body = { reportId: newReport(), stretches: [stretch(0, 1000)] };
    expect(await campus.refusal('POST', path, { token: strangerId, body })).not.toBeNull();
    expect(await campus.refusal('POST', path, { body })).toBe('not-signed-in');
    expect(await campus.refusal('POST', '/api/recordings/other/watched', { token: studentId(1), body })).toBe('not-found');
  });

  it('G11 is not taken more often than players say it', async () => {
    const codes: (string | null)[] = [];
    for (let report = 0; report < 14; report += 1) {
      const body = { reportId: newReport(), stretches: [stretch(report * 1000, report * 1000 + 1000)] };
      codes.push(await campus.refusal('POST', path, { token: studentId(5), body }));
    }
    expect(codes.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => null));
    expect(codes.slice(12)).toEqual(['too-many-requests', 'too-many-requests']);
  });
});
