// The settings of the situation centre's board: from when on something counts as trouble.
import { z } from 'zod';

const minutes = z.number().int().min(1).max(120);

export const situation = z.strictObject({
  teacherAbsentMinutes: minutes
    .default(5)
    .describe('After how many minutes without a teacher, or without any student, the board speaks of trouble.'),
  nobodyHeardMinutes: minutes
    .default(5)
    .describe('After how many minutes in which nobody said a word, although a teacher is there, the board speaks of trouble.'),
  endedEarlyMinutes: minutes.default(10).describe('How many minutes before the planned end a lesson must end to have ended early.'),
});
