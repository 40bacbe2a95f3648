// How the room of each kind of lesson behaves unless its teacher says otherwise.
import type { LessonKind, RoomRules } from '../contract/timetable.ts';

type Students = RoomRules['students'];
const listen: Students = { microphone: false, camera: false, screen: false, chat: true };
const talk: Students = { microphone: true, camera: true, screen: false, chat: true };
const work: Students = { microphone: true, camera: true, screen: true, chat: true };
const sitExam: Students = { microphone: false, camera: true, screen: false, chat: false };

const rules = (students: Students, rest: Partial<Omit<RoomRules, 'students'>>): RoomRules => ({
  students,
  lobby: 'outsiders',
  guests: false,
  recording: 'manual',
  rewind: true,
  capacity: 100,
  ...rest,
});

export const kindDefaults: Readonly<Record<LessonKind, RoomRules>> = {
  lecture: rules(listen, { capacity: 300 }),
  seminar: rules(talk, {}),
  laboratory: rules(work, {}),
  'guided-study': rules(work, {}),
  // Students come one after another, each with an own concern.
  consultation: rules(work, { lobby: 'everyone', recording: 'never' }),
  // The examiner lets in one by one after looking at the person, and the recording is the evidence.
  examination: rules(sitExam, { lobby: 'everyone', recording: 'always' }),
  defence: rules(work, { guests: true, recording: 'always' }),
  'curator-hour': rules(talk, { recording: 'never' }),
  meeting: rules(work, { guests: true, capacity: 200 }),
  conference: rules(listen, { guests: true, capacity: 500 }),
  'public-event': rules(listen, { guests: true, capacity: 1000 }),
};
