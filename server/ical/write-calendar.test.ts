// A calendar that we write keeps the rules of RFC 5545 line by line, and is read alike by us and by another reader.
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { readCalendar } from './read-calendar.ts';
import { type CalendarEvent, calendarOf } from './write-calendar.ts';

const startsAt = Date.parse('2026-09-07T08:00:00+05:00');
const lesson: CalendarEvent = {
  ...{
    uid: 'lesson1@auditoria',
    sequence: 3,
    startsAt,
    endsAt: startsAt + 50 * 60_000,
    cancelled: false,
    changedAt: startsAt - 86_400_000,
  },
  title: 'Дәріс: Қазақстан тарихы; кіріспе, 1-бөлім \\ «Әңгіме»',
  description: `Оқытушы: Қанат Әбдіғалиұлы\nПән: Ұлттық экономика және ғылыми-техникалық прогресс\r\n${'ұзақ сөйлем, '.repeat(20)}соңы`,
  location: '3-корпус, 214',
  url: 'https://class.example.edu/lessons/lesson1',
};
const feed = { name: 'Айгүл Сәрсенова · сабақтар', language: 'kk', timeZone: 'Asia/Almaty' } as const;
const linesOf = (text: string) => text.split('\r\n');

describe('a written calendar', () => {
  const text = calendarOf([lesson], feed);

  it('ends each line with CR LF and folds it at 75 octets without cutting a letter', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of linesOf(text)) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
    expect(linesOf(text).some((line) => line.startsWith(' '))).toBe(true);
  });

  it('is read back whole by us', () => {
    const { events, faults } = readCalendar(text, { from: startsAt, to: startsAt + 1, timeZone: 'Asia/Almaty' });
    expect(faults).toEqual([]);
    expect(events).toMatchObject([
      {
        ...{ uid: lesson.uid, sequence: 3, title: lesson.title, location: lesson.location, cancelled: false },
        ...{ startsAt, endsAt: lesson.endsAt, recurrenceId: null, allDay: false },
        description: lesson.description.replace('\r\n', '\n'),
      },
    ]);
  });

  it('is read back whole by another reader', () => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const [component] = calendar.getAllSubcomponents('vevent');
    if (!component) throw new Error('no event');
    const event = new ICAL.Event(component);
    expect(event.summary).toBe(lesson.title);
    expect(event.description).toBe(lesson.description.replace('\r\n', '\n'));
    expect(event.startDate.toJSDate().getTime()).toBe(startsAt);
    expect(event.endDate.toJSDate().getTime()).toBe(lesson.endsAt);
    expect(component.getFirstPropertyValue('url')).toBe(lesson.url);
    expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe(feed.name);
  });

  it('has what each event and calendar must have, and each of it once', () => {
    const properties = text
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .map((line) => /^[A-Z-]+/.exec(line)?.[0] ?? '');
    for (const name of [
      'UID',
      'DTSTAMP',
      'DTSTART',
      'DTEND',
      'SEQUENCE',
      'STATUS',
      'SUMMARY',
      'URL',
      'CONFERENCE',
      'PRODID',
      'VERSION',
      'METHOD',
    ])
      expect(
        properties.filter((property) => property === name),
        name,
      ).toHaveLength(1);
  });

  it('says that an event is cancelled, and offers no way in', () => {
    const cancelled = calendarOf([{ ...lesson, cancelled: true }], feed);
    expect(cancelled).toContain('STATUS:CANCELLED\r\n');
    expect(cancelled).not.toContain('CONFERENCE');
  });
});

describe('a message to an attendee', () => {
  const organizer = { name: 'Auditoria "Жиһан"', email: 'timetable@example.edu' };
  const attendee = { name: 'Әсел ^_^', email: 'asel@example.edu' };

  it('names organizer and attendee, whatever their names hold', () => {
    const text = calendarOf([{ ...lesson, organizer, attendee }], { ...feed, method: 'REQUEST' });
    expect(text).toContain('METHOD:REQUEST\r\n');
    expect(text).not.toContain('X-WR-CALNAME');
    const { events } = readCalendar(text, { from: startsAt, to: startsAt + 1, timeZone: 'Asia/Almaty' });
    expect(events[0]).toMatchObject({ organizer, attendees: [attendee] });
  });

  it('that cancels says so in method and status', () => {
    const text = calendarOf([{ ...lesson, cancelled: true, organizer, attendee }], { ...feed, method: 'CANCEL' });
    expect(text).toContain('METHOD:CANCEL\r\n');
    expect(text).toContain('STATUS:CANCELLED\r\n');
  });

  it('cannot be given lines of its own by a title, a name or an address', () => {
    const evil = 'x\r\nATTENDEE:mailto:evil@example.com\r\nEND:VEVENT';
    const event = {
      ...lesson,
      title: evil,
      location: evil,
      url: `https://class.example.edu/${evil}`,
      attendee: { name: evil, email: evil },
    };
    const lines = calendarOf([event], { ...feed, name: evil, method: 'REQUEST' })
      .replaceAll('\r\n ', '')
      .split('\r\n');
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
    expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
  });
});
