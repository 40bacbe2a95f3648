// One moment is read as a sentence, with all that was measured in it and nothing that was not; each thing that happened has words.
import { beforeAll, describe, expect, it } from 'vitest';
import { StayEvent } from '../../../server/contract/diagnosis.ts';
import { ConnectionId } from '../../../server/contract/ids.ts';
import { setUniversityZone } from '../../i18n/index.ts';
import { eventWords, figuresOf, momentWords, sentWords, wayWords } from './moment-words.ts';
import { languages, textsOf } from './texts.fixture.ts';
import { start, stepOf } from './trouble.fixture.ts';

beforeAll(() => setUniversityZone('Asia/Almaty'));

const english = textsOf('en');
const connectionOf = (id: string, device: string) => ({
  ...{ connectionId: ConnectionId.parse(id), device, network: '10.1.2.0/24', openedAt: start, closedAt: null, closedBy: null },
});
const one = { connections: [connectionOf('k1', 'Chrome, Windows')] };
const two = { connections: [...one.connections, connectionOf('k2', 'Safari, iPhone')] };
const filled = {
  ...{ at: start, connection: 0, where: 'door', refusal: 'room-full', times: 1, device: '', how: 'admitted', role: 'student' },
  ...{ reason: 'left', cause: 'line-silent', ice: 'failed', lossPercent: 12, gapMs: 42_000 },
};
const events = StayEvent.options.map((option) => StayEvent.parse({ ...filled, type: option.shape.type.value }));

describe('Z33 a moment', () => {
  it('says how it was, or that nothing is known of it', () => {
    const bad = stepOf(2, { kinds: ['loss', 'sound-gaps'], severity: 'bad' });
    expect([bad, stepOf(2), null].map((step) => momentWords(start + 20_000, step, english))).toEqual([
      'At 10:00:20: Data lost on the way, sound broke up',
      'At 10:00:20: no trouble',
      'At 10:00:20: nothing was measured',
    ]);
  });

  it('has all figures, and says of what was not measured that it was not', () => {
    const known = Object.fromEntries(figuresOf(stepOf(0), one, english).map(({ id, value }) => [id, value]));
    expect(known).toMatchObject({
      ...{ lossDown: '0%', roundTrip: '40\u00a0ms', way: 'Direct (UDP), Wi-Fi', ladder: 'Everything', downBps: '800\u00a0kbit/s' },
      ...{ shown: '720 lines, 25 a second', limited: 'nothing', worker: '4242', device: 'Chrome, Windows', network: '10.1.2.0/24' },
    });
    const nothing = stepOf(0, { device: null, lossUp: null, roundTripMs: null, downBps: null, worker: null });
    const unknown = figuresOf(nothing, { connections: [] }, english);
    expect(unknown.filter(({ value }) => value === 'not measured').map(({ id }) => id)).toEqual([
      ...['lossUp', 'roundTrip', 'concealed', 'frozen', 'downBps'],
    ]);
    expect(unknown.map(({ id }) => id)).not.toContain('worker');
  });

  it('says whether less was sent because the person chose so', () => {
    expect(sentWords({ ladder: 'stills', ladderWhy: 'chosen' }, english)).toBe('Screen as pictures (chosen by the person)');
    expect(sentWords({ ladder: 'stills', ladderWhy: 'line' }, english)).toBe('Screen as pictures');
    expect(wayWords({ way: { protocol: null, client: null } }, english)).toBe('not known');
  });
});

it.each(languages)('Z34 each thing that happened has words of its own in %s', (language) => {
  const words = textsOf(language);
  const said = events.map((event) => eventWords(event, one, words));
  expect(said.filter((text) => text.length < 4 || /[{}]|undefined|diagnosis\./.test(text))).toEqual([]);
  expect(new Set(said).size).toBe(events.length);
});

it('Z34 what happened to one of two devices says which', () => {
  const dropped = events.find(({ type }) => type === 'dropped');
  if (!dropped) throw new Error('no such event');
  expect(eventWords(dropped, one, english)).toBe('Line lost. Nothing came from the device any more.');
  expect(eventWords(dropped, two, english)).toBe('Line lost. Nothing came from the device any more. (Chrome, Windows)');
});
