// Notes are there at once, arrive once, and are not lost when the line or the page is.
import { describe, expect, test } from 'vitest';
import { RecordingNoteId } from '../../../../server/contract/ids.ts';
import type { RecordingNote } from '../../../../server/contract/recording-page.ts';
import { type NoteAct, NoteBook, type Sent } from './note-book.ts';

/** A server that has a line or not, and a browser that keeps one text. */
function world() {
  const notes = new Map<string, RecordingNote>();
  const heard: NoteAct[] = [];
  const browser: { text: string | undefined } = { text: undefined };
  const line = { answer: (): Sent | undefined => undefined };
  let made = 0;
  const send = async (act: NoteAct): Promise<Sent> => {
    const answer = line.answer();
    if (answer) return answer;
    heard.push(act);
    if (act.act === 'remove') return notes.delete(act.id) ? 'done' : 'gone';
    const id = RecordingNoteId.parse(act.act === 'add' ? `server-${act.clientId}` : act.id);
    const before = notes.get(id);
    if (act.act === 'change' && !before) return 'gone';
    const note = { id, atMs: act.act === 'add' ? act.atMs : (before?.atMs ?? 0), text: act.text, changedAt: 1 };
    notes.set(id, note);
    return note;
  };
  const write = (text: string | undefined) => {
    browser.text = text;
  };
  const newId = () => {
    made += 1;
    return `note-${made}`;
  };
  const open = () => new NoteBook({ send, stored: { read: () => browser.text, write }, newId });
  return { notes, heard, line, browser, open };
}
const shown = (book: NoteBook) => book.list()?.map(({ atMs, text, state }) => `${atMs} ${text} ${state}`);

describe('a note', () => {
  test('stands there at once, in its place, and is kept when it has arrived', async () => {
    const { open, browser } = world();
    const book = open();
    book.learn([{ id: RecordingNoteId.parse('old'), atMs: 5000, text: 'old', changedAt: 0 }]);
    book.add(1000, 'new');
    expect(shown(book)).toEqual(['1000 new unsent', '5000 old kept']);
    await book.flush();
    expect(shown(book)).toEqual(['1000 new kept', '5000 old kept']);
    expect(browser.text).toBeUndefined();
  });

  test('written without a line is sent by the next page', async () => {
    const { open, line, notes } = world();
    line.answer = () => 'later';
    const first = open();
    first.add(1000, 'a');
    first.add(2000, '');
    await first.flush();
    line.answer = () => undefined;
    const second = open();
    expect(shown(second)).toEqual(['1000 a unsent', '2000  unsent']);
    await second.flush();
    expect([...notes.values()].map(({ text }) => text)).toEqual(['a', '']);
  });

  test('changed and removed before it was sent is never sent', async () => {
    const { open, line, heard, browser } = world();
    line.answer = () => 'later';
    const book = open();
    book.add(1000, 'a');
    await book.flush();
    const [note] = book.list() ?? [];
    book.change(note?.id ?? '', 'b');
    await book.flush();
    expect(shown(book)).toEqual(['1000 b unsent']);
    book.remove(note?.id ?? '');
    line.answer = () => undefined;
    await book.flush();
    expect(shown(book)).toBeUndefined();
    expect([heard, browser.text]).toEqual([[], undefined]);
  });

  test('changed or removed while it is on its way is so in the end', async () => {
    for (const [what, left] of [
      ['change', ['later words']],
      ['remove', []],
    ] as const) {
      const { open, notes } = world();
      const book = open();
      book.add(1000, 'a');
      const id = book.list()?.[0]?.id ?? '';
      if (what === 'change') book.change(id, 'later words');
      else book.remove(id);
      await book.flush();
      expect([...notes.values()].map(({ text }) => text)).toEqual(left);
      expect(book.list()?.map(({ text }) => text) ?? []).toEqual(left);
    }
  });

  test('that the server refuses stays to be read, and stops no other', async () => {
    const { open, line } = world();
    const book = open();
    book.learn([]);
    const answers: (Sent | undefined)[] = ['refused', undefined];
    line.answer = () => answers.shift();
    book.add(1000, 'too much');
    book.add(2000, 'fine');
    await book.flush();
    expect(shown(book)).toEqual(['1000 too much refused', '2000 fine kept']);
    book.remove(book.list()?.[0]?.id ?? '');
    await book.flush();
    expect(shown(book)).toEqual(['2000 fine kept']);
  });

  test('that another device has removed is gone here too', async () => {
    const { open } = world();
    const book = open();
    book.learn([{ id: RecordingNoteId.parse('old'), atMs: 5000, text: 'old', changedAt: 0 }]);
    book.change('old', 'new words');
    await book.flush();
    expect(book.list()).toEqual([]);
  });

  test('in a broken store costs nothing else', () => {
    const { open, browser } = world();
    browser.text = '{"act":';
    expect(open().list()).toBeUndefined();
    browser.text = '[{"act":"burn"}]';
    expect(open().list()).toBeUndefined();
  });
});
