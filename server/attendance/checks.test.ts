// Rule A20: what a presence check says of a person, and that a lost line is never held against them.
import { describe, expect, it } from 'vitest';
import { answered, at, badLine, came, checked, dropped, lost, resumed, told, traceOf, went } from '../../test/support/told.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { checksOf, outcomesOf } from './checks.ts';
import { fold } from './presence.ts';

const id = 'check-one';
const now = at(65);
const missed = { after: 1, missed: ['p'] };

function outcomeOf(entries: readonly StoredEntry[], isSubject = true) {
  const presence = fold(entries, { from: at(-30), to: now }).get('p') ?? null;
  return outcomesOf('p', isSubject, presence, checksOf(entries, now)).map(({ outcome }) => outcome);
}

describe('A20 a presence check finds whoever', () => {
  const lostInIt = [came('p', 0), [dropped('p', 10.3)], [resumed('p', 10.6)]];
  it.each<[string, string, StoredEntry[][]]>([
    ['answered', 'answered', [came('p', 0), checked(id, 10, ['p']), [answered('p', id, 10.4)]]],
    ['was asked, had a line for the whole minute, and did not answer', 'missed', [came('p', 0), checked(id, 10, ['p'], missed)]],
    ['had not come', 'not-there', [checked(id, 10, ['q'])]],
    ['came while it ran', 'not-there', [checked(id, 10, ['q']), came('p', 10.5)]],
    ['had left', 'not-there', [came('p', 0), went('p', 5), checked(id, 10, ['q'])]],
    ['left instead of answering', 'not-there', [came('p', 0), checked(id, 10, ['p']), went('p', 10.5, 'closed-page')]],
    ['had lost the line long before', 'no-line', [came('p', 0), lost('p', 5), checked(id, 10, ['q'])]],
    ['lost the line while it ran', 'no-line', [came('p', 0), checked(id, 10, ['p']), lost('p', 10.5)]],
    ['was dropped when it began', 'no-line', [came('p', 0), [dropped('p', 9.8)], checked(id, 10, ['p']), [resumed('p', 10.7)]]],
    ['was told the server was gone', 'no-line', [came('p', 0), went('p', 9, 'server-stopped'), checked(id, 10, ['q']), came('p', 10.2)]],
    ['was lost, and asked anew for a whole minute', 'missed', [...lostInIt, checked(id, 10, ['p'], { after: 1.6, missed: ['p'] })]],
    ['became one of those who teach meanwhile', 'not-judged', [came('p', 0), checked(id, 10, ['p'])]],
  ])('%s: %s', (_what, outcome, parts) => {
    expect(outcomeOf(traceOf(...parts))).toEqual([outcome]);
  });

  it('K4 is believed only where the trace shows a whole minute with a line', () => {
    const entries = traceOf(came('p', 0), dropped('p', 10.3), resumed('p', 10.6), checked(id, 10, ['p'], { after: 1.5, missed: ['p'] }));
    expect(outcomeOf(entries)).toEqual(['no-line']);
  });

  it('K4 believes in no minute at the end of which nothing was heard of the line any more', () => {
    const silent = traceOf(came('p', 0), checked(id, 10, ['p'], { after: 1.04, missed: ['p'] }), lost('p', 11.2));
    expect(outcomeOf(silent)).toEqual(['no-line']);
    const broken = traceOf(
      ...[came('p', 0), checked(id, 10, ['p'], { after: 1.04, missed: ['p'] })],
      lost('p', 11.2, { ...badLine, cause: 'line-broken' }),
    );
    expect(outcomeOf(broken)).toEqual(['missed']);
    expect(outcomeOf(traceOf(came('p', 0), checked(id, 10, ['p'], { after: 1.04, missed: ['p'] }), lost('p', 11.5)))).toEqual(['missed']);
  });

  it.each(['withdrawn', 'class-ended', 'server-stopped'] as const)('K7 judges nobody who has not answered when it ends by %s', (reason) => {
    const people = [came('p', 0), came('q', 0)];
    const entries = traceOf(...people, checked(id, 10, ['p', 'q'], { after: 0.5, reason, missed: ['p'] }), answered('q', id, 10.2));
    expect(outcomeOf(entries)).toEqual(['not-judged']);
  });

  it('K7 judges nobody when a crash ended it', () => {
    expect(outcomeOf(traceOf(came('p', 0), checked(id, 10, ['p'], null), told(null, 12, 'room-opened')))).toEqual(['not-judged']);
  });

  it('runs until its end is told', () => {
    expect(outcomeOf(traceOf(came('p', 0), checked(id, 10, ['p'], null)))).toEqual(['running']);
  });

  it('K2 asks nothing of those who teach', () => {
    expect(outcomeOf(traceOf(came('p', 0, { role: 'teacher' }), checked(id, 10, ['q'])), false)).toEqual([]);
  });

  it('counts the first answer, from when it began', () => {
    const entries = traceOf(came('p', 0), checked(id, 10, ['p']), answered('p', id, 10.25), answered('p', id, 10.5));
    const presence = fold(entries, { from: at(-30), to: now }).get('p') ?? null;
    expect(outcomesOf('p', true, presence, checksOf(entries, now))).toEqual([
      { checkId: id, at: at(10), outcome: 'answered', afterMs: 15_000 },
    ]);
  });
});
