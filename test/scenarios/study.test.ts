// What stands around a recording, over real routes: timeline, marks, captions, one's own notes, and who gets none of it.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { CaptionTrack, RecordingMark, RecordingNote, RecordingTimeline } from '../../server/contract/recording-page.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Campus } from '../support/accounts.ts';
import { assistantId, observerId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { fillRecordedLesson, pausedMs } from '../support/recorded-lesson.ts';
import { openTermCampus } from '../support/term-campus.ts';

const base = '/api/recordings/recording';
const second = 1000;
const asel = studentId(1);
let campus: Campus;

beforeAll(async () => {
  const before = await openTermCampus();
  await fillRecordedLesson(before.folder);
  // A server knows the files that were there when it began, and those that it wrote.
  campus = await before.after(second);
});
afterAll(() => campus.close());

const timelineOf = async (token: string) => RecordingTimeline.parse(await campus.json('GET', `${base}/timeline`, { token }));
const refused = (method: string, path: string, token?: string, body?: unknown) =>
  campus.refusal(method, path, { ...(token !== undefined && { token }), ...(body !== undefined && { body }) });
const newestAct = async () => AuditPage.parse(await campus.json('GET', '/api/audit?limit=1', { token: 'admin' })).entries[0];

describe('the timeline', () => {
  it('V61 V62 has chapters and the chat of the recording, without what was written in a pause or after the end', async () => {
    const { chapters, chat, speech } = await timelineOf(asel);
    expect(chapters.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['start', 0],
      ['screen', 120 * second],
    ]);
    expect(chat.map(({ id, own }) => [id, own])).toEqual([
      ['greeting', true],
      ['question', true],
      ['answer', false],
    ]);
    expect(speech).toBeNull();
  });

  it('V62 has the questions of who asks, and nobody else’s', async () => {
    expect((await timelineOf(asel)).questions).toEqual([
      { atMs: 300 * second, kind: 'message' },
      { atMs: 700 * second, kind: 'hand' },
    ]);
    expect((await timelineOf(studentId(2))).questions).toEqual([{ atMs: 710 * second, kind: 'hand' }]);
    expect((await timelineOf(studentId(3))).questions).toEqual([]);
  });

  it('V60 is refused to strangers and to who is not signed in', async () => {
    expect(await refused('GET', `${base}/timeline`)).toBe('not-signed-in');
    expect(await refused('GET', `${base}/timeline`, strangerId)).toBe('not-allowed');
    expect(await refused('GET', '/api/recordings/other/timeline', asel)).toBe('not-found');
    expect(await refused('GET', '/api/recordings/..%2Frecording/timeline', asel)).toBe('bad-request');
  });

  it('V60 shows those of the whole university chapters and no word of the class', async () => {
    await campus.json('PATCH', base, { token: teacherId, body: { audience: 'university' } });
    const seen = await timelineOf(strangerId);
    expect([seen.chapters.length, seen.chat, seen.questions]).toEqual([2, [], []]);
    await campus.json('PATCH', base, { token: teacherId, body: { audience: 'lesson' } });
    expect(await refused('GET', `${base}/timeline`, strangerId)).toBe('not-allowed');
  });

  it('V62 has no message any more that was erased', async () => {
    const idsOf = async () => (await timelineOf(asel)).chat.map(({ id }) => id);
    expect(await idsOf()).toContain('greeting');
    const { db, close } = await openDatabase(join(campus.folder, 'data', 'auditoria.sqlite'));
    await db.deleteFrom('chat_message').where('id', '=', 'greeting').execute();
    await close();
    campus.clock.advance(5 * second);
    expect(await idsOf()).toEqual(['question', 'answer']);
  });
});

