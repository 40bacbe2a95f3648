// Rules A1 to A5, A14 and A23: who was there when.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '../trace/trace.ts';
import { Folding, fold } from './presence.ts';

const span = { from: 0, to: 1_000_000 };

type Told = readonly [at: number, kind: string, connection?: string, detail?: Record<string, unknown>];

function told(personId: string, ...lines: readonly Told[]): StoredEntry[] {
  return lines.map(([at, kind, connectionId = null, detail = {}], index) => ({
    seq: index + 1,
    at,
    kind,
    personId,
    participantId: `of-${personId}`,
    connectionId,
    detail: { ...defaults[kind], ...detail },
  }));
}

const defaults: Record<string, Record<string, unknown>> = {
  'participant-joined': { name: 'Гауһар', role: 'student' },
  'participant-left': { reason: 'left', by: null },
  'connection-opened': { device: 'Chrome, Windows', address: '::1' },
  'connection-dropped': { graceUntil: 60_000 },
  'waiting-started': { name: 'Гауһар', why: 'guest' },
  'waiting-ended': { how: 'gave-up', by: null },
  'connection-resumed': { gapMs: 1 },
  'connection-closed': { reason: 'left' },
  'track-published': { trackId: 't', source: 'microphone', pausedBy: [] },
  'track-paused': { trackId: 't', source: 'microphone', by: 'self', byPerson: null },
  'track-resumed': { trackId: 't', source: 'microphone', pausedBy: [] },
  'track-closed': { trackId: 't', source: 'microphone', reason: 'unpublished' },
};

function presenceOf(...lines: readonly Told[]) {
  const presence = fold(told('p', ...lines), span).get('p');
  if (presence === undefined) throw new Error('Nobody came');
  return presence;
}

const joined: Told = [0, 'participant-joined'];

