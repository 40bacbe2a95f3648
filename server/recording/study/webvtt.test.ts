// WebVTT as people and programs write it, and as those write it who mean harm.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cue } from '../../contract/recording-page.ts';
import { readVtt, writeVtt } from './webvtt.ts';

const cuesOf = (text: string): Cue[] => {
  const read = readVtt(text);
  if ('fault' in read) throw new Error(`Line ${read.line}: ${read.fault}`);
  return read.cues;
};
const textOf = (marked: string) => cuesOf(`WEBVTT\n\n00:01.000 --> 00:02.000\n${marked}\n`)[0]?.text;

describe('a WebVTT file', () => {
  test('V63 is read with all that it may hold beside cues', () => {
    const file = [
      ...['\uFEFFWEBVTT - Дәріс 5', 'Kind: captions', '', 'NOTE', 'written by hand', '', 'STYLE', '::cue { color: red }', ''],
      ...['REGION', 'id:a', '', 'intro', '00:00:01.000 --> 00:00:04.250 align:start position:10%', 'Сәлеметсіздер ме?', 'Екінші жол', ''],
      ...['NOTE one line', '', '01:02:03.004\t-->\t100:00:00.000', 'Long'],
    ];
    const expected = [
      { fromMs: 1000, toMs: 4250, text: 'Сәлеметсіздер ме?\nЕкінші жол' },
      { fromMs: 3_723_004, toMs: 360_000_000, text: 'Long' },
    ];
    for (const lineBreak of ['\n', '\r\n', '\r']) expect(cuesOf(file.join(lineBreak))).toEqual(expected);
  });

  test('V63 comes out in order of time, and without cues that say nothing', () => {
    expect(cuesOf('WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:04.000\n<i></i>\n')).toEqual([
      { fromMs: 1000, toMs: 2000, text: 'a' },
      { fromMs: 5000, toMs: 6000, text: 'b' },
    ]);
    expect(cuesOf('WEBVTT')).toEqual([]);
    expect(cuesOf('WEBVTT\n00:01.000 --> 00:02.000\nright below')).toHaveLength(1);
    expect(cuesOf('WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb')).toHaveLength(2);
  });

  test.each([
    ['<v Әсел Нұрланқызы>Иә</v>, <c.loud><b>мұғалім</b></c>', 'Иә, мұғалім'],
    ['a <00:01.500>b', 'a b'],
    ['5 < 6 and 7 > 6', '5 < 6 and 7 > 6'],
    ['&lt;b&gt; &amp;amp; &quot;&nbsp;&#1178;&#x4D9;', '<b> &amp; "\u00A0Қә'],
    ['&#0;&#x1b;&#xD800;&#9999999;&unknown;', '\uFFFD\uFFFD\uFFFD\uFFFD&unknown;'],
    ['<scr<b>ipt>alert(1)</script>', '<script>alert(1)'],
    ['<ruby>漢<rt>kan</rt></ruby>', '漢kan'],
  ])('V63 has plain text for %s', (marked, expected) => {
    expect(textOf(marked)).toBe(expected);
  });

  test.each([
    ['', 'no-signature', 1],
    ['WEBVTTX\n', 'no-signature', 1],
    ['1\n00:00:01,000 --> 00:00:02,000\nSubRip\n', 'no-signature', 1],
    ['WEBVTT\n\n00:00:01,000 --> 00:00:02,000\na', 'bad-times', 3],
    ['WEBVTT\n\nname\n00:01.000 -> 00:02.000\na', 'no-times', 3],
    ['WEBVTT\n\n00:61.000 --> 00:62.000\na', 'bad-times', 3],
    ['WEBVTT\n\nname\n00:01.000-->00:02.000\na', 'bad-times', 4],
    ['WEBVTT\n\n00:02.000 --> 00:02.000\na', 'ends-before-it-begins', 3],
    ['WEBVTT\n\njust words\n', 'no-times', 3],
    [`WEBVTT\n\n00:01.000 --> 00:02.000\n${'a'.repeat(1001)}`, 'too-long', 4],
  ])('V63 is refused with the line: %j', (text, fault, line) => {
    expect(readVtt(text)).toEqual({ fault, line });
  });

  test('V63 of hostile size is answered at once', () => {
    const began = performance.now();
    const long = 2_000_000;
    readVtt(`WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(long)}`);
    readVtt(`WEBVTT\n\n00:01.000 --> 00:02.000\n${'<a'.repeat(long / 2)}`);
    readVtt(`WEBVTT\n\n00:01.000 --> 00:02.000\n${'&'.repeat(long)}`);
    readVtt(`WEBVTT\n\n${' '.repeat(long)}00:01.000 --> 00:02.000\na`);
    readVtt(`WEBVTT\n\n${'\n'.repeat(long)}`);
    expect(readVtt(`WEBVTT\n\n${'00:01.000 --> 00:02.000\na\n\n'.repeat(10_001)}`)).toMatchObject({ fault: 'too-many' });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('V63 is never read into something that cannot be kept, whatever it is', () => {
    const noise = fc.string({
      unit: fc.constantFrom('0', ':', '.', '-->', ' ', '\n', '<', '>', '&', '#', ';', 'NOTE', 'ә', '\0', '\r'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(noise, (text) => {
        const read = readVtt(`WEBVTT\n\n${text}`);
        if ('fault' in read) return read.line > 0;
        return read.cues.every(
          (cue) => cue.toMs > cue.fromMs && cue.text.trim() === cue.text && cue.text !== '' && cue.text.length <= 1000,
        );
      }),
    );
  });

  test('V63 that was written is read back as it was', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'Қ', 'ө', ' ', '\n', '<', '>', '&', 'lt;', '-->', 'NOTE', '😀', '#1;'),
      minLength: 1,
      maxLength: 30,
    });
    const text = word.map((one) => one.replace(/\n{2,}/g, '\n').trim()).filter((one) => one !== '');
    const cue = fc
      .record({ fromMs: fc.nat(200 * 3_600_000), lastsMs: fc.integer({ min: 1, max: 60_000 }), text })
      .map(({ fromMs, lastsMs, text: words }) => ({ fromMs, toMs: fromMs + lastsMs, text: words }));
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 8 }), (cues) => {
        const sorted = cues.toSorted((a, b) => a.fromMs - b.fromMs);
        expect(cuesOf(writeVtt(sorted, 'kk'))).toEqual(sorted);
      }),
    );
  });
});