describe('what was left out', () => {
  const path = `${base}/captions/ru`;
  const edit = async (body: object) =>
    z.object({ id: z.string() }).parse(await campus.json('POST', `${base}/edits`, { token: teacherId, body })).id;
  const undo = (id: string) => campus.json('DELETE', `${base}/edits/${id}`, { token: teacherId });
  const textsOf = async (token: string) => CaptionTrack.parse(await campus.json('GET', path, { token })).cues.map(({ text }) => text);

  it('V62 V63 of a cut passage nothing is told: no chapter, message, question or caption, until it is undone', async () => {
    const mark = { kind: 'chapter', atMs: 305 * second, text: 'private' };
    await campus.json('POST', `${base}/marks`, { token: teacherId, body: mark });
    const cues = [
      { fromMs: 1000, toMs: 2000, text: 'public' },
      { fromMs: 288 * second, toMs: 291 * second, text: 'private' },
    ];
    await campus.json('PUT', path, { token: teacherId, body: { cues, changedAt: null } });
    const cut = await edit({ kind: 'cut', fromMs: 290 * second, toMs: 310 * second });
    const left = await timelineOf(asel);
    expect([left.chat.map(({ id }) => id), left.questions, left.chapters.map(({ kind }) => kind)]).toEqual([
      ...[['answer'], [{ atMs: 700 * second, kind: 'hand' }], ['start', 'screen']],
    ]);
    expect(await textsOf(asel)).toEqual(['public']);
    expect(await (await campus.call('GET', `${path}.vtt`, { token: asel })).text()).not.toContain('private');
    expect(await textsOf(teacherId)).toEqual(['public', 'private']);
    await undo(cut);
    expect((await timelineOf(asel)).chapters.map(({ kind }) => kind)).toEqual(['start', 'screen', 'mark']);
    expect(await textsOf(asel)).toEqual(['public', 'private']);
  });

  it('V60 who comes by a link sees chapters and captions, no word of the class and no names of those who wrote', async () => {
    const body = { expiresAt: campus.clock.now() + 3_600_000, password: null };
    const { url } = z.object({ url: z.string() }).parse(await campus.json('POST', `${base}/links`, { token: teacherId, body }));
    const opened = await campus.call('POST', `/api/shared-recordings/${url.split('/').at(-1)}`, { body: { password: null } });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const seen = RecordingTimeline.parse(await campus.json('GET', `${base}/timeline`, { cookie }));
    expect([seen.chapters.length, seen.chat, seen.questions]).toEqual([3, [], []]);
    expect(CaptionTrack.parse(await campus.json('GET', path, { cookie }))).toMatchObject({ changedBy: '' });
    for (const [method, what, sent] of [
      ['GET', 'notes', undefined],
      ['POST', 'notes', { clientId: 'client-1', atMs: 1, text: '' }],
      ['PUT', 'position', { atMs: 1, savedAt: 1 }],
      ['POST', 'marks', { kind: 'chapter', atMs: 1, text: '' }],
      ['PUT', 'captions/ru', { cues: [], changedAt: null }],
    ] as const)
      expect([method, what, await campus.refusal(method, `${base}/${what}`, { cookie, ...(sent && { body: sent }) })]).toEqual([
        ...[method, what, 'not-signed-in'],
      ]);
    await campus.json('DELETE', path, { token: teacherId });
    const [mark] = (await timelineOf(asel)).chapters.flatMap((chapter) => (chapter.kind === 'mark' ? [chapter.mark] : []));
    await campus.json('DELETE', `${base}/marks/${mark?.id}`, { token: teacherId });
  });
});

describe('marks', () => {
  const mark = { kind: 'important', atMs: 200 * second, text: '  Емтиханда болады ' };

  it('V65 are set, moved and removed by those who teach, seen at once, and stand in the audit log', async () => {
    const made = RecordingMark.parse(await campus.json('POST', `${base}/marks`, { token: assistantId, body: mark }));
    expect(made.text).toBe('Емтиханда болады');
    expect(await newestAct()).toMatchObject({
      act: 'recording.marked',
      subject: { kind: 'recording', name: 'Diffraction' },
      after: { atMs: mark.atMs },
    });
    expect((await timelineOf(asel)).chapters.map(({ kind }) => kind)).toEqual(['start', 'screen', 'mark']);
    await campus.json('PATCH', `${base}/marks/${made.id}`, { token: teacherId, body: { atMs: 100 * second } });
    expect(await newestAct()).toMatchObject({ act: 'recording.mark-changed', before: { atMs: 200_000 }, after: { atMs: 100_000 } });
    expect((await timelineOf(asel)).chapters.map(({ kind }) => kind)).toEqual(['start', 'mark', 'screen']);
    await campus.json('DELETE', `${base}/marks/${made.id}`, { token: teacherId });
    expect(await newestAct()).toMatchObject({ act: 'recording.mark-removed' });
    expect((await timelineOf(asel)).chapters.map(({ kind }) => kind)).toEqual(['start', 'screen']);
    expect(await refused('DELETE', `${base}/marks/${made.id}`, teacherId)).toBe('not-found');
  });

  it('V65 are refused to students, to other recordings, and behind the end', async () => {
    const made = RecordingMark.parse(await campus.json('POST', `${base}/marks`, { token: teacherId, body: mark }));
    for (const token of [asel, strangerId, observerId]) {
      expect(await refused('POST', `${base}/marks`, token, mark)).toBe('not-allowed');
      expect(await refused('PATCH', `${base}/marks/${made.id}`, token, { text: 'mine' })).toBe('not-allowed');
      expect(await refused('DELETE', `${base}/marks/${made.id}`, token)).toBe('not-allowed');
    }
    expect(await refused('POST', `${base}/marks`, undefined, mark)).toBe('not-signed-in');
    expect(await refused('PATCH', `/api/recordings/other/marks/${made.id}`, teacherId, { text: 'x' })).toBe('not-found');
    for (const atMs of [51 * 60 * second, -1, 1.5])
      expect(await refused('POST', `${base}/marks`, teacherId, { ...mark, atMs })).toBe('bad-request');
    await campus.json('DELETE', `${base}/marks/${made.id}`, { token: teacherId });
  });
});

