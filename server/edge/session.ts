// The states of one socket: what a client may ask depends on the phase it is in.
import type { LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';

/** What the room token says; nothing of it comes from the client's own words. */
export interface Claims {
  readonly personId: PersonId;
  readonly lessonId: LessonId;
  readonly name: string;
  readonly guest: boolean;
  /** By which sign-in the person came: the hash of its token. Guests have none. */
  readonly session?: string | undefined;
}

interface Sessions {
  readonly greeting: { readonly phase: 'greeting'; readonly claims: Claims };
  readonly lobby: { readonly phase: 'lobby'; readonly claims: Claims; readonly participantId: ParticipantId };
  readonly 'in-room': { readonly phase: 'in-room'; readonly claims: Claims; readonly connection: ConnectionRef };
}

export type Phase = keyof Sessions;
export type SessionIn<P extends Phase> = Sessions[P];
export type Session = SessionIn<Phase>;
