// What a fact leaves in the trace.
import { describe, expect, it } from 'vitest';
import { ConnectionId, LessonId, MessageId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import { entryOf } from './trace.ts';

const who = { lessonId: LessonId.parse('l'), at: 1000, personId: PersonId.parse('p'), participantId: ParticipantId.parse('m') };
const columns = { lessonId: 'l', at: 1000, personId: 'p', participantId: 'm' };

describe('a fact becomes an entry', () => {
  it('with its ids apart, and what may be erased apart from what is proven for ever', () => {
    const fact = {
      ...who,
      type: 'connection-opened',
      connectionId: ConnectionId.parse('c'),
      device: 'Firefox, Linux',
      address: '10.0.0.7',
    } as const;
    const personal = { device: 'Firefox, Linux', address: '10.0.0.7' };
    expect(entryOf(fact)).toEqual({ ...columns, kind: 'connection-opened', connectionId: 'c', detail: {}, personal });
  });

  it('without persons when the fact is about the room', () => {
    const fact = { lessonId: who.lessonId, at: 1000, type: 'room-closed', reason: 'door-closed', by: null } as const;
    const detail = { reason: 'door-closed', by: null };
    const nobody = { personId: null, participantId: null, connectionId: null };
    expect(entryOf(fact)).toEqual({ lessonId: 'l', at: 1000, ...nobody, kind: 'room-closed', detail, personal: {} });
  });

  it('of a track, with who paused it', () => {
    const track = { ...who, connectionId: ConnectionId.parse('c'), trackId: TrackId.parse('t'), source: 'microphone' } as const;
    const detail = { trackId: 't', source: 'microphone', by: 'muted', byPerson: 'q' };
    expect(entryOf({ ...track, type: 'track-paused', by: 'muted', byPerson: PersonId.parse('q') })?.detail).toEqual(detail);
  });

  it('that a message was written, and not what it said', () => {
    const message = { ...who, id: MessageId.parse('x'), name: 'Гауһар', text: 'a secret' };
    const entry = entryOf({ ...who, type: 'message-posted', message });
    expect(entry?.detail).toEqual({ messageId: 'x' });
    expect(JSON.stringify(entry)).not.toContain('secret');
  });

  it('but not what is said often and proves nothing', () => {
    expect(entryOf({ ...who, type: 'reaction-shown', reaction: 'applause' })).toBeNull();
    expect(entryOf({ lessonId: who.lessonId, at: 1, type: 'speakers-changed', speakers: [] })).toBeNull();
    expect(entryOf({ ...who, type: 'quality-changed', quality: 'bad' })).toBeNull();
    const track = { ...who, connectionId: ConnectionId.parse('c'), trackId: TrackId.parse('t'), source: 'camera' } as const;
    expect(entryOf({ ...track, type: 'signal-changed', signal: 'black', since: 1 })).toBeNull();
    expect(entryOf({ lessonId: who.lessonId, at: 1, type: 'pressure-changed', pressure: 'low-layers' })).toBeNull();
  });
});