describe('notes', () => {
  const note = (clientId: string, text = 'Менің ойым', atMs = 1000) => ({ clientId, text, atMs });
  const notesOf = async (token: string) =>
    z.object({ notes: z.array(RecordingNote) }).parse(await campus.json('GET', `${base}/notes`, { token })).notes;

  it('V66 are their writer’s alone, and one that is sent twice is there once', async () => {
    const first = RecordingNote.parse(await campus.json('POST', `${base}/notes`, { token: asel, body: note('client-1') }));
    const again = RecordingNote.parse(await campus.json('POST', `${base}/notes`, { token: asel, body: note('client-1', 'other words') }));
    expect(again).toEqual(first);
    await campus.json('POST', `${base}/notes`, { token: studentId(2), body: note('client-1', '') });
    expect((await notesOf(asel)).map(({ text }) => text)).toEqual(['Менің ойым']);
    expect((await notesOf(studentId(2))).map(({ text }) => text)).toEqual(['']);
    expect(await notesOf(teacherId)).toEqual([]);
    await campus.json('PATCH', `${base}/notes/${first.id}`, { token: asel, body: { text: 'Жаңа', atMs: 5000 } });
    expect(await notesOf(asel)).toMatchObject([{ text: 'Жаңа', atMs: 5000 }]);
  });

  it('V66 of others are not there, not even for teachers and administrators', async () => {
    const [own] = await notesOf(asel);
    for (const token of [studentId(2), teacherId, 'admin']) {
      expect(await refused('PATCH', `${base}/notes/${own?.id}`, token, { text: 'read' })).toBe('not-found');
      expect(await refused('DELETE', `${base}/notes/${own?.id}`, token)).toBe('not-found');
    }
    expect(await refused('DELETE', `/api/recordings/other/notes/${own?.id}`, asel)).toBe('not-found');
    expect(await refused('GET', `${base}/notes`, strangerId)).toBe('not-allowed');
    expect(await refused('POST', `${base}/notes`, strangerId, note('client-2'))).toBe('not-allowed');
    expect(await refused('GET', `${base}/notes`)).toBe('not-signed-in');
    expect(await notesOf(asel)).toHaveLength(1);
  });

  it('V66 are bounded in length, and go when their writer removes them', async () => {
    expect(await refused('POST', `${base}/notes`, asel, note('client-3', 'a'.repeat(4001)))).toBe('bad-request');
    expect(await refused('POST', `${base}/notes`, asel, note('short'))).toBe('bad-request');
    const [own] = await notesOf(asel);
    await campus.json('DELETE', `${base}/notes/${own?.id}`, { token: asel });
    expect(await notesOf(asel)).toEqual([]);
  });
});

describe('the position', () => {
  it('V67 is kept for those who may note, and refused to others and nonsense', async () => {
    const position = { atMs: 60_000, savedAt: campus.clock.now() };
    expect((await campus.call('PUT', `${base}/position`, { token: asel, body: position })).status).toBe(204);
    expect((await campus.call('PUT', `${base}/position`, { token: asel, body: { ...position, atMs: null } })).status).toBe(204);
    expect(await refused('PUT', `${base}/position`, strangerId, position)).toBe('not-allowed');
    expect(await refused('PUT', `${base}/position`, undefined, position)).toBe('not-signed-in');
    expect(await refused('PUT', `${base}/position`, asel, { ...position, atMs: -1 })).toBe('bad-request');
  });
});

