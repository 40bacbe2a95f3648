// How lessons follow their weekly pattern: what is new, what changes, what goes, and what stays as it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, dayNumber } from '../calendar/dates.ts';
import { type Content, factsOf, isSoon, type LaidOut, newsOf, reconcile } from './layout.ts';

const now = Date.parse('2026-10-01T12:00:00Z');
const hour = 3_600_000;
const content: Content = {
  ...{ courseId: 'c', kind: 'lecture', title: 'Optics', teacherId: 't', placeId: null, mode: 'online', rules: '{}' },
  groupIds: ['g1', 'g2'],
};
const on = (occurrence: string, at = 8) => {
  const startsAt = Date.parse(`${occurrence}T00:00:00Z`) + at * hour;
  return { occurrence, startsAt, endsAt: startsAt + hour };
};
const lesson = (occurrence: string, more: Partial<LaidOut> = {}, byHand: string[] = []): LaidOut => ({
  ...content,
  ...on(occurrence),
  ...{ id: `l-${occurrence}`, cancelled: false, byHand: new Set(byHand), ...more },
});
const anywhere = { now, reaches: () => true };
const nothing = { added: [], changed: [], gone: [] };

describe('lessons of a pattern', () => {
  it('T8 are added for days to come, and never where they would have begun', () => {
    const { added } = reconcile(content, [on('2026-09-28'), on('2026-10-01', 12), on('2026-10-05')], [], anywhere);
    expect(added).toEqual([{ ...content, ...on('2026-10-05') }]);
  });

  it('stay as they are when nothing changed', () => {
    expect(reconcile(content, [on('2026-10-05')], [lesson('2026-10-05')], anywhere)).toEqual(nothing);
  });

  it('follow the bells, the teacher, the place, the groups and the title', () => {
    const other = { ...content, title: 'Waves', teacherId: 'u', placeId: 'p', mode: 'hybrid', groupIds: ['g2', 'g3'] };
    const { changed, ...rest } = reconcile(other, [on('2026-10-05', 9)], [lesson('2026-10-05')], anywhere);
    expect(rest).toEqual({ added: [], gone: [] });
    expect(changed).toHaveLength(1);
    const [change] = changed;
    if (change === undefined) throw new Error('Nothing changed');
    expect(change.after).toEqual({ ...lesson('2026-10-05'), ...other, ...on('2026-10-05', 9) });
    expect(factsOf(change.before, change.after, now).map(({ type }) => type)).toEqual([
      'lesson-moved',
      'teacher-substituted',
      'groups-changed',
      'place-changed',
    ]);
  });

  it('T9 are not touched once they have begun, whatever the plan says', () => {
    const begun = lesson('2026-10-01', on('2026-10-01', 12));
    expect(reconcile({ ...content, teacherId: 'u' }, [on('2026-10-01', 15)], [begun], anywhere)).toEqual(nothing);
    expect(reconcile(content, [], [begun], anywhere)).toEqual(nothing);
  });

  it('T9 stay cancelled when they were by hand, also when the plan gives the day up', () => {
    const cancelled = lesson('2026-10-05', { cancelled: true }, ['cancelled']);
    expect(reconcile({ ...content, teacherId: 'u' }, [on('2026-10-05', 9)], [cancelled], anywhere)).toEqual(nothing);
    expect(reconcile(content, [], [cancelled], anywhere)).toEqual(nothing);
  });

  it('are held again when the plan alone had cancelled them', () => {
    const { changed } = reconcile(content, [on('2026-10-05')], [lesson('2026-10-05', { cancelled: true })], anywhere);
    expect(changed.map(({ after }) => after.cancelled)).toEqual([false]);
    expect(changed.flatMap(({ before, after }) => factsOf(before, after, now).map(({ type }) => type))).toEqual(['lesson-restored']);
  });

  it('T14 are told of only where they begin, or would have begun, within 14 days', () => {
    const inDays = (days: number) => ({ startsAt: now + days * 24 * hour, endsAt: now + (days * 24 + 1) * hour });
    const types = (from: number, to: number) =>
      newsOf(lesson('2026-10-05', inDays(from)), lesson('2026-10-05', inDays(to)), now).map(({ type }) => type);
    expect(types(13, 14)).toEqual(['lesson-moved']);
    expect(types(13, 40)).toEqual(['lesson-moved']);
    expect(types(40, 13)).toEqual(['lesson-moved']);
    expect(types(15, 40)).toEqual([]);
  });

  it.each([
    ['time', { startsAt: now + 99 * hour, endsAt: now + 100 * hour }],
    ['teacher', { teacherId: 'x' }],
    ['place', { placeId: 'q', mode: 'on-site' }],
    ['groups', { groupIds: ['g9'] }],
    ['title', { title: 'By hand' }],
  ] as const)('T11 keep the %s that was given by hand, and follow in all else', (field, own) => {
    const other = { ...content, title: 'Waves', teacherId: 'u', placeId: 'p', mode: 'hybrid', groupIds: ['g3'] };
    const { changed } = reconcile(other, [on('2026-10-05', 9)], [lesson('2026-10-05', own, [field])], anywhere);
    expect(changed[0]?.after).toEqual({ ...lesson('2026-10-05'), ...other, ...on('2026-10-05', 9), ...own, byHand: new Set([field]) });
  });

  it('go with their day; but who moved one by hand has another day for it', () => {
    const plain = lesson('2026-10-05');
    const moved = lesson('2026-10-12', on('2026-10-14'), ['time']);
    expect(reconcile(content, [], [plain, moved], anywhere)).toEqual({ ...nothing, gone: [plain] });
    expect(reconcile(content, [], [plain, moved], { now, reaches: () => false })).toEqual({ ...nothing, gone: [plain, moved] });
  });

  it('T11 follow in all else, and are held again, where one was moved off a day that the plan does not have', () => {
    const moved = lesson('2026-10-12', on('2026-10-14'), ['time']);
    const { changed, ...rest } = reconcile({ ...content, teacherId: 'u' }, [], [{ ...moved, cancelled: true }], anywhere);
    expect(rest).toEqual({ added: [], gone: [] });
    expect(changed.map(({ after }) => after)).toEqual([{ ...moved, teacherId: 'u' }]);
  });

  it('T10 stay the same lessons, links and all, when the pattern moves to another weekday', () => {
    const { changed, ...rest } = reconcile(
      content,
      [on('2026-10-07'), on('2026-10-14')],
      [lesson('2026-10-05'), lesson('2026-10-12')],
      anywhere,
    );
    expect(rest).toEqual({ added: [], gone: [] });
    expect(changed.map(({ after }) => [after.id, after.occurrence])).toEqual([
      ['l-2026-10-05', '2026-10-07'],
      ['l-2026-10-12', '2026-10-14'],
    ]);
  });

  it('are not moved to where they would have begun', () => {
    expect(reconcile(content, [on('2026-10-01', 8)], [lesson('2026-10-01', on('2026-10-01', 15))], anywhere)).toEqual(nothing);
  });
});

