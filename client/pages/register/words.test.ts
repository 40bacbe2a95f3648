// Gaps, reasons, rules and faults are told in whole sentences in each language.
import { describe, expect, test } from 'vitest';
import { type AttendanceRule, CheckOutcome, Gap, Reason, RuleScope, Verdict } from '../../../server/contract/attendance.ts';
import { TraceFault } from '../../../server/contract/evidence.ts';
import { ExcuseReason } from '../../../server/contract/excusals.ts';
import { IceState, LeaveReason, LossCause } from '../../../server/contract/reasons.ts';
import * as dates from '../../i18n/dates.ts';
import { formatDuration } from '../../i18n/duration.ts';
import en from '../../i18n/en/index.ts';
import enRegister from '../../i18n/en/register.json';
import kk from '../../i18n/kk/index.ts';
import kkRegister from '../../i18n/kk/register.json';
import { formatMessage, formatNumber } from '../../i18n/message.ts';
import ru from '../../i18n/ru/index.ts';
import ruRegister from '../../i18n/ru/register.json';
import type { Instant } from '../../i18n/zone.ts';
import { gapEvidence, gapHead, isFaultOfNetwork } from './gap-words.ts';
import { markWords } from './mark-words.ts';
import { faultWords } from './proof-words.ts';
import { gapOf } from './row.fixture.ts';
import { ruleWords } from './rule-words.ts';
import { whyWeight, whyWords } from './why-words.ts';

const catalogues: Readonly<Record<'kk' | 'ru' | 'en', Readonly<Record<string, string>>>> = {
  kk: { ...kk, ...kkRegister },
  ru: { ...ru, ...ruRegister },
  en: { ...en, ...enRegister },
};

/** Texts of a language that do not forgive a missing key or value. */
function textsOf(language: keyof typeof catalogues) {
  const t = (key: string, values?: Readonly<Record<string, string | number>>) => {
    const message = catalogues[language][key];
    if (message === undefined) throw new Error(`${language} lacks ${key}`);
    return formatMessage(language, message, values);
  };
  return {
    t,
    reason: (kind: string, reason: string) => t(`reasons.${kind}.${reason}`),
    number: (value: number, options?: Intl.NumberFormatOptions) => formatNumber(language, value, options),
    time: (at: Instant) => dates.formatTime(language, at),
    timeRange: (from: Instant, to: Instant) => dates.formatTimeRange(language, from, to),
    date: (at: Instant) => dates.formatDate(language, at),
    dateTime: (at: Instant) => dates.formatDateTime(language, at),
    duration: (ms: number) => formatDuration(language, ms),
  };
}
const english = textsOf('en');
const at = Date.parse('2026-11-02T04:14:00Z');
const rule: AttendanceRule = {
  ...{ lateAfterMinutes: 10, presentFromShare: 0.7, shareOf: 'lesson', earlyLeaveMinutes: 1, forgiveGapMinutes: 0 },
  ...{ viewing: { counts: 'apart' }, missedChecks: null },
};
const filled = {
  ...{ at, minutes: 14.2, limitMinutes: 10, share: 0.92, needed: 0.7, toleratedMinutes: 1, missed: 2, allowed: 1, withinDays: 7 },
  ...{ reason: 'illness', note: '', seq: 7, sealedSeq: 9, line: 3, day: '2026-11-02', keyId: 'k', lessonId: 'l' },
};
const reasons = Reason.options.map((option) => Reason.parse({ ...filled, code: option.shape.code.value }));
const faults = TraceFault.options.map((option) => TraceFault.parse({ ...filled, kind: option.shape.kind.value }));