describe('captions', () => {
  const path = `${base}/captions/kk`;
  const cue = (fromS: number, toS: number, text: string) => ({ fromMs: fromS * second, toMs: toS * second, text });
  const trackOf = async (token: string) => CaptionTrack.parse(await campus.json('GET', path, { token }));

  it('V64 are written by those who teach, in class time, and read by those who watch', async () => {
    expect(await refused('GET', path, asel)).toBe('not-found');
    const body = { cues: [cue(700, 702, 'Екінші'), cue(1, 3, 'Сәлеметсіздер ме')], changedAt: null };
    const made = CaptionTrack.parse(await campus.json('PUT', path, { token: assistantId, body }));
    expect(made).toMatchObject({ language: 'kk', changedBy: 'Name of assistant' });
    expect((await trackOf(asel)).cues.map(({ text }) => text)).toEqual(['Сәлеметсіздер ме', 'Екінші']);
    const act = await newestAct();
    expect(act).toMatchObject({ act: 'recording.captioned', before: null, after: { language: 'kk', cues: 2 } });
    expect(JSON.stringify(act)).not.toContain('Екінші');
  });

  it('V64 are not written over what somebody else has just written', async () => {
    const { changedAt } = await trackOf(teacherId);
    const write = (text: string) => refused('PUT', path, teacherId, { cues: [cue(1, 3, text)], changedAt });
    expect(await write('first')).toBeNull();
    expect(await write('second')).toBe('conflict');
    expect(await refused('PUT', path, teacherId, { cues: [], changedAt: null })).toBe('conflict');
    expect((await trackOf(asel)).cues).toEqual([cue(1, 3, 'first')]);
    const at = (await trackOf(teacherId)).changedAt;
    const both = await Promise.all(['a', 'b'].map((text) => refused('PUT', path, teacherId, { cues: [cue(1, 3, text)], changedAt: at })));
    expect(both.toSorted()).toEqual(['conflict', null]);
  });

  it('V63 count watching time in a file, and class time here', async () => {
    const vtt = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<b>Бір</b> &amp; екі\n\n00:10:05.000 --> 00:10:06.000\nafter the pause\n';
    const { cues } = CaptionTrack.parse(await campus.json('POST', path, { token: teacherId, body: { vtt } }));
    const skippedS = (pausedMs.toMs - pausedMs.fromMs) / second;
    expect(cues).toEqual([cue(1, 2, 'Бір & екі'), cue(605 + skippedS, 606 + skippedS, 'after the pause')]);
    const file = await campus.call('GET', `${path}.vtt`, { token: asel });
    expect([file.headers.get('content-type'), file.headers.get('x-content-type-options')]).toEqual(['text/vtt; charset=utf-8', 'nosniff']);
    const text = await file.text();
    expect(text).toContain('00:10:05.000 --> 00:10:06.000\nafter the pause');
    expect(text).toContain('Бір &amp; екі');
  });

  it('V63 of a file that cannot be read are refused with the line, and change nothing', async () => {
    const before = await trackOf(teacherId);
    for (const [vtt, line, why] of [
      ['WEBVTT\n\n00:01 --> 00:02\nx', 3, 'bad-times'],
      ['1\n00:00:01,000 --> 00:00:02,000\nx', 1, 'no-signature'],
      ['WEBVTT\n\n09:00:00.000 --> 09:00:01.000\nbehind the end', 1, 'no-cues'],
    ] as const) {
      const answer = await campus.call('POST', path, { token: teacherId, body: { vtt } });
      expect([answer.status, Refusal.parse(await answer.json()).details]).toEqual([400, { line, why }]);
    }
    expect(await trackOf(teacherId)).toEqual(before);
  });

  it('V64 are written by nobody else, and are for those who may watch', async () => {
    for (const token of [asel, observerId, strangerId]) {
      expect(await refused('PUT', path, token, { cues: [], changedAt: null })).toBe('not-allowed');
      expect(await refused('POST', path, token, { vtt: 'WEBVTT\n' })).toBe('not-allowed');
      expect(await refused('DELETE', path, token)).toBe('not-allowed');
    }
    for (const address of [path, `${path}.vtt`]) {
      expect(await refused('GET', address, strangerId)).toBe('not-allowed');
      expect(await refused('GET', address)).toBe('not-signed-in');
    }
    expect(await refused('GET', `${base}/captions/..%2F..%2Fsession.vtt`, asel)).toBe('not-found');
    expect(await refused('GET', `${base}/captions/xx.vtt`, asel)).toBe('not-found');
    expect(await refused('PUT', path, teacherId, { cues: [cue(3, 1, 'x')], changedAt: null })).toBe('bad-request');
  });

  it('V64 that are removed are gone for all', async () => {
    await campus.json('DELETE', path, { token: teacherId });
    expect(await newestAct()).toMatchObject({ act: 'recording.captions-removed', before: { language: 'kk', cues: 2 } });
    expect(await refused('GET', path, asel)).toBe('not-found');
    expect(await refused('DELETE', path, teacherId)).toBe('not-found');
  });
});
