// Calendars are read as Outlook, Google, Apple and Thunderbird write them, and what is wrong in a file is named by its line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCalendar } from './read-calendar.ts';
import windows from './windows-zones.json' with { type: 'json' };
import { ianaZone } from './zone.ts';

const year = { from: Date.parse('2026-08-31T19:00:00Z'), to: Date.parse('2027-06-30T19:00:00Z'), timeZone: 'Asia/Almaty' };
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const almaty = (time: string) => Date.parse(`2026-${time}:00+05:00`);
const local = (instant: number) => new Date(instant + 5 * 3_600_000).toISOString().slice(5, 16);

/** Of a calendar with one event. */
function readEvent(lines: readonly string[], options = year) {
  const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
  return readCalendar(text, options);
}
const startsOf = (lines: readonly string[], options = year) => readEvent(lines, options).events.map((event) => local(event.startsAt));

describe('a calendar of Outlook', () => {
  const { events, faults } = readCalendar(fixture('outlook.ics'), year);

  it('is read by our own data of Kazakhstan, although it says that Almaty is six hours ahead', () => {
    expect(faults).toEqual([]);
    expect(events.map((event) => [local(event.startsAt), event.title.slice(0, 16)])).toEqual([
      ['09-01T09:00', 'Кванттық механик'],
      ['09-03T14:00', 'Ағылшын тілі'],
      // Its zone is only in the file, with summer time: ten o'clock is seven in UTC, noon in Almaty.
      ['09-04T12:00', 'Гость из Вильнюс'],
      ['09-09T12:00', 'Кванттық механик'],
      ['09-15T09:00', 'Кванттық механик'],
      ['09-22T09:00', 'Кванттық механик'],
    ]);
  });

  it('keeps which occurrence was moved, and all Kazakh letters of folded lines', () => {
    const moved = events.find((event) => event.sequence === 3);
    expect(moved).toMatchObject({ recurrenceId: '2026-09-08T04:00:00.000Z', endsAt: almaty('09-09T12:50') });
    expect(events[0]).toMatchObject({
      title: 'Кванттық механика; дәріс — теориялық физика мен оның ғылыми-техникалық қосымшалары',
      description: 'Оқытушы: Әбдіғалиұлы Қанат\nАудитория: 214',
      location: '3-корпус, 214',
      categories: ['Дәріс', 'Физика'],
      organizer: { name: 'Диспетчер, оқу бөлімі', email: 'dispatcher@example.edu' },
      attendees: [{ name: 'ФИЗ-21-1', email: 'phys21@example.edu' }],
      x: { 'X-MICROSOFT-CDO-BUSYSTATUS': 'BUSY', 'X-MICROSOFT-CDO-IMPORTANCE': '1' },
    });
  });
});

describe('a calendar of Google', () => {
  const { events, faults } = readCalendar(fixture('google.ics'), year);

  it('leaves out what is excluded, marks what is cancelled, and reads times without a zone in its own', () => {
    expect(faults).toEqual([]);
    expect(events.map((event) => [local(event.startsAt), event.cancelled])).toEqual([
      ['09-02T08:00', false],
      ['09-10T10:00', false],
      ['09-30T08:00', true],
      ['12-16T00:00', false],
    ]);
    expect(events[1]?.endsAt).toBe(almaty('09-10T11:30'));
    expect(events[3]).toMatchObject({ allDay: true, endsAt: almaty('12-18T00:00') });
  });
});

describe('a calendar of Apple', () => {
  it('keeps to the wall of its zone when clocks change, and moves an occurrence with all that follow', () => {
    const { events, faults } = readCalendar(fixture('apple.ics'), year);
    expect(faults).toEqual([]);
    expect(
      events.map((event) => [new Date(event.startsAt).toISOString().slice(0, 16), event.endsAt - event.startsAt, event.title.slice(-6)]),
    ).toEqual([
      ['2026-10-23T07:00', 3_600_000, 'еминар'],
      ['2026-10-30T10:00', 3_600_000, '11-ден)'.slice(-6)],
      ['2026-11-06T10:00', 3_600_000, '11-ден)'.slice(-6)],
    ]);
    expect(events[2]?.recurrenceId).toBe('2026-11-06T08:00:00.000Z');
  });
});

