// U13: whatever a class can end in or lack is told with its cause and with what to do, in each language; never a bare code.
import { describe, expect, test } from 'vitest';
import { LeaveReason } from '../../server/contract/reasons.ts';
import { refusalStatus } from '../../server/contract/reply.ts';
import type { DeviceTrouble } from '../media/devices.ts';
import type { ReachState } from '../media/reach.ts';
import en from './en/index.ts';
import kk from './kk/index.ts';
import ru from './ru/index.ts';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { kk, ru, en };

/** Written out, so that whoever adds a trouble is reminded of its words. */
const deviceTroubles: Readonly<Record<DeviceTrouble, true>> = {
  ...{ denied: true, 'blocked-by-system': true, none: true, 'in-use': true, insecure: true, lost: true, failed: true },
};
const reachWords: Readonly<Record<Exclude<ReachState, 'open'>, string>> = {
  blocked: 'trouble.media.blocked',
  unsupported: 'trouble.media.browser',
};

/** What is said to someone who is denied a device is followed by how to allow it. */
const withHow = (key: string): string[] => (key.includes('.denied.') ? [key, 'media.trouble.denied.how'] : [key]);
/** They say nothing but what to do. */
const steps = new Set(['not-signed-in', 'second-factor-needed', 'password-too-weak', 'screen-forbidden'].map((code) => `refusals.${code}`));
/** One leaves a class by one's own will, and nothing is to be done about it. */
const wilful: readonly LeaveReason[] = ['left', 'closed-page'];

const told: readonly (readonly string[])[] = [
  ...[...Object.keys(refusalStatus), 'offline'].map((code) => [`refusals.${code}`]),
  ...LeaveReason.options
    .filter((reason) => !wilful.includes(reason))
    .map((reason) => [`room.ended.${reason}.title`, `room.ended.${reason}.text`]),
  ...Object.keys(deviceTroubles).flatMap((code) => ['microphone', 'camera'].map((what) => withHow(`media.trouble.${code}.${what}`))),
  ...['unsupported', 'insecure', 'blocked-by-system', 'failed'].map((code) => [`media.trouble.screen.${code}`]),
  ...[...Object.values(reachWords), 'trouble.media.unavailable', 'room.sound.blocked', 'room.reconnecting'].map((key) =>
    key === 'room.sound.blocked' ? [key, 'room.sound.hear'] : key === 'room.reconnecting' ? [key, 'room.reconnecting.text'] : [key],
  ),
];

describe.each(Object.keys(catalogues))('in %s', (language) => {
  const texts = catalogues[language] ?? {};

  test('U13 every refusal, end and trouble has words', () => {
    expect(told.flat().filter((key) => texts[key] === undefined)).toEqual([]);
  });

  test('U13 they say what happened and what to do: two sentences at least', () => {
    const short = told
      .filter(([key = '']) => !steps.has(key))
      .filter((keys) => sentences(keys.map((key) => texts[key] ?? '')) < 2)
      .map(([key]) => key);
    expect(short).toEqual([]);
  });

  test('U13 none shows a code', () => {
    const bare = /\b[a-z]+-[a-z]+-[a-z]+\b|\b(ICE|DTLS|RTP|HTTP|1\d{3})\b/;
    expect(told.flat().filter((key) => bare.test(texts[key] ?? ''))).toEqual([]);
  });
});

/** A title, an address without a full stop and the words of a button count as one each. */
function sentences(parts: readonly string[]): number {
  return parts.reduce(
    (sum, part) => sum + Math.max(1, part.split(/[.!?:;…](?:\s|$)|(?:\s)(?=https:)/).filter((piece) => piece.trim()).length),
    0,
  );
}
