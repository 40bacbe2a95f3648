// For tests: a process that records until it is killed. Says `recording ID` once it does.

import { addLesson } from '../../server/recording/capture/testing/lesson-rows.ts';
import { openRecordedRoom } from './recorded-room.ts';

const [directory = '', codec = 'h264'] = process.argv.slice(2);
const room = await openRecordedRoom({
  directory,
  prepare: (db) => addLesson(db, 'lesson'),
  codec: codec === 'vp8' ? 'vp8' : 'h264',
  seconds: 60,
});
const id = await room.service.start(room.lessonId, null);
process.stdout.write(`recording ${id}\n`);