describe('a calendar of Thunderbird', () => {
  const { events, faults } = readCalendar(fixture('thunderbird.ics'), year);

  it('is read without PRODID, with line ends of Unix, and names of zones in its own folders', () => {
    expect(faults).toEqual([]);
    expect(events.map((event) => [local(event.startsAt), (event.endsAt - event.startsAt) / 60_000])).toEqual([
      ['09-07T09:00', 110],
      ['09-09T09:00', 110],
      ['09-10T15:00', 50],
      ['09-12T10:00', 120],
    ]);
  });

  it('counts by the version with the highest sequence, wherever it stands', () => {
    expect(events[0]).toMatchObject({ sequence: 4, title: 'Информатика зертханасы', x: { 'X-AUDITORIA-GROUPS': 'ФИЗ-21-1, ФИЗ-21-2' } });
  });
});

describe('times', () => {
  it('are the same whatever a line end is, and however lines are folded', () => {
    const crlf = fixture('outlook.ics');
    const bare = crlf.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    expect(readCalendar(bare, year)).toEqual(readCalendar(crlf, year));
    expect(readCalendar(bare.replaceAll('\n', '\r'), year)).toEqual(readCalendar(crlf, year));
    expect(readCalendar(bare.replaceAll('\n ', '\n\t'), year)).toEqual(readCalendar(crlf, year));
  });

  it.each([
    ['Asia/Almaty', '05:00'],
    ['asia/almaty', '05:00'],
    ['Qyzylorda Standard Time', '05:00'],
    ['Central Asia Standard Time', '05:00'],
    ['West Asia Standard Time', '05:00'],
    ['(UTC+06:00) Astana', '05:00'],
    ['(UTC+06:00) Nur-Sultan', '05:00'],
    ['(UTC+05:00) Qyzylorda', '05:00'],
    ['(UTC+03:00) Moscow, St. Petersburg', '07:00'],
    ['Russian Standard Time', '07:00'],
    ['/citadel.org/20210210_1/Europe/Moscow', '07:00'],
    ['UTC+3', '07:00'],
    ['GMT+0000', '10:00'],
    ['America/Indiana/Indianapolis', '14:00'],
  ])('in the zone %s are understood without its VTIMEZONE', (name, almatyTime) => {
    expect(startsOf([`DTSTART;TZID="${name}":20260910T050000`, 'DURATION:PT1H'])).toEqual([`09-10T${almatyTime}`]);
  });

  it('in the zone that Windows gave Almaty until 2024 are those of Bishkek for a university elsewhere', () => {
    const elsewhere = { ...year, timeZone: 'Asia/Bishkek' };
    expect(startsOf(['DTSTART;TZID=Central Asia Standard Time:20260910T060000'], elsewhere)).toEqual(['09-10T05:00']);
  });

  it('of every name that Windows has are known', () => {
    expect(Object.entries(windows).filter(([, zone]) => ianaZone(zone) === null)).toEqual([]);
  });

  it('in a zone that nobody knows are a fault, and the rest of the file is read', () => {
    const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', 'DTSTART;TZID=Middle Earth:20260910T050000', 'END:VEVENT'];
    const more = ['BEGIN:VEVENT', 'UID:b', 'DTSTART:20260910T050000Z', 'END:VEVENT', 'END:VCALENDAR'];
    const { events, faults } = readCalendar([...text, ...more].join('\n'), year);
    expect(events.map((event) => event.uid)).toEqual(['b']);
    expect(faults).toEqual([{ line: 4, code: 'time-zone-unknown', value: 'Middle Earth' }]);
  });

  it('follow the rule of a zone that only the file has, also where it ended long ago', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Ours',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'RRULE:FREQ=YEARLY;BYMONTH=1;UNTIL=19800101T000000',
    ];
    const rest = ['TZOFFSETFROM:+0500', 'TZOFFSETTO:+0400', 'END:STANDARD', 'END:VTIMEZONE'];
    const event = ['BEGIN:VEVENT', 'UID:a', 'DTSTART;TZID=Ours:20260910T050000', 'END:VEVENT', 'END:VCALENDAR'];
    const { events } = readCalendar(['BEGIN:VCALENDAR', ...zone, ...rest, ...event].join('\n'), year);
    expect(events.map((each) => local(each.startsAt))).toEqual(['09-10T06:00']);
  });
});

