// The address says what was asked, and the time that it means is the university's.
import { beforeAll, describe, expect, it } from 'vitest';
import { LessonId, PersonId } from '../../../server/contract/ids.ts';
import { setUniversityZone } from '../../i18n/index.ts';
import { type Asked, linkTo, queryOf, readAsked, spanOf, writeAsked } from './asked.ts';

beforeAll(() => setUniversityZone('Asia/Almaty'));

const nothing = readAsked(new URLSearchParams());
const now = Date.parse('2026-11-22T06:00:00Z');
const at = (text: string) => Date.parse(`2026-11-22T${text}:00+05:00`);

describe('the address', () => {
  const whole: Asked = {
    ...{ day: '2026-11-22', time: '10:07', until: '10:30', search: 'Аружан', network: '10.1.2.0/24', everybody: true },
    ...{ person: PersonId.parse('p1'), lesson: LessonId.parse('l1'), kind: 'frozen', severity: 'bad', at: 1_700_000_000_000 },
    stay: { lessonId: LessonId.parse('l1'), personId: PersonId.parse('p1') },
  };

  it('brings back all that was asked', () => {
    expect(readAsked(new URLSearchParams(writeAsked(whole)))).toEqual(whole);
  });

  it('is short while nothing is asked', () => {
    expect(linkTo(nothing)).toBe('/diagnosis');
  });

  it.each(['day=yesterday', 'time=25:00', 'until=10:10', 'kind=noise', 'severity=', 'stay=l1', 'stay=l1/', 'at=soon', 'search=%20'])(
    'leaves out what cannot be read: %s',
    (text) => {
      expect(readAsked(new URLSearchParams(text))).toEqual(nothing);
    },
  );

  it('keeps no moment without its stay', () => {
    expect(writeAsked({ ...nothing, at: 5 })).toEqual({});
  });
});

describe('Z31 the time that is looked at', () => {
  it('is the hour up to now when nothing is said', () => {
    expect(spanOf(nothing, now)).toEqual({ kind: 'last-hour', from: now - 3_600_000, to: now });
  });

  it('is five minutes before and after a moment', () => {
    expect(spanOf({ ...nothing, day: '2026-11-22', time: '10:07' }, now)).toEqual({ kind: 'moment', from: at('10:02'), to: at('10:12') });
  });

  it('is today where only the time is said', () => {
    expect(spanOf({ ...nothing, time: '10:07' }, now).from).toBe(at('10:02'));
  });

  it('is a span where an end is said, over midnight too', () => {
    expect(spanOf({ ...nothing, day: '2026-11-22', time: '10:00', until: '10:30' }, now)).toEqual({
      ...{ kind: 'span', from: at('10:00'), to: at('10:30') },
    });
    const { from, to } = spanOf({ ...nothing, day: '2026-11-22', time: '23:30', until: '00:30' }, now);
    expect(to - from).toBe(3_600_000);
  });

  it('is a whole day where only the day is said', () => {
    expect(spanOf({ ...nothing, day: '2026-11-22' }, now)).toEqual({ kind: 'day', from: at('00:00'), to: at('00:00') + 86_400_000 });
  });

  it('goes back a month for one person or one lesson', () => {
    const { kind, from, to } = spanOf({ ...nothing, person: PersonId.parse('p1') }, now);
    expect({ kind, days: (to - from) / 86_400_000, to }).toEqual({ kind: 'month', days: 31, to: now });
  });

  it('goes to the server with the filters', () => {
    const asked = { ...nothing, time: '10:07', network: '10.1.2.0/24' };
    expect(queryOf(asked, spanOf(asked, now))).toMatchObject({ from: at('10:02'), to: at('10:12'), network: '10.1.2.0/24' });
  });
});
