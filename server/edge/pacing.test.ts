// H3, H4: how often people and rooms may ask, and that nothing of it is remembered for ever.
import { describe, expect, it } from 'vitest';
import { Pacing } from './pacing.ts';
import { usualPaces } from './socket-limits.ts';

const who = { personId: 'p', lessonId: 'l' };
const pacingWith = (patience = { burst: 1000, perSecond: 1 }, unansweredPerPerson = 1000) =>
  new Pacing({ paces: { ...usualPaces, patience }, unansweredPerPerson });
const verdicts = (pacing: Pacing, name: string, times: number, atMs: number, of = who) =>
  Array.from({ length: times }, () => pacing.ask(name, of, atMs).verdict);
const count = (list: readonly string[], wanted: string) => list.filter((each) => each === wanted).length;

describe('pacing', () => {
  it('lets ten messages through at once and two a second after that', () => {
    const pacing = pacingWith();
    expect(count(verdicts(pacing, 'chat:post', 15, 0), 'go')).toBe(10);
    expect(count(verdicts(pacing, 'chat:post', 15, 1000), 'go')).toBe(2);
  });

  it('says how long to wait', () => {
    const pacing = pacingWith();
    verdicts(pacing, 'room:react', 5, 0);
    expect(pacing.ask('room:react', who, 0)).toEqual({ verdict: 'wait', retryAfterMs: 200 });
  });

  it('keeps requests of other kinds apart, and all unknown ones together', () => {
    const pacing = pacingWith();
    verdicts(pacing, 'chat:post', 15, 0);
    expect(count(verdicts(pacing, 'a', 60, 0), 'go') + count(verdicts(pacing, 'b', 100, 0), 'go')).toBe(usualPaces.others.burst);
  });

  it('shows out who goes on and on, also with what is never answered', () => {
    const pacing = pacingWith({ burst: 3, perSecond: 1 });
    expect(verdicts(pacing, 'room:react', 9, 0)).toEqual([...Array(5).fill('go'), 'wait', 'wait', 'wait', 'out']);
    expect(pacing.bears('p', 0)).toBe(false);
    expect(pacing.bears('q', 0)).toBe(true);
  });

  it('bounds what all of a room ask for together, without blame', () => {
    const pacing = pacingWith({ burst: 1, perSecond: 1 });
    const asked = Array.from({ length: 30 }, (_, person) =>
      verdicts(pacing, 'chat:post', 10, 0, { personId: `p${person}`, lessonId: 'l' }),
    );
    const { 'chat:post': room } = usualPaces.room;
    expect([count(asked.flat(), 'go'), count(asked.flat(), 'out')]).toEqual([room?.burst, 0]);
    expect(pacing.ask('chat:post', { personId: 'other', lessonId: 'elsewhere' }, 0).verdict).toBe('go');
  });

  it('bounds what is asked and not answered yet', () => {
    const pacing = pacingWith(undefined, 4);
    expect(verdicts(pacing, 'media:ready', 6, 0)).toEqual(['go', 'go', 'go', 'go', 'wait', 'wait']);
    pacing.answered('p');
    expect(verdicts(pacing, 'media:ready', 2, 0)).toEqual(['go', 'wait']);
  });

  it('forgets people and rooms that asked for nothing for a while', () => {
    const pacing = pacingWith();
    for (let person = 0; person < 1000; person += 1) {
      pacing.ask('chat:post', { personId: `p${person}`, lessonId: `l${person}` }, 0);
      pacing.answered(`p${person}`);
    }
    expect(pacing.size).toBe(2000);
    pacing.ask('chat:post', who, 60_000);
    expect(pacing.size).toBe(3);
  });
});