describe('whatever the plan and its lessons', () => {
  const dates = fc.uniqueArray(fc.integer({ min: -14, max: 40 }), { maxLength: 12 }).map((days) => days.sort((a, b) => a - b));
  const occurrences = fc
    .tuple(dates, fc.integer({ min: 6, max: 20 }))
    .map(([days, at]) => days.map((day) => on(dateOf(dayNumber('2026-10-01') + day), at)));
  const byHand = fc.subarray(['time', 'teacher', 'place', 'groups', 'title', 'cancelled']);
  const existing = fc
    .tuple(
      occurrences,
      fc.array(fc.tuple(byHand, fc.boolean(), fc.constantFrom('t', 'u'), fc.constantFrom(['g1'], ['g1', 'g2'])), { minLength: 12 }),
    )
    .map(([all, more]) =>
      all.map((at, index) => {
        const [fields = [], isCancelled = false, teacherId = 't', groupIds = []] = more[index] ?? [];
        return lesson(at.occurrence, { ...at, teacherId, groupIds, cancelled: isCancelled || fields.includes('cancelled') }, fields);
      }),
    );
  /** As the database has it afterwards; what goes is deleted, or cancelled when it begins soon or something tells of it. */
  const applied = (before: readonly LaidOut[], result: ReturnType<typeof reconcile>, isToldOf: boolean): LaidOut[] => {
    const goneIds = new Set(result.gone.map(({ id }) => id));
    const changedIds = new Map(result.changed.map(({ after }) => [after.id, after]));
    return [
      ...before
        .filter((one) => isToldOf || isSoon(one, now) || !goneIds.has(one.id))
        .map((one) => changedIds.get(one.id) ?? (goneIds.has(one.id) ? { ...one, cancelled: true } : one)),
      ...result.added.map((one, index) => ({ ...one, id: `new-${index}`, cancelled: false, byHand: new Set<string>() })),
    ];
  };

  it('laying out again changes nothing, and no day has two lessons', () => {
    fc.assert(
      fc.property(occurrences, existing, fc.boolean(), fc.boolean(), (wanted, before, isToldOf, reaches) => {
        const circumstances = { now, reaches: () => reaches };
        const after = applied(before, reconcile(content, wanted, before, circumstances), isToldOf);
        expect(new Set(after.map(({ occurrence }) => occurrence)).size).toBe(after.length);
        const again = reconcile(content, wanted, after, circumstances);
        expect({ ...again, gone: again.gone.filter(({ cancelled }) => !cancelled) }).toEqual(nothing);
      }),
    );
  });

  it('T10 no lesson of the next 14 days disappears, and the plan as it was gives back what it had', () => {
    fc.assert(
      fc.property(occurrences, existing, (wanted, drawn) => {
        const before = applied(drawn, reconcile(content, wanted, drawn, anywhere), false);
        const without = applied(before, reconcile(content, [], before, { now, reaches: () => false }), false);
        const ids = new Set(without.map(({ id }) => id));
        for (const one of before.filter((lesson) => isSoon(lesson, now))) expect(ids).toContain(one.id);
        const again = applied(without, reconcile(content, wanted, without, anywhere), false);
        // One that was moved by hand off a day that is not wanted may have become another of its week.
        const isWanted = (one: LaidOut) => wanted.some(({ occurrence }) => occurrence === one.occurrence);
        const held = before.filter((one) => isSoon(one, now) && !one.cancelled && isWanted(one));
        expect(again).toEqual(expect.arrayContaining(held));
      }),
    );
  });

  it('T9 what has begun is the same afterwards', () => {
    fc.assert(
      fc.property(occurrences, existing, (wanted, before) => {
        const after = applied(before, reconcile(content, wanted, before, anywhere), false);
        for (const one of before) if (one.startsAt <= now) expect(after).toContainEqual(one);
      }),
    );
  });
});
