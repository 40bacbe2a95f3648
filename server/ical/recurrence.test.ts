// Rules of recurrence against RFC 5545's own examples, its less known corners, and rules made to hang a server.
import { describe, expect, it } from 'vitest';
import { parseMoment } from './moment.ts';
import { readCalendar } from './read-calendar.ts';
import { type Budget, expand } from './recurrence.ts';
import { parseRule } from './recurrence-rule.ts';
import { rfcExamples } from './rfc-examples.ts';
import { ianaZone } from './zone.ts';

const newYork = ianaZone('America/New_York');

/** Through the whole reader, in New York. */
function inNewYork(start: string, rule: string, { to, excluded }: { to: number; excluded?: string | undefined }): string[] {
  const zone = 'TZID=America/New_York';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:rfc',
    `DTSTART;${zone}:${start}`,
    `RRULE:${rule}`,
    'DURATION:PT30M',
  ];
  if (excluded !== undefined) lines.push(`EXDATE;${zone}:${excluded}`);
  const text = [...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  const { events, faults } = readCalendar(text, { from: Date.UTC(1996, 0, 1), to, timeZone: 'Asia/Almaty' });
  expect(faults).toEqual([]);
  return events.map(({ startsAt }) => new Date(newYork?.toWall(startsAt) ?? 0).toISOString().slice(0, 16).replace('T', ' '));
}

describe('the examples of RFC 5545', () => {
  for (const { name, start, rules, excluded, expected, endless } of rfcExamples) {
    it.each(rules)(`${name}: %s`, (rule) => {
      const wanted = expected.map((time) => (time.length === 10 ? `${time} 09:00` : time));
      const last = Date.parse(`${wanted.at(-1)?.replace(' ', 'T')}Z`);
      // An endless rule is looked at up to its last written example; New York is at most five hours behind.
      const to = endless ? (newYork?.toInstant(last) ?? 0) + 60_000 : Date.UTC(2020, 0, 1);
      expect(inNewYork(start, rule, { to, excluded })).toEqual(wanted);
    });
  }

  it('every three hours ends where UNTIL as printed ends it, at one in New York', () => {
    const to = Date.UTC(1998, 0, 1);
    expect(inNewYork('19970902T090000', 'FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z', { to })).toEqual([
      '1997-09-02 09:00',
      '1997-09-02 12:00',
    ]);
  });
});

const wallOf = (text: string) => parseMoment(text)?.wall ?? Number.NaN;
const plenty = (): Budget => ({ steps: 1_000_000, times: 100_000 });

/** By the wall, without a zone. */
function given(rule: string, start: string, { from = start, to }: { from?: string; to: string }): string[] {
  const parsed = parseRule(rule);
  if (parsed === null) throw new Error(`no rule: ${rule}`);
  const { times, complete } = expand(parsed, wallOf(start), { from: wallOf(from), to: wallOf(to), budget: plenty() });
  expect(complete).toBe(true);
  return times.map((wall) => new Date(wall).toISOString().slice(0, 10));
}

