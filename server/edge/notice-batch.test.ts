// What goes out together tells each state once, and no event twice or never.
import { describe, expect, it } from 'vitest';
import { ParticipantId, PersonId } from '../contract/ids.ts';
import type { ParticipantView } from '../contract/room.ts';
import { NoticeBatch } from './notice-batch.ts';

const id = ParticipantId.parse('p');
const participant = (devices: number): ParticipantView => ({
  ...{
    id,
    personId: PersonId.parse('x'),
    name: 'X',
    role: 'student',
    joinedAt: 1,
    presence: 'here',
    devices,
    handRaisedAt: null,
    tracks: [],
  },
  may: { microphone: true, camera: true, screen: true, chat: true },
});

describe('a batch of notices', () => {
  it('tells a join and what changed right after it as one join', () => {
    const batch = new NoticeBatch();
    batch.add({ type: 'participant-joined', participant: participant(1) });
    batch.add({ type: 'participant-changed', participant: participant(2) });
    expect(batch.notices).toEqual([{ type: 'participant-joined', participant: participant(2) }]);
  });

  it('keeps the order of leaving and coming again', () => {
    const batch = new NoticeBatch();
    batch.add({ type: 'participant-joined', participant: participant(1) });
    batch.add({ type: 'participant-left', participantId: id, reason: 'left' });
    batch.add({ type: 'participant-joined', participant: participant(3) });
    expect(batch.notices.map(({ type }) => type)).toEqual(['participant-joined', 'participant-left', 'participant-joined']);
  });

  it('drops no event', () => {
    const batch = new NoticeBatch();
    for (const at of [1, 2, 2]) batch.add({ type: 'reaction-shown', participantId: id, reaction: 'heart', at });
    expect(batch.notices).toHaveLength(3);
    expect(batch.isLast).toBe(false);
    batch.add({ type: 'ended', reason: 'removed' });
    expect(batch.isLast).toBe(true);
  });
});
