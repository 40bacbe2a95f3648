// Durable before visible, in order, with few writes.
import { describe, expect, it } from 'vitest';
import { LessonId, PersonId } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';
import type { DurableRoom } from './durable.ts';
import { Journal } from './journal.ts';

const fact = (at: number): Fact => ({ type: 'room-opened', lessonId: LessonId.parse('lesson'), at });
const state = (openedAt: number): DurableRoom => ({
  ...{
    openedAt,
    leadId: PersonId.parse('teacher'),
    teachers: [],
    locked: false,
    insiders: [],
    permissions: {},
    rewind: null,
    hands: {},
    admitted: [],
    turnedAway: [],
    removed: [],
    plannedCheck: null,
  },
  students: { microphone: true, camera: true, screen: true, chat: true },
});

/** A journal whose writes end when the test says so. */
function journal() {
  const story: string[] = [];
  const writes: { readonly done: () => void; readonly failed: (error: Error) => void }[] = [];
  const pending = () => new Promise<void>((done, failed) => writes.push({ done, failed }));
  const kept = new Journal(
    {
      append: (facts) => {
        story.push(`append ${facts.map(({ at }) => at).join(' ')}`);
        return pending();
      },
      save: ({ openedAt }) => {
        story.push(`save ${openedAt}`);
        return pending();
      },
      publish: (facts) => story.push(`publish ${facts.map(({ at }) => at).join(' ')}`),
      failed: (error) => story.push(`failed ${String(error)}`),
    },
    stored,
  );
  return { kept, story, writes };
}
const stored = state(0);

describe('the journal of a room', () => {
  it('publishes after writing, and in the order of events even when a later one is written first', async () => {
    const { kept, story, writes } = journal();
    const first = kept.commit([fact(1)], stored);
    const second = kept.commit([fact(2)], stored);
    writes[1]?.done();
    await new Promise(setImmediate);
    expect(story).toEqual(['append 1', 'append 2']);
    writes[0]?.done();
    await Promise.all([first, second]);
    expect(story).toEqual(['append 1', 'append 2', 'publish 1', 'publish 2']);
  });

  it('saves the state only when it changed, and changes made during a save together', async () => {
    const { kept, story, writes } = journal();
    for (const at of [1, 2, 3]) void kept.commit([fact(at)], state(at));
    await new Promise(setImmediate);
    // The first save begins a turn later: by then all three are known.
    expect(story.filter((line) => line.startsWith('save'))).toEqual(['save 3']);
    void kept.commit([fact(4)], state(4));
    void kept.commit([fact(5)], state(5));
    await new Promise(setImmediate);
    for (const { done } of writes.splice(0)) done();
    await new Promise(setImmediate);
    for (const { done } of writes.splice(0)) done();
    await new Promise(setImmediate);
    expect(story.filter((line) => line.startsWith('save'))).toEqual(['save 3', 'save 5']);
    expect(story.at(-1)).toBe('publish 5');
  });

  it('says once that it failed, and publishes nothing from then on', async () => {
    const { kept, story, writes } = journal();
    const lost = [kept.commit([fact(1)], stored), kept.commit([fact(2)], stored)];
    writes[0]?.failed(new Error('disk full'));
    writes[1]?.done();
    expect((await Promise.allSettled(lost)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(story.filter((line) => line.startsWith('failed'))).toEqual(['failed Error: disk full']);
    expect(story.some((line) => line.startsWith('publish'))).toBe(false);
  });
});