describe('a rule', () => {
  it('for 29 February holds in leap years only, also over a century that is none', () => {
    expect(given('FREQ=YEARLY', '20240229T090000', { to: '20330101' })).toEqual(['2024-02-29', '2028-02-29', '2032-02-29']);
    expect(given('FREQ=YEARLY;COUNT=3', '20960229', { to: '22000101' })).toEqual(['2096-02-29', '2104-02-29', '2108-02-29']);
    expect(given('FREQ=YEARLY;INTERVAL=3', '20240229', { to: '20490101' })).toEqual(['2024-02-29', '2036-02-29', '2048-02-29']);
  });

  it('for the last day of February is the 28th or the 29th', () => {
    expect(given('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', '20230228', { to: '20250301' })).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2025-02-28',
    ]);
  });

  it('for the 31st leaves out the months without one', () => {
    expect(given('FREQ=MONTHLY', '20260131', { to: '20260801' })).toEqual(['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31']);
  });

  it('counts weeks by their first day: week 53 exists in some years, and week 1 may begin in December', () => {
    expect(given('FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', '20201228', { to: '20321231' })).toEqual(['2020-12-28', '2026-12-28', '2032-12-27']);
    expect(given('FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO', '20241230', { to: '20270201' })).toEqual(['2024-12-30', '2025-12-29', '2027-01-04']);
    expect(given('FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU', '20210103', { to: '20240101' })).toEqual([
      '2021-01-03',
      '2022-01-02',
      '2023-01-01',
      '2023-12-31',
    ]);
    expect(given('FREQ=YEARLY;BYWEEKNO=20;BYDAY=SU;WKST=SU', '19970511', { to: '19990101' })).toEqual(['1997-05-11', '1998-05-17']);
    expect(given('FREQ=YEARLY;BYWEEKNO=20', '20260512', { to: '20280101' })).toEqual(['2026-05-12', '2027-05-18']);
  });

  it('takes ordinals of weekdays from the year, or from its months where it names some', () => {
    expect(given('FREQ=YEARLY;BYDAY=-1FR', '20261225', { to: '20280101' })).toEqual(['2026-12-25', '2027-12-31']);
    expect(given('FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU', '20260329', { to: '20280101' })).toEqual([
      ...['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'],
    ]);
    expect(given('FREQ=MONTHLY;BYDAY=5MO', '20260330', { to: '20260901' })).toEqual(['2026-03-30', '2026-06-29', '2026-08-31']);
    expect(given('FREQ=YEARLY;BYDAY=53MO', '20201228', { to: '20260101' })).toEqual(['2020-12-28', '2024-12-30']);
  });

  it('counts days of the year from both ends', () => {
    expect(given('FREQ=YEARLY;BYYEARDAY=-1,60,366', '20240229', { to: '20260101' })).toEqual([
      ...['2024-02-29', '2024-12-31', '2025-03-01', '2025-12-31'],
    ]);
  });

  it('chooses among the times of a period, not only among its days', () => {
    const rule = parseRule('FREQ=DAILY;BYHOUR=8,12,16;BYMINUTE=0,30;BYSETPOS=1,-1');
    if (rule === null) throw new Error('no rule');
    const start = wallOf('20260901T080000');
    const { times } = expand(rule, start, { from: start, to: wallOf('20260902T235900'), budget: plenty() });
    expect(times.map((wall) => new Date(wall).toISOString().slice(8, 16))).toEqual(['01T08:00', '01T16:30', '02T08:00', '02T16:30']);
  });

  it('is the same from the middle as from the beginning', () => {
    const rules = [
      ...['FREQ=DAILY;INTERVAL=17', 'FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,SU', 'FREQ=MONTHLY;INTERVAL=7;BYDAY=-1FR', 'FREQ=YEARLY;INTERVAL=3'],
      ...[
        'FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=TU',
        'FREQ=HOURLY;INTERVAL=31',
        'FREQ=MINUTELY;INTERVAL=1000;BYDAY=WE',
        'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU',
      ],
    ];
    for (const rule of rules) {
      const whole = given(rule, '20200107T083000', { to: '20300101' }).filter((day) => day >= '2027-03-01');
      expect(given(rule, '20200107T083000', { from: '20270301', to: '20300101' }), rule).toEqual(whole);
    }
  });

  it('counts its start, also where it would not give it', () => {
    expect(given('FREQ=WEEKLY;BYDAY=MO;COUNT=3', '20260902', { to: '20270101' })).toEqual(['2026-09-02', '2026-09-07', '2026-09-14']);
  });

  it('leaves out times that the clock leaps over, and does not count them', () => {
    const to = Date.UTC(2027, 0, 1);
    expect(inNewYork('20260307T023000', 'FREQ=DAILY;COUNT=3', { to })).toEqual([
      '2026-03-07 02:30',
      '2026-03-09 02:30',
      '2026-03-10 02:30',
    ]);
  });

  it('keeps to the clock on the wall when that is set', () => {
    const to = Date.UTC(2026, 10, 3);
    expect(inNewYork('20261030T090000', 'FREQ=DAILY;UNTIL=20261102', { to })).toEqual([
      ...['2026-10-30 09:00', '2026-10-31 09:00', '2026-11-01 09:00', '2026-11-02 09:00'],
    ]);
  });

  it('ends by UNTIL in UTC, on the wall, or with a day, each included', () => {
    const to = Date.UTC(2027, 0, 1);
    const last = (until: string) => inNewYork('20260901T210000', `FREQ=DAILY;UNTIL=${until}`, { to }).at(-1);
    expect(last('20260905T010000Z')).toBe('2026-09-04 21:00');
    expect(last('20260905T005959Z')).toBe('2026-09-03 21:00');
    expect(last('20260905T210000')).toBe('2026-09-05 21:00');
    expect(last('20260905')).toBe('2026-09-05 21:00');
  });

  it.each([
    ...[
      '',
      'FREQ=FORTNIGHTLY',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;COUNT=-1',
      'FREQ=DAILY;COUNT=2;UNTIL=20260901',
      'FREQ=DAILY;BYMONTH=13',
    ],
    ...[
      'FREQ=WEEKLY;BYDAY=1MO',
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO',
      'FREQ=MONTHLY;BYWEEKNO=20',
      'FREQ=WEEKLY;BYMONTHDAY=1',
      'FREQ=DAILY;BYYEARDAY=1',
    ],
    ...[
      'FREQ=MONTHLY;BYSETPOS=1',
      'FREQ=DAILY;BYHOUR=24',
      'FREQ=MONTHLY;BYMONTHDAY=0',
      'FREQ=DAILY;FREQ=DAILY',
      'FREQ=DAILY;UNTIL=20260230',
    ],
    ...[
      'RSCALE=HEBREW;FREQ=YEARLY',
      'FREQ=MONTHLY;SKIP=FORWARD',
      'FREQ=DAILY;BYDAY=XX',
      'FREQ=MONTHLY;BYDAY=0MO',
      'FREQ=DAILY;BYHOUR=1,,2',
    ],
  ])('that RFC 5545 does not allow is none: %s', (rule) => {
    expect(parseRule(rule)).toBeNull();
  });
});