describe('presence', () => {
  it('A1 lasts from the first device to the last, and counts several once', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'laptop'],
      [100, 'connection-opened', 'phone', { device: 'Safari, iOS' }],
      [200, 'connection-closed', 'laptop', { reason: 'closed-page' }],
      [300, 'connection-closed', 'phone', { reason: 'left' }],
      [300, 'participant-left'],
    );
    expect(presence.stays).toMatchObject([{ from: 0, to: 300, endedBy: 'left' }]);
    expect(presence).toMatchObject({ devices: 2, devicesAtOnce: 2, here: false });
  });

  it('A1 does not begin in the lobby', () => {
    const entries = told(
      'p',
      [0, 'waiting-started', undefined, { name: 'Х', why: 'guest' }],
      [9, 'waiting-ended', undefined, { how: 'gave-up', by: null }],
    );
    expect(fold(entries, span).get('p')).toMatchObject({ came: false, stays: [], lobby: [{ from: 0, to: 9 }] });
  });

  it('A1 lasts until the end of the span while a device is there', () => {
    const presence = presenceOf(joined, [10, 'connection-opened', 'c']);
    expect(presence).toMatchObject({ here: true, stays: [{ from: 10, to: span.to, endedBy: null }] });
  });

  it('A1 a page that was loaded again is not another device', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [5, 'connection-closed', 'c'],
      [5, 'connection-opened', 'd'],
      [9, 'connection-closed', 'd'],
    );
    expect(presence.stays).toMatchObject([{ from: 0, to: 9, endedBy: 'left' }]);
    expect(presence.devices).toBe(1);
  });

  it('A2 goes on over a drop that came back in time, which is counted', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [100, 'connection-dropped', 'c'],
      [40_000, 'connection-resumed', 'c'],
      [50_000, 'connection-closed', 'c'],
    );
    expect(presence).toMatchObject({ drops: 1, stays: [{ from: 0, to: 50_000, endedBy: 'left' }] });
  });

  it('A3 ends with the drop when the device did not come back', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [100, 'connection-dropped', 'c', { graceUntil: 60_100 }],
      [60_100, 'connection-closed', 'c', { reason: 'connection-lost' }],
      [60_100, 'participant-left', undefined, { reason: 'connection-lost' }],
    );
    expect(presence.stays).toMatchObject([{ from: 0, to: 100, endedBy: 'connection-lost' }]);
  });

  it('A3 has no ending yet while the grace period lasts, and the person is not here', () => {
    const entries = told('p', joined, [0, 'connection-opened', 'c'], [100, 'connection-dropped', 'c', { graceUntil: 60_100 }]);
    const during = fold(entries, { from: 0, to: 30_000 }).get('p');
    expect(during).toMatchObject({ here: false, stays: [{ from: 0, to: 100, endedBy: null }] });
    const after = fold(entries, { from: 0, to: 60_100 }).get('p');
    expect(after?.stays).toMatchObject([{ from: 0, to: 100, endedBy: 'connection-lost' }]);
  });

  it('A4 ends for all devices when the person is removed, with the reason', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [0, 'connection-opened', 'd'],
      [500, 'participant-left', undefined, { reason: 'removed', by: 't' }],
      [500, 'connection-closed', 'c', { reason: 'removed' }],
      [500, 'connection-closed', 'd', { reason: 'removed' }],
    );
    expect(presence.stays).toMatchObject([{ from: 0, to: 500, endedBy: 'removed' }]);
  });

  it('A4 has one stretch for each time the person came', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [100, 'connection-closed', 'c', { reason: 'server-stopped' }],
      [100, 'participant-left', undefined, { reason: 'server-stopped' }],
      [200, 'participant-joined'],
      [200, 'connection-opened', 'd'],
      [300, 'connection-closed', 'd'],
    );
    expect(presence.stays).toMatchObject([
      { from: 0, to: 100, endedBy: 'server-stopped' },
      { from: 200, to: 300, endedBy: 'left' },
    ]);
  });

  it('A4 ends with the last entry before a room was opened anew, when no ending was written', () => {
    const opened = (at: number): StoredEntry => ({
      ...{ seq: at, at, kind: 'room-opened', personId: null, participantId: null, connectionId: null, detail: {} },
    });
    const entries = [
      opened(0),
      ...told('p', joined, [0, 'connection-opened', 'c'], [10, 'track-published', 'c']),
      ...told('q', [300, 'hand-raised']),
      opened(400),
      ...told('q', [400, 'participant-joined'], [400, 'connection-opened', 'd']),
    ];
    const people = fold(entries, span);
    expect(people.get('p')).toMatchObject({ here: false, stays: [{ from: 0, to: 300, endedBy: 'server-stopped' }] });
    expect(people.get('p')?.microphone).toEqual([{ from: 10, to: 300 }]);
    expect(people.get('q')).toMatchObject({ here: true });
  });

  it('counts hands and messages, and keeps the last name and role', () => {
    const presence = presenceOf(
      joined,
      [0, 'connection-opened', 'c'],
      [1, 'hand-raised'],
      [2, 'message-posted'],
      [3, 'message-posted'],
      [4, 'role-changed', undefined, { role: 'teacher' }],
    );
    expect(presence).toMatchObject({ name: 'Гауһар', role: 'teacher', handsRaised: 1, messages: 2 });
  });
});

