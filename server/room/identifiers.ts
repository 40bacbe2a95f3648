// How the ids and keys of a room are made.
import { createHash, randomBytes } from 'node:crypto';
import { ConnectionId, type LessonId, ParticipantId, type PersonId } from '../contract/ids.ts';

/** The same for a person in a lesson whenever they come, so that chat and register agree across restarts. */
export function participantIdOf(lessonId: LessonId, personId: PersonId): ParticipantId {
  return ParticipantId.parse(createHash('sha256').update(`${lessonId}/${personId}`).digest('base64url').slice(0, 22));
}

export function newConnectionId(): ConnectionId {
  return ConnectionId.parse(randomBytes(12).toString('base64url'));
}

export function newCheckId(): string {
  return randomBytes(12).toString('base64url');
}

/** 256 bits; only its hash is kept. */
export function newResumeKey(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