describe('a rule that would never end', () => {
  const everything = (most: number, from = 0) => Array.from({ length: most }, (_, index) => index + from).join(',');
  const all = `BYHOUR=${everything(24)};BYMINUTE=${everything(60)};BYSECOND=${everything(60)}`;
  const span = { from: wallOf('20260901'), to: wallOf('20271001') };

  it.each([
    ['FREQ=SECONDLY', false],
    [`FREQ=YEARLY;${all};BYMONTHDAY=${everything(31, 1)};BYMONTH=${everything(12, 1)}`, false],
    [`FREQ=DAILY;${all};BYSETPOS=86400`.replace('86400', '366'), true],
    ['FREQ=SECONDLY;BYMONTHDAY=31;BYMONTH=2', true],
    ['FREQ=SECONDLY;INTERVAL=7;BYHOUR=3;BYMINUTE=59;BYSECOND=59;BYYEARDAY=366;BYDAY=MO', true],
    ['FREQ=MINUTELY;BYSECOND=60', false],
    ['FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2', true],
    ['FREQ=YEARLY;INTERVAL=999999999', true],
    ['FREQ=MONTHLY;INTERVAL=999999999;BYMONTHDAY=31', true],
    ['FREQ=WEEKLY;INTERVAL=999999999', true],
    ['FREQ=DAILY;INTERVAL=1000000;BYMONTHDAY=31;BYMONTH=2', true],
    ['FREQ=DAILY;COUNT=999999999', false],
    ['FREQ=SECONDLY;COUNT=999999999', false],
    ['FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;COUNT=1000000', true],
  ])('ends quickly: %s', (text, complete) => {
    const rule = parseRule(text);
    if (rule === null) throw new Error('no rule');
    const began = performance.now();
    const answer = expand(rule, wallOf('16010101T000000'), { ...span, budget: plenty() });
    expect(performance.now() - began).toBeLessThan(1500);
    expect(answer.complete).toBe(complete);
    expect(answer.times.length).toBeLessThanOrEqual(20_000);
  });

  it('takes no more from a file than all its rules may have together', () => {
    const budget = { steps: 50_000, times: 1000 };
    const rule = parseRule('FREQ=DAILY');
    if (rule === null) throw new Error('no rule');
    let complete = 0;
    for (let index = 0; index < 10; index++) if (expand(rule, span.from, { ...span, budget }).complete) complete += 1;
    expect(complete).toBe(2);
    expect(budget.times).toBeGreaterThanOrEqual(0);
  });
});