describe('events', () => {
  it('are all cancelled by a calendar that cancels, or by the status of their rule', () => {
    const lines = ['UID:a', 'DTSTART:20260910T050000Z', 'RRULE:FREQ=DAILY;COUNT=2'];
    const text = ['BEGIN:VCALENDAR', 'METHOD:CANCEL', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\n');
    expect(readCalendar(text, year).events.map((event) => event.cancelled)).toEqual([true, true]);
    expect(readEvent([...lines.slice(1), 'STATUS:CANCELLED']).events.map((event) => event.cancelled)).toEqual([true, true]);
  });

  it('are given when they touch the span, by where they were moved to', () => {
    const day = { ...year, from: almaty('09-10T00:00'), to: almaty('09-11T00:00') };
    const long = ['DTSTART:20260901T000000Z', 'DTEND:20260920T000000Z'];
    expect(readEvent(long, day).events).toHaveLength(1);
    const rule = ['BEGIN:VEVENT', 'UID:a', 'DTSTART:20260901T050000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4', 'END:VEVENT'];
    const moved = ['BEGIN:VEVENT', 'UID:a', 'RECURRENCE-ID:20260901T050000Z', 'DTSTART:20260910T050000Z', 'DURATION:PT1H', 'END:VEVENT'];
    const text = ['BEGIN:VCALENDAR', ...rule, ...moved, 'END:VCALENDAR'].join('\n');
    expect(readCalendar(text, day).events).toMatchObject([{ recurrenceId: '2026-09-01T05:00:00.000Z', startsAt: almaty('09-10T10:00') }]);
  });

  it('with rules of exception and single dates are joined into one set', () => {
    const lines = [
      'DTSTART:20260907T050000Z',
      'RRULE:FREQ=DAILY;COUNT=7',
      'EXRULE:FREQ=WEEKLY;BYDAY=SU',
      'RDATE:20260921T050000Z,20260908T050000Z',
    ];
    expect(startsOf(lines)).toEqual([
      '09-07T10:00',
      '09-08T10:00',
      '09-09T10:00',
      '09-10T10:00',
      '09-11T10:00',
      '09-12T10:00',
      '09-21T10:00',
    ]);
  });

  it('of whole days last one day, also where their end is left out or their own beginning', () => {
    const lengthOf = (lines: string[]) => readEvent(lines).events.map((event) => (event.endsAt - event.startsAt) / 86_400_000);
    expect(lengthOf(['DTSTART;VALUE=DATE:20260910'])).toEqual([1]);
    expect(lengthOf(['DTSTART;VALUE=DATE:20260910', 'DTEND;VALUE=DATE:20260910'])).toEqual([1]);
    expect(lengthOf(['DTSTART;VALUE=DATE:20260910', 'DURATION:P1W'])).toEqual([7]);
  });
});

describe('what cannot be read is named by line, code and value', () => {
  it.each([
    [['DTSTART:20260231T050000Z'], { line: 4, code: 'date-invalid', value: '20260231T050000Z' }],
    [['DTSTART:2026-09-01'], { line: 4, code: 'date-invalid', value: '2026-09-01' }],
    [['SUMMARY:x'], { line: 2, code: 'start-missing', value: 'one' }],
    [['DTSTART:20260910T050000Z', 'DTEND:20260910T040000Z'], { line: 5, code: 'ends-before-start', value: '20260910T040000Z' }],
    [['DTSTART:20260910T050000Z', 'DURATION:-PT1H'], { line: 5, code: 'ends-before-start', value: '-PT1H' }],
    [['DTSTART:20260910T050000Z', 'RRULE:FREQ=SOMETIMES'], { line: 5, code: 'rule-invalid', value: 'FREQ=SOMETIMES' }],
    [['DTSTART:20260910T050000Z', 'RRULE:FREQ=SECONDLY'], { line: 5, code: 'rule-too-dense', value: 'FREQ=SECONDLY' }],
    [
      ['DTSTART:20260910T050000Z', 'RECURRENCE-ID;RANGE=THISANDPRIOR:20260910T050000Z'],
      { line: 5, code: 'range-unsupported', value: 'THISANDPRIOR' },
    ],
  ])('%j', (lines, fault) => {
    expect(readEvent(lines)).toEqual({ events: [], faults: [fault] });
  });

  it('also where the form itself is broken, and the whole events are read', () => {
    const text = fixture('google.ics')
      .replace('BEGIN:VEVENT', 'no colon here\r\nBEGIN:VEVENT')
      .replace(/END:VEVENT\r\nEND:VCALENDAR\r\n$/, '');
    const { events, faults } = readCalendar(text, year);
    expect(events).toHaveLength(3);
    expect(faults.map(({ code }) => code)).toEqual(['syntax', 'syntax', 'syntax']);
    expect(faults[1]).toMatchObject({ line: 18, value: 'no colon here' });
    expect(readCalendar('Күні;Пән\n1;2', year).faults.map(({ code }) => code)).toContain('not-a-calendar');
    expect(readCalendar('', year)).toEqual({ events: [], faults: [{ line: 1, code: 'not-a-calendar', value: '' }] });
  });
});

describe('a hostile file', () => {
  const within = (ms: number, text: string) => {
    const began = performance.now();
    const answer = readCalendar(text, year);
    expect(performance.now() - began).toBeLessThan(ms);
    return answer;
  };
  const events = (count: number, rule: string) =>
    `BEGIN:VCALENDAR\n${Array.from({ length: count }, (_, index) => `BEGIN:VEVENT\nUID:${index}\nDTSTART:16010101T000000Z\nRRULE:${rule}\nEND:VEVENT\n`).join('')}END:VCALENDAR\n`;

  it('of a thousand rules without end ends, with faults', () => {
    const { faults } = within(20_000, events(1000, 'FREQ=SECONDLY'));
    expect(faults.length).toBe(1000);
    within(20_000, events(1000, 'FREQ=MINUTELY;BYMONTHDAY=31;BYMONTH=2'));
  });

  it('of ever deeper components, endless lines or many parameters is read in time', () => {
    expect(within(3000, 'BEGIN:VCALENDAR\n'.repeat(100_000)).faults.length).toBeGreaterThan(0);
    within(3000, `BEGIN:VCALENDAR\nX-A${';A=B'.repeat(200_000)}:v\nEND:VCALENDAR`);
    within(3000, `BEGIN:VCALENDAR\nX-A:${'\\'.repeat(1_000_000)}\nEND:VCALENDAR`);
    within(3000, `BEGIN:VCALENDAR\n${' x\n'.repeat(500_000)}END:VCALENDAR`);
    within(
      3000,
      `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260901T000000Z\nCATEGORIES:${','.repeat(500_000)}\nEND:VEVENT\nEND:VCALENDAR`,
    );
  });

  it('cannot reach into objects of ours by the names of its properties', () => {
    const { events: found } = readEvent(['DTSTART:20260910T050000Z', 'X-__PROTO__:{}', 'X-CONSTRUCTOR:x']);
    expect(found[0]?.x).toEqual({ 'X-__PROTO__': '{}', 'X-CONSTRUCTOR': 'x' });
  });

  it('F9 reads in a moment a zone whose clock is set ten thousands of times, and a rule that is changed from then on as often', () => {
    const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '');
    const onsets = Array.from({ length: 40_000 }, (_, index) => stamp(Date.parse('2026-01-01T00:00:00Z') + index * 60_000));
    const lists = Array.from({ length: 80 }, (_, index) => `RDATE:${onsets.slice(index * 500, (index + 1) * 500).join(',')}`);
    const changes = Array.from({ length: 20_000 }, (_, index) => {
      const at = stamp(Date.parse('2026-09-01T00:00:00Z') + index * 60_000);
      return [
        'BEGIN:VEVENT',
        'UID:m',
        `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Own:${at}`,
        `DTSTART;TZID=Own:${at}`,
        'DURATION:PT1M',
        'END:VEVENT',
      ];
    });
    const text = [
      ...['BEGIN:VCALENDAR', 'BEGIN:VTIMEZONE', 'TZID:Own', 'BEGIN:STANDARD', 'DTSTART:20260101T000000', 'TZOFFSETFROM:+0500'],
      ...['TZOFFSETTO:+0500', ...lists, 'END:STANDARD', 'END:VTIMEZONE'],
      ...['BEGIN:VEVENT', 'UID:m', 'DTSTART;TZID=Own:20250901T000000', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY;COUNT=15000', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:n', 'DTSTART;TZID=Own:20250901T000000', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY;COUNT=15000', 'END:VEVENT'],
      ...changes.flat(),
      'END:VCALENDAR',
    ].join('\r\n');
    const span = { from: Date.parse('2025-08-01T00:00:00Z'), to: Date.parse('2027-01-01T00:00:00Z'), timeZone: 'Asia/Almaty' };
    const { events, faults } = readCalendar(text, span);
    expect(faults).toEqual([]);
    expect(events).toHaveLength(50_000);
    expect(events[0]?.startsAt).toBe(Date.parse('2025-09-01T00:00:00+05:00'));
  });
});
