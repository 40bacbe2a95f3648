// Which sentence about the burden of the server a person needs, if any. Pure.
import { isAtLeast, type Pressure } from '../../../../server/contract/capacity.ts';
import type { TextKey } from '../../../i18n/index.ts';
import type { RoomState } from '../../../session/state.ts';

type Told = Exclude<Pressure, 'none'>;
type Seen = Pick<RoomState, 'pressure' | 'participants'> & {
  readonly self: Pick<RoomState['self'], 'participantId' | 'role'>;
  readonly room: Pick<RoomState['room'], 'students'>;
};

const toStudents: Readonly<Record<Told, TextKey>> = {
  'no-new-cameras': 'room.pressure.student.no-new-cameras',
  'low-layers': 'room.pressure.student.low-layers',
  'no-student-cameras': 'room.pressure.student.no-student-cameras',
};
const toOthers: Readonly<Record<Told, TextKey>> = {
  'no-new-cameras': 'room.pressure.teacher.no-new-cameras',
  'low-layers': 'room.pressure.teacher.low-layers',
  'no-student-cameras': 'room.pressure.teacher.no-student-cameras',
};

/** Null: nothing of this class changes for the person. */
export function sentenceOf({ pressure, participants, self, room }: Seen): TextKey | null {
  if (pressure === 'none') return null;
  const people = [...participants.values()];
  const shows = people.some(({ role, tracks }) => isStudent(role) && tracks.some(({ source }) => source === 'camera'));
  if (isStudent(self.role)) {
    const mayShow = participants.get(self.participantId)?.may.camera === true;
    return mayShow || (shows && isAtLeast(pressure, 'low-layers')) ? toStudents[pressure] : null;
  }
  return shows || room.students.camera ? toOthers[pressure] : null;
}

function isStudent(role: RoomState['self']['role']): boolean {
  return role === 'student' || role === 'guest';
}
