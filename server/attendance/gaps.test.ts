// Rules A14 and A15: what is known of each time away, and which of them count as presence.
import { describe, expect, it } from 'vitest';
import { at, badLine, besideMany, came, dropped, lost, resumed, told, traceOf, went } from '../../test/support/told.ts';
import { LeaveReason, LossCause } from '../contract/reasons.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { forgive, type GapView, gapsOf, lapsesOf } from './gaps.ts';
import { fold } from './presence.ts';

const span = { from: at(-30), to: at(65) };

function presenceOf(entries: readonly StoredEntry[], to = span.to) {
  const presence = fold(entries, { ...span, to }).get('p');
  if (presence === undefined) throw new Error('Nobody came');
  return presence;
}

describe('A14 a gap', () => {
  it('lies between two stays, or after the last, and not before the first', () => {
    const gaps = gapsOf(presenceOf(traceOf(came('p', 5), went('p', 10), came('p', 20), went('p', 40))));
    expect(gaps.map(({ from, to, endedBy }) => ({ from, to, endedBy }))).toEqual([
      { from: at(10), to: at(20), endedBy: 'left' },
      { from: at(40), to: null, endedBy: 'left' },
    ]);
    expect(gapsOf(presenceOf(traceOf(came('p', 5))))).toEqual([]);
  });

  const kinds: Readonly<Record<LeaveReason, GapView['kind']>> = {
    left: 'own',
    'closed-page': 'own',
    'signed-out': 'own',
    replaced: 'own',
    'connection-lost': 'network',
    removed: 'shown-out',
    'turned-away': 'shown-out',
    'account-disabled': 'shown-out',
    'right-lost': 'shown-out',
    'too-much': 'server',
    'class-ended': 'shown-out',
    'ended-from-outside': 'shown-out',
    'door-closed': 'shown-out',
    'server-stopped': 'server',
  };
  it.each(LeaveReason.options)('after a line that was alive, ended by %s', (reason) => {
    const [gap] = gapsOf(presenceOf(traceOf(came('p', 0), went('p', 10, reason), came('p', 20))));
    expect(gap).toMatchObject({ endedBy: reason, kind: kinds[reason], line: null, beside: null });
  });

  const causes: Readonly<Record<LossCause, GapView['kind']>> = {
    'line-broken': 'network',
    'line-silent': 'network',
    'too-slow': 'network',
    'client-closed': 'network',
    'closed-page': 'own',
    'server-closed': 'server',
    'server-stopped': 'server',
  };
  it.each(LossCause.options)('of a line that was lost by %s carries what was measured and counted', (cause) => {
    const line = { ...badLine, cause };
    const [gap] = gapsOf(presenceOf(traceOf(came('p', 0), lost('p', 10, line), came('p', 20))));
    expect(gap).toEqual({
      ...{
        from: at(10),
        to: at(20),
        endedBy: 'connection-lost',
        kind: causes[cause],
        line,
        beside: besideMany,
        word: null,
        forgiven: false,
      },
    });
  });

  it.each(['class-ended', 'server-stopped', 'replaced'] as const)(
    'of a line that was lost first stays one of the line when then came %s',
    (reason) => {
      const entries = traceOf(came('p', 0), dropped('p', 10), went('p', 10.5, reason), came('p', 20));
      expect(gapsOf(presenceOf(entries))[0]).toMatchObject({ from: at(10), kind: 'network', line: badLine });
    },
  );

  it('has no ending while the grace period lasts', () => {
    const [gap] = gapsOf(presenceOf(traceOf(came('p', 0), dropped('p', 10)), at(10.5)));
    expect(gap).toMatchObject({ from: at(10), to: null, endedBy: null, kind: 'network', line: badLine });
  });

  it('that a crash made ends with what the device says when it is back', () => {
    const word = { offline: false, hiddenMs: 0, slept: false };
    const opened = told(null, 12, 'room-opened');
    const [gap] = gapsOf(presenceOf(traceOf(came('p', 0), told('q', 10, 'message-posted'), opened, resumed('p', 13, { word }))));
    expect(gap).toMatchObject({ from: at(10), to: at(13), kind: 'server', word });
  });

  it('of entries from before there was evidence is one of the line all the same', () => {
    const drop = told('p', 10, 'connection-dropped', { graceUntil: at(11) }, 'p-1');
    const closed = told('p', 11, 'connection-closed', { reason: 'connection-lost' }, 'p-1');
    expect(gapsOf(presenceOf(traceOf(came('p', 0), drop, closed)))).toMatchObject([{ kind: 'network', line: null, beside: null }]);
  });
});

describe('A2 a lapse', () => {
  it('is there when all lines were lost at once, and tells of the last that went', () => {
    const line = { ...badLine, ice: 'connected' as const };
    const entries = traceOf(
      ...[came('p', 0), told('p', 1, 'connection-opened', { device: 'Safari' }, 'p-2')],
      ...[dropped('p', 10), dropped('p', 10.2, { device: '2', line }), resumed('p', 10.8), resumed('p', 11, { device: '2' })],
    );
    const presence = presenceOf(entries);
    expect(gapsOf(presence)).toEqual([]);
    expect(lapsesOf(presence)).toMatchObject([{ from: at(10.2), to: at(10.8), line, beside: besideMany, forgiven: true }]);
  });

  it('is none while another device is there', () => {
    const second = told('p', 1, 'connection-opened', { device: 'Safari' }, 'p-2');
    expect(lapsesOf(presenceOf(traceOf(came('p', 0), second, dropped('p', 10), resumed('p', 10.5))))).toEqual([]);
  });
});

describe('A15 forgiving', () => {
  const gap = (from: number, to: number | null, kind: GapView['kind'] = 'network'): GapView => ({
    ...{ from: at(from), to: to === null ? null : at(to), endedBy: null, kind, line: null, beside: null, word: null, forgiven: false },
  });
  const counted = { from: at(0), to: at(50) };
  const minute = 60_000;
  const forgiven = (gaps: readonly GapView[], minutes: number) => forgive(gaps, counted, minutes * minute).gaps.map((one) => one.forgiven);

  it('takes gaps of the line and of the server in their order, as long as all of them fit', () => {
    const gaps = [gap(5, 8), gap(10, 20, 'own'), gap(22, 24, 'server'), gap(30, 31, 'shown-out'), gap(40, 42)];
    expect(forgiven(gaps, 5)).toEqual([true, false, true, false, false]);
    expect(forgiven(gaps, 7)).toEqual([true, false, true, false, true]);
    expect(forgiven(gaps, 0)).toEqual([false, false, false, false, false]);
  });

  it('ends with the first that does not fit', () => {
    expect(forgiven([gap(5, 8), gap(10, 20), gap(22, 23)], 5)).toEqual([true, false, false]);
  });

  it('counts only what lies within the lesson', () => {
    const result = forgive([gap(-20, 3), gap(48, null)], counted, 5 * minute);
    expect(result.gaps.map((one) => one.forgiven)).toEqual([true, true]);
    expect(result.forgiven).toEqual([
      { from: at(0), to: at(3) },
      { from: at(48), to: at(50) },
    ]);
  });
});