describe('what is counted apart', () => {
  const here: readonly Told[] = [joined, [0, 'connection-opened', 'c']];

  it('A23 a page is hidden while no living device of the person shows it', () => {
    const presence = presenceOf(
      ...here,
      [10, 'page-hidden', 'c'],
      [20, 'connection-opened', 'd'],
      [30, 'page-hidden', 'd'],
      [40, 'page-shown', 'c'],
      [50, 'page-hidden', 'c'],
      [60, 'connection-closed', 'd'],
      [70, 'page-shown', 'c'],
    );
    expect(presence.hidden).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 40 },
      { from: 50, to: 70 },
    ]);
  });

  it('A23 a hidden page that lost the line is still hidden when it is back, and not meanwhile', () => {
    const presence = presenceOf(
      ...here,
      [10, 'page-hidden', 'c'],
      [20, 'connection-dropped', 'c'],
      [30, 'connection-resumed', 'c'],
      [40, 'page-shown', 'c'],
    );
    expect(presence.hidden).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 40 },
    ]);
    expect(presence.live).toEqual([
      { from: 0, to: 20 },
      { from: 30, to: span.to },
    ]);
  });

  it('A23 a hand is up until it is lowered or its owner leaves, and a server that stops keeps it', () => {
    const presence = presenceOf(
      ...here,
      [10, 'hand-raised'],
      [20, 'hand-lowered'],
      [30, 'hand-raised'],
      [40, 'participant-left', undefined, { reason: 'server-stopped' }],
      [50, 'participant-joined'],
      [50, 'connection-opened', 'd'],
      [60, 'participant-left'],
      [70, 'participant-joined'],
      [70, 'connection-opened', 'e'],
    );
    expect(presence.hands).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 40 },
      { from: 50, to: 60 },
    ]);
  });

  it('A23 waiting in the lobby lasts until one is admitted, gives up, or the room is closed', () => {
    const closed: StoredEntry = {
      ...{ seq: 9, at: 500, kind: 'room-closed', personId: null, participantId: null, connectionId: null, detail: {} },
    };
    const waited = told(
      'p',
      [0, 'waiting-started', undefined, { name: 'Х' }],
      [100, 'waiting-ended', undefined, { how: 'admitted' }],
      [100, 'participant-joined'],
      [200, 'participant-left'],
      [300, 'waiting-started', undefined, { name: 'Х' }],
    );
    expect(fold([...waited, closed], span).get('p')?.lobby).toEqual([
      { from: 0, to: 100 },
      { from: 300, to: 500 },
    ]);
  });

  it('A23 devices at once are those whose line is alive together', () => {
    const presence = presenceOf(
      ...here,
      [10, 'connection-dropped', 'c'],
      [20, 'connection-opened', 'd'],
      [30, 'connection-closed', 'c', { reason: 'replaced' }],
      [40, 'connection-opened', 'e', { device: 'Safari, iOS' }],
    );
    expect(presence).toMatchObject({ devices: 2, devicesAtOnce: 2 });
  });

  it('what was erased of names and devices takes nothing from presence', () => {
    const entries = told('p', [0, 'participant-joined'], [0, 'connection-opened', 'c']).map((entry) => ({
      ...entry,
      detail: entry.kind === 'participant-joined' ? { role: 'student' } : {},
    }));
    expect(fold(entries, span).get('p')).toMatchObject({ name: '', came: true, here: true, devices: 1 });
  });
});

describe('A5 a microphone counts', () => {
  const here: readonly Told[] = [joined, [0, 'connection-opened', 'c']];
  it('while its track is live, several devices once', () => {
    const presence = presenceOf(
      ...here,
      [10, 'track-published', 'c', { pausedBy: ['self'] }],
      [100, 'track-resumed', 'c', { pausedBy: ['forbidden'] }],
      [200, 'track-resumed', 'c'],
      [250, 'track-published', 'd', { trackId: 'u' }],
      [300, 'track-paused', 'c'],
      [400, 'track-closed', 'd', { trackId: 'u' }],
    );
    expect(presence.microphone).toEqual([{ from: 200, to: 400 }]);
  });

  it('only while its owner is there', () => {
    const presence = presenceOf(
      ...here,
      [10, 'track-published', 'c'],
      [50, 'connection-dropped', 'c'],
      [60_000, 'connection-closed', 'c'],
      [60_000, 'track-closed', 'c'],
    );
    expect(presence.microphone).toEqual([{ from: 10, to: 50 }]);
  });

  it('not in the next stay when its end was never told', () => {
    const presence = presenceOf(
      ...here,
      [10, 'track-published', 'c'],
      [50, 'participant-left'],
      [100, 'connection-opened', 'd'],
      [200, 'connection-closed', 'd'],
    );
    expect(presence.microphone).toEqual([{ from: 10, to: 50 }]);
  });

  it('and a screen does not', () => {
    const presence = presenceOf(...here, [10, 'track-published', 'c', { source: 'screen' }]);
    expect([...presence.microphone, ...presence.camera]).toEqual([]);
  });
});

