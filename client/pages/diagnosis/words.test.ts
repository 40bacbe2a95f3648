// Whoever answers the phone reads whole sentences, in each language: what happened, why, and what to do.
import { beforeAll, describe, expect, it } from 'vitest';
import { Cause, type Evidence, TroubleKind } from '../../../server/contract/diagnosis.ts';
import { LossCause } from '../../../server/contract/reasons.ts';
import { setUniversityZone } from '../../i18n/index.ts';
import { nextOf, nextOfWell, sayOf } from './advice.ts';
import { type Answer, groupsOf } from './answer.ts';
import { readAsked, spanOf } from './asked.ts';
import { languages, textsOf } from './texts.fixture.ts';
import { lesson, minutes, personOf, troubleOf } from './trouble.fixture.ts';
import { answerWords, causeWords, delayWords, evidenceWords, exactTime, percent, rateWords, worstWords } from './words.ts';

beforeAll(() => setUniversityZone('Asia/Almaty'));

const english = textsOf('en');
const sides = { here: { troubled: 9, of: 10 }, elsewhere: { troubled: 2, of: 220 } };
const evidence: readonly Evidence[] = [
  { code: 'network', network: '10.1.2.0/24', ...sides },
  { code: 'network', network: null, ...sides },
  { code: 'worker', worker: 4242, ...sides },
  { code: 'room', ...sides },
  { code: 'others', others: { troubled: 0, of: 0 } },
  { code: 'others', others: { troubled: 1, of: 21 } },
  { code: 'teacher-loss', share: 0.2 },
  { code: 'device-slow', share: 0.5 },
  { code: 'gaps-without-loss', concealed: 0.3, loss: 0.004 },
  ...LossCause.options.map((cause) => ({ code: 'drops', times: 2, cause }) as const),
  { code: 'drops', times: 1, cause: null },
  { code: 'refused', refusal: 'room-full' },
  ...[true, false].map((relay) => ({ code: 'way', relay, tcp: !relay }) as const),
  { code: 'way', relay: true, tcp: true },
  { code: 'server-stopped' },
  { code: 'media-failed' },
];
const answers: readonly Answer[] = [
  { kind: 'not-kept', since: minutes(0) },
  { kind: 'nobody-there' },
  { kind: 'well', people: 21 },
  { kind: 'found', people: { troubled: 2, of: 21 }, groups: [] },
  { kind: 'found', people: { troubled: 1, of: 0 }, groups: [] },
];
const askedFor = (query: string) => spanOf(readAsked(new URLSearchParams(query)), minutes(30));
const spans = ['', 'person=p1', 'day=2026-11-22', 'day=2026-11-22&time=10:07', 'time=10:00&until=10:30'].map(askedFor);

