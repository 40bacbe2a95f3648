// A stay is told in few rows: what happened, and how it was between.
import { describe, expect, it } from 'vitest';
import { stepMs } from '../../../server/contract/diagnosis.ts';
import { storyOf } from './story.ts';
import { start, stepOf } from './trouble.fixture.ts';
import { wayOf } from './way.ts';

const bad = { severity: 'bad', kinds: ['loss'], lossDown: 0.2 } as const;
const loss = { ...bad, kinds: [...bad.kinds] };

describe('Z34 the story', () => {
  it('is one row while all stays alike', () => {
    expect(storyOf({ steps: Array.from({ length: 300 }, (_, n) => stepOf(n)), events: [] })).toHaveLength(1);
  });

  it('has a row for each time of trouble, with all that was felt and the worst of it', () => {
    const frozen = stepOf(3, { severity: 'unusable', kinds: ['frozen'], lossDown: 0.1 });
    const rows = storyOf({ steps: [stepOf(0), stepOf(1, loss), stepOf(2, loss), frozen, stepOf(4)], events: [] });
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatchObject({
      ...{ at: start + stepMs, to: start + 4 * stepMs, kinds: ['loss', 'frozen'], severity: 'unusable' },
      worst: { lossDown: 0.2 },
    });
  });

  it('begins anew when another way is taken or less is sent, and after a pause', () => {
    const tcp = { protocol: 'tcp', client: null } as const;
    const steps = [stepOf(0), stepOf(1, { way: tcp }), stepOf(2, { way: tcp, ladder: 'stills', ladderWhy: 'chosen' }), stepOf(9)];
    expect(storyOf({ steps, events: [] }).map((row) => row.kind === 'stretch' && [row.way, row.isChosen])).toEqual([
      ['udp', false],
      ['tcp', false],
      ['tcp', true],
      ['udp', false],
    ]);
  });

  it('tells two devices apart, and what happened before what it led to', () => {
    const rows = storyOf({
      steps: [stepOf(0), stepOf(0, { connection: 1 })],
      events: [{ type: 'opened', at: start, connection: 0 }],
    });
    expect(rows.map((row) => (row.kind === 'event' ? row.event.type : row.connection))).toEqual(['opened', 0, 1]);
  });
});

it('Z34 the way is what the browser says of a relay, else what the server is spoken to by', () => {
  const of = (protocol: 'udp' | 'tcp' | null, candidate?: 'host' | 'relay', client: 'udp' | 'tcp' = 'udp') =>
    wayOf({ way: { protocol, client: candidate ? { candidate, protocol: client, network: 'unknown' } : null } });
  expect([of(null), of('udp'), of('tcp', 'host'), of(null, 'host', 'tcp'), of('udp', 'relay'), of('udp', 'relay', 'tcp')]).toEqual([
    ...[null, 'udp', 'tcp', 'tcp', 'relay', 'relayTcp'],
  ]);
});
