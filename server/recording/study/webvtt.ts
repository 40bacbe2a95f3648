// Reads and writes WebVTT (W3C): times and plain text. Styles, regions, notes and the settings of cues are read over, tags are taken away.
import type { Cue } from '../../contract/recording-page.ts';

/** In the clock of the file. */
export type VttCue = Cue;
export type VttFault = 'no-signature' | 'no-times' | 'bad-times' | 'ends-before-it-begins' | 'too-long' | 'too-many';
export type ReadVtt = { readonly cues: VttCue[] } | { readonly fault: VttFault; readonly line: number };

const mostCues = 10_000;
const longestText = 1000;
const arrow = '-->';
const clockTime = String.raw`(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const timings = new RegExp(`^[ \\t]*${clockTime}[ \\t]+${arrow}[ \\t]+${clockTime}(?:[ \\t].*)?$`);

/** Stricter than browsers, which pass over what they cannot read: a teacher should learn that a line is lost. Cues come in order of time. */
export function readVtt(text: string): ReadVtt {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return { fault: 'no-signature', line: 1 };
  const cues: VttCue[] = [];
  let at = 1;
  while (at < lines.length && lines[at] !== '') {
    // A cue may follow the header without an empty line between.
    if (lines[at]?.includes(arrow)) break;
    at += 1;
  }
  while (at < lines.length) {
    if (lines[at] === '') {
      at += 1;
      continue;
    }
    const end = endOfBlock(lines, at);
    const cue = cueOf(lines, at, end);
    if ('fault' in cue) return cue;
    if (cue.text !== '') cues.push(cue);
    if (cues.length > mostCues) return { fault: 'too-many', line: at + 1 };
    at = end;
  }
  return { cues: cues.toSorted((a, b) => a.fromMs - b.fromMs) };
}

/** Where the next empty line is, or the next line of times that is not this block's own. */
function endOfBlock(lines: readonly string[], from: number): number {
  const own = lines[from]?.includes(arrow) ? from : from + 1;
  let end = from + 1;
  while (end < lines.length && lines[end] !== '' && (end === own || !lines[end]?.includes(arrow))) end += 1;
  return end;
}

function cueOf(lines: readonly string[], from: number, end: number): VttCue | { readonly fault: VttFault; readonly line: number } {
  const first = lines[from] ?? '';
  const nothing = { fromMs: 0, toMs: 1, text: '' };
  if (/^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(first) && !first.includes(arrow)) return nothing;
  const at = first.includes(arrow) ? from : from + 1;
  const times = at < end ? (lines[at] ?? '') : '';
  if (!times.includes(arrow)) return { fault: 'no-times', line: from + 1 };
  const match = timings.exec(times);
  if (!match) return { fault: 'bad-times', line: at + 1 };
  const fromMs = milliseconds(match.slice(1, 5));
  const toMs = milliseconds(match.slice(5, 9));
  if (toMs <= fromMs) return { fault: 'ends-before-it-begins', line: at + 1 };
  const text = plain(lines.slice(at + 1, end).join('\n'));
  return text.length > longestText ? { fault: 'too-long', line: at + 2 } : { fromMs, toMs, text };
}

function milliseconds([hours, minutes, seconds, thousandths]: readonly (string | undefined)[]): number {
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(thousandths);
}

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', lrm: '\u200E', rlm: '\u200F' },
};

/** Text is only ever shown as text; a `<` that begins no tag is one that somebody wrote. */
function plain(marked: string): string {
  return marked
    .replace(/<\/?(?:[\p{L}\d.][^<>]*)?>/gu, '')
    .replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hexadecimal, name) => {
      if (typeof name === 'string') return named[name] ?? whole;
      return character(typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hexadecimal), 16));
    })
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** Controls and what is no character would be a trap for whoever reads it back. */
function character(code: number): string {
  const isControl = code < 32 || (code >= 127 && code < 160);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isControl || isSurrogate || code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
}

/** What `readVtt` reads as the same cues, where their texts have no empty lines. */
export function writeVtt(cues: readonly VttCue[], language: string): string {
  const blocks = cues.map(({ fromMs, toMs, text }) => `${time(fromMs)} ${arrow} ${time(toMs)}\n${escaped(text)}\n`);
  return [`WEBVTT\nLanguage: ${language}\n`, ...blocks].join('\n');
}

function time(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const thousandths = String(Math.round(ms) % 1000).padStart(3, '0');
  const seconds = Math.floor(Math.round(ms) / 1000);
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\0', '\uFFFD')
    .replace(/\r\n?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