describe.each(languages)('Z32 in %s', (language) => {
  const words = textsOf(language);
  const isWhole = (text: string) => text.length > 3 && !/[{}]|undefined|NaN|diagnosis\./.test(text);

  it('each answer is one whole sentence, for each way of asking', () => {
    const said = answers.flatMap((answer) => spans.map((span) => answerWords(answer, span, words)));
    expect(said.filter((text) => !isWhole(text))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });

  it('each cause is told, surely and probably, with the name of what it was', () => {
    for (const cause of Cause.options) {
      const said = [true, false].flatMap((isSure) =>
        [1, 5].map((people) => causeWords({ lead: troubleOf({ hint: { cause, isSure, evidence: [] } }), people }, words)),
      );
      expect(said.filter((text) => !isWhole(text))).toEqual([]);
      if (cause !== 'unclear' && cause !== 'rules') expect(said[0]).not.toBe(said[2]);
    }
    expect(causeWords({ lead: troubleOf({ hint: { cause: 'network', isSure: true, evidence: [] } }), people: 9 }, words)).toContain(
      '10.1.2.0/24',
    );
  });

  it('each piece of evidence has a sentence of its own', () => {
    const said = evidenceWords({ cause: 'unclear', isSure: false, evidence: [...evidence] }, words);
    expect(said.filter((text) => !isWhole(text))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });

  it('there is something to say on the phone, and something to do, for each cause and each kind', () => {
    for (const cause of Cause.options) {
      for (const kind of TroubleKind.options) {
        const trouble = troubleOf({ kinds: [kind], hint: { cause, isSure: false, evidence: [] } });
        const said = sayOf(trouble, words);
        expect(said.filter((text) => !isWhole(text))).toEqual([]);
        expect(said.length).toBeGreaterThanOrEqual(kind === 'loss' || kind === 'delay' ? 2 : 3);
      }
      const next = nextOf(troubleOf({ hint: { cause, isSure: true, evidence: [] } }), true, words);
      expect(next.length).toBeGreaterThan(0);
      expect(next.flatMap(({ title, text }) => [title, text]).filter((text) => !isWhole(text))).toEqual([]);
    }
    expect(nextOfWell(personOf('p1'), words).every(({ title, link }) => isWhole(title) && link !== null)).toBe(true);
  });
});

describe('Z32 what is said', () => {
  it('tells when, what, why and what to do, in that order', () => {
    expect(sayOf(troubleOf(), english).join(' ')).toBe(
      [
        `I can see it: from 10:05 to 10:09, in the class “${lesson.title}”.`,
        'Up to 30% of the sound did not arrive in time, so voices broke up.',
        'It came from your own internet connection, not from the class.',
        'Please sit closer to the Wi-Fi router or use a cable, and close other programs that use the internet. If that does not help, try mobile internet.',
      ].join(' '),
    );
  });

  it('is no more than can be taken in, and repeats the door’s own answer', () => {
    const many = troubleOf({ kinds: ['dropped', 'loss', 'sound-gaps', 'frozen', 'delay'] });
    expect(sayOf(many, english)).toHaveLength(6);
    const refused = troubleOf({
      kinds: ['not-let-in'],
      hint: { cause: 'rules', isSure: true, evidence: [{ code: 'refused', refusal: 'room-full' }] },
    });
    expect(sayOf(refused, english).at(-1)).toContain('The room is full.');
  });

  it('leads to the others on the same network, at the same minutes', () => {
    const hint = { cause: 'network', isSure: true, evidence: [] } as const;
    const [first] = nextOf(troubleOf({ hint: { ...hint, evidence: [] } }), false, english);
    expect(first?.link).toBe('/diagnosis?day=2026-11-22&time=10%3A05&until=10%3A09&network=10.1.2.0%2F24&show=everybody');
    expect(nextOf(troubleOf({ hint: { ...hint, evidence: [] }, network: null }), false, english)[0]?.id).toBe('networkUnnamed');
  });

  it('leads only administrators to the load', () => {
    const trouble = troubleOf({ hint: { cause: 'worker', isSure: true, evidence: [] } });
    expect([true, false].map((may) => nextOf(trouble, may, english)[0]?.link)).toEqual(['/status', null]);
  });

  it('counts who was only refused as not in class', () => {
    expect(
      answerWords({ kind: 'found', people: { troubled: 1, of: 0 }, groups: groupsOf([troubleOf()]) }, askedFor('time=10:07'), english),
    ).toBe('Around 10:07 on 22 November: 1 person had trouble.');
  });
});

describe('Z32 figures', () => {
  it('are told only where they were something', () => {
    expect(worstWords(troubleOf().worst, english)).toEqual(['up to 12% lost on the way to the person', 'gaps in the sound of up to 30%']);
    const all = { ...troubleOf().worst, lossUp: 0.5, frozenMs: 12_000, roundTripMs: 1400, drops: 2, ladder: 'stills' } as const;
    expect(worstWords(all, english).slice(3)).toEqual([
      'pictures stood still for 12\u00a0s',
      'up to 1.4\u00a0s there and back',
      'line lost 2 times',
      'was sent: screen as pictures',
    ]);
  });

  it('have few digits', () => {
    expect([percent(0.004, english), percent(0.126, english)]).toEqual(['0.4%', '13%']);
    expect([delayWords(80.4, english), delayWords(2345, english)]).toEqual(['80\u00a0ms', '2.3\u00a0s']);
    expect([rateWords(64_000, english), rateWords(1_240_000, english)]).toEqual(['64\u00a0kbit/s', '1.2\u00a0Mbit/s']);
    expect(exactTime(minutes(7) + 20_000)).toBe('10:07:20');
  });
});