describe.each(['kk', 'ru', 'en'] as const)('in %s', (language) => {
  const texts = textsOf(language);

  test('every reason of a verdict is a sentence, with either share', () => {
    for (const reason of reasons) {
      for (const shareOf of ['lesson', 'teacher'] as const) expect(whyWords(reason, shareOf, texts)).toMatch(/\.$/);
    }
  });

  test('every gap has a head, whatever ended the stay, and sentences for all its evidence', () => {
    for (const endedBy of [...LeaveReason.options, null]) {
      for (const kind of Gap.shape.kind.options) expect(gapHead({ endedBy, kind, to: 5 }, texts)).not.toBe('');
    }
    for (const cause of LossCause.options) {
      for (const ice of IceState.options) {
        const line = { cause, ice, lossPercent: 12, roundTripMs: 480, hidden: true };
        const beside = { sameNetwork: 7, onNetwork: 9, room: 11, everywhere: 30 };
        const word = { offline: true, slept: true, hiddenMs: 90_000 };
        const sentences = gapEvidence(gapOf({ line, beside, word, forgiven: true }), texts);
        expect(sentences).toHaveLength(ice === 'none' || ice === 'new' ? 11 : 12);
        expect(sentences.every((sentence) => sentence.endsWith('.'))).toBe(true);
      }
    }
  });

  test('every mark of the picture says when and what', () => {
    const span = { from: at, to: at + 60_000 };
    for (const of of Gap.shape.kind.options) {
      expect(markWords({ kind: 'gap', of, ...span, forgiven: true, back: true }, texts)).toContain('09:14');
    }
    for (const outcome of CheckOutcome.options)
      expect(markWords({ kind: 'check', outcome, afterMs: 5_000, ...span }, texts)).toContain('09:14');
    for (const lane of ['hand', 'microphone', 'camera', 'hidden', 'lobby'] as const) {
      expect(markWords({ kind: 'span', lane, ...span }, texts)).toContain('09:14');
    }
  });

  test('every fault of a trace names its place', () => {
    for (const fault of faults) expect(faultWords(fault, texts)).toMatch(/\d.*\.$/);
  });

  test('a rule is six sentences, however it is set', () => {
    const strict = {
      ...rule,
      lateAfterMinutes: 0,
      forgiveGapMinutes: 5,
      earlyLeaveMinutes: 0,
      missedChecks: 0,
      shareOf: 'teacher' as const,
    };
    const asynchronous = { ...strict, viewing: { counts: 'asynchronous' as const, withinDays: 7, fromShare: 0.8 }, missedChecks: 2 };
    for (const one of [rule, strict, asynchronous]) {
      expect(ruleWords(one, texts)).toHaveLength(6);
      expect(ruleWords(one, texts).every((sentence) => sentence.endsWith('.'))).toBe(true);
    }
  });

  test('every verdict, excuse and scope has its word', () => {
    const keys = [
      ...Verdict.options.flatMap((verdict) => [
        `attendance.verdict.${verdict}`,
        `attendance.filter.${verdict}`,
        `attendance.own.${verdict}`,
      ]),
      ...ExcuseReason.options.map((reason) => `register.excuse.${reason}`),
      ...RuleScope.options.map((option) => `register.rule.of.${option.shape.of.value}`),
    ];
    expect(keys.filter((key) => !(key in catalogues[language]))).toEqual([]);
  });
});

test('lateness says by how much, and from when on one is late', () => {
  expect(whyWords({ code: 'came-late', at, minutes: 14, limitMinutes: 10 }, 'lesson', english)).toBe(
    'Came at 09:14, 14 min after the start; late from 10 min on.',
  );
});

test('a share that just misses is not rounded to a hit', () => {
  expect(whyWords({ code: 'share-missed', share: 0.698, needed: 0.7 }, 'lesson', english)).toBe(
    'Was there for only 69.8% of the lesson; 70% is needed.',
  );
});

test('it is the network when at least two others, and half of those on it, were lost with it', () => {
  const beside = (sameNetwork: number, onNetwork: number) => ({ sameNetwork, onNetwork, room: 0, everywhere: 0 });
  expect([beside(7, 9), beside(2, 4), beside(1, 1), beside(2, 9), beside(0, 0)].map(isFaultOfNetwork)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('watching says of what it is a share', () => {
  const watched = { code: 'watched', share: 0.5, needed: 0.8, withinDays: 1 } as const;
  expect(whyWords(watched, 'lesson', english)).toBe('Watched 50% of the class within 1 day; 80% is needed.');
  expect(whyWords({ ...watched, of: 'recorded' }, 'lesson', english)).toBe('Watched 50% of what was recorded within 1 day; 80% is needed.');
});

test('watching too little speaks against, enough for the student', () => {
  expect(whyWeight({ code: 'watched', share: 0.5, needed: 0.8, withinDays: 7 })).toBe('against');
  expect(whyWeight({ code: 'watched', share: 0.8, needed: 0.8, withinDays: 7 })).toBe('for');
});