describe('whatever the trace says,', () => {
  const kinds = Object.keys(defaults);
  const line = fc.record({
    at: fc.integer({ min: -1000, max: 200_000 }),
    kind: fc.constantFrom(
      ...kinds,
      'hand-raised',
      'hand-lowered',
      'page-hidden',
      'page-shown',
      'waiting-started',
      'waiting-ended',
      'consented',
    ),
    connection: fc.constantFrom('c', 'd', 'e'),
    person: fc.constantFrom('p', 'q', 'r'),
    track: fc.constantFrom('t', 'u'),
    source: fc.constantFrom('microphone', 'camera', 'screen'),
    grace: fc.integer({ min: 0, max: 260_000 }),
  });
  const traces = fc.array(line, { maxLength: 60, size: 'max' }).map((lines) =>
    lines
      .sort((a, b) => a.at - b.at)
      .flatMap((one) => {
        const isTrack = one.kind.startsWith('track-');
        const detail = isTrack
          ? { trackId: `${one.person}-${one.track}`, source: one.source }
          : one.kind === 'connection-dropped'
            ? { graceUntil: one.grace }
            : {};
        return told(one.person, [one.at, one.kind, `${one.person}-${one.connection}`, detail]);
      }),
  );
  const spans = fc
    .tuple(fc.integer({ min: 0, max: 150_000 }), fc.integer({ min: 0, max: 150_000 }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

  it('stretches are in order, apart, not empty, and within the span; sound and picture within the stretches', () => {
    fc.assert(
      fc.property(traces, spans, (entries, asked) => {
        for (const presence of fold(entries, asked).values()) {
          const lists = [
            presence.stays,
            presence.microphone,
            presence.camera,
            presence.hands,
            presence.hidden,
            presence.live,
            presence.lobby,
          ];
          for (const list of lists) {
            let before = asked.from;
            for (const [index, { from, to }] of list.entries()) {
              expect(to).toBeGreaterThan(from);
              if (index === 0) expect(from).toBeGreaterThanOrEqual(before);
              else expect(from).toBeGreaterThan(before);
              expect(to).toBeLessThanOrEqual(asked.to);
              before = to;
            }
          }
          for (const sent of [...presence.microphone, ...presence.camera, ...presence.hands, ...presence.hidden, ...presence.live]) {
            expect(presence.stays.some((stay) => stay.from <= sent.from && sent.to <= stay.to)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a fold that was asked on the way goes on as if it had not been', () => {
    fc.assert(
      fc.property(traces, spans, fc.integer({ min: 0, max: 60 }), (entries, asked, early) => {
        const heard = entries.filter((entry) => entry.at <= asked.to);
        const folding = new Folding(asked.from);
        for (const entry of heard.slice(0, early)) folding.take(entry);
        const onTheWay = structuredClone(folding.presences(asked));
        const kept = folding.presences(asked);
        for (const entry of heard.slice(early)) folding.take(entry);
        expect(folding.presences(asked)).toEqual(fold(entries, asked));
        expect(kept).toEqual(onTheWay);
      }),
      { numRuns: 300 },
    );
  });

  it('one person’s stretches do not depend on where other persons’ entries stand between them', () => {
    fc.assert(
      fc.property(traces, spans, (entries, asked) => {
        const together = fold(entries, asked);
        const grouped = fold(
          [...entries].sort((a, b) => String(a.personId).localeCompare(String(b.personId))),
          asked,
        );
        for (const person of ['p', 'q', 'r']) {
          expect(grouped.get(person)).toEqual(together.get(person));
          expect(
            fold(
              entries.filter((entry) => entry.personId === person),
              asked,
            ).get(person),
          ).toEqual(together.get(person));
        }
      }),
      { numRuns: 300 },
    );
  });
});
