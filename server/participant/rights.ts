// Who may do what in a room: role × action, one line per right. Permissions given or taken in class narrow it further (room/permissions.ts).
import { Action, type RoomRole } from '../contract/room.ts';
import type { Capability } from '../contract/timetable.ts';

interface Right {
  readonly roles: readonly RoomRole[];
  readonly sentence: string;
}

const taking: readonly RoomRole[] = ['teacher', 'assistant', 'student', 'guest'];
const leading: readonly RoomRole[] = ['teacher', 'assistant'];
const watching: readonly RoomRole[] = ['teacher', 'assistant', 'observer'];

/** Role `teacher` is the lesson's teacher and whoever was given the lead. A right that is not written here does not exist. */
export const rights: Readonly<Record<Action, Right>> = {
  speak: { roles: taking, sentence: 'Send sound from a microphone.' },
  'show-camera': { roles: taking, sentence: 'Send a picture from a camera.' },
  'share-screen': { roles: taking, sentence: 'Show a screen, with its sound.' },
  chat: { roles: taking, sentence: 'Write in the chat; observers only read it.' },
  'raise-hand': { roles: taking, sentence: 'Raise and lower one’s own hand.' },
  react: { roles: taking, sentence: 'Show a reaction.' },
  'see-waiting': { roles: watching, sentence: 'See who waits in the lobby.' },
  admit: { roles: leading, sentence: 'Let someone in from the lobby, or turn them away.' },
  mute: { roles: leading, sentence: 'Mute one microphone, or those of all students.' },
  forbid: { roles: leading, sentence: 'Forbid or allow microphones, cameras, screens and chat of students.' },
  'lower-hand': { roles: leading, sentence: 'Lower the hands of others.' },
  remove: { roles: leading, sentence: 'Remove someone of lower standing and keep them out.' },
  lock: { roles: leading, sentence: 'Lock the room to newcomers.' },
  'hand-over-lead': { roles: leading, sentence: 'Make someone else lead the class.' },
  record: { roles: leading, sentence: 'Start, pause and stop the recording.' },
  extend: { roles: leading, sentence: 'Keep the door open longer.' },
  'end-class': { roles: leading, sentence: 'End the class for all.' },
  'see-register': { roles: watching, sentence: 'See the register while the class runs.' },
  'check-presence': { roles: leading, sentence: 'Ask who is still there, and see who answers.' },
  'see-quality': { roles: watching, sentence: 'See how good each person’s line is.' },
};

/** What the role may do at all. */
export function roleMay(role: RoomRole, action: Action): boolean {
  return rights[action].roles.includes(role);
}

export function actionsOf(role: RoomRole): Action[] {
  return Action.options.filter((action) => roleMay(role, action));
}

/** Teachers and assistants: while one of them has a live line, the class is supervised. */
export function isLeading(role: RoomRole): boolean {
  return leading.includes(role);
}

/** Those whose microphones, cameras, screens and chat can be forbidden. */
export function isSubject(role: RoomRole): boolean {
  return role === 'student' || role === 'guest';
}

const standing: Readonly<Record<RoomRole, number>> = { teacher: 2, assistant: 1, student: 0, guest: 0, observer: 0 };

/** Above 0 when `a` stands above `b`, 0 when they are equals. */
export function compareStanding(a: RoomRole, b: RoomRole): number {
  return standing[a] - standing[b];
}

/** The right that a capability stands for. */
export const actionOfCapability: Readonly<Record<Capability, Action>> = {
  microphone: 'speak',
  camera: 'show-camera',
  screen: 'share-screen',
  chat: 'chat',
};
