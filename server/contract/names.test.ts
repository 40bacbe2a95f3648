// What people type may neither hide what it is nor break a database.
import { expect, it } from 'vitest';
import { chatRequests } from './chat.ts';
import { NewLesson } from './timetable.ts';

const lesson = { courseId: 'c', kind: 'lecture', startsAt: 0, endsAt: 1000, groupIds: [] };

it.each([
  ['  Оптика:   дифракция ', 'Оптика: дифракция'],
  ['Сабақ №1 «Жарық»', 'Сабақ №1 «Жарық»'],
])('the title %j of a lesson is taken as %j', (title, taken) => {
  expect(NewLesson.parse({ ...lesson, title })).toMatchObject({ title: taken });
});

it.each(['', '   ', 'a\u0000b', 'a\u202Eb', 'a\u200Bb', 'x'.repeat(201)])('the title %j of a lesson is refused', (title) => {
  expect(NewLesson.safeParse({ ...lesson, title }).success).toBe(false);
});

it.each(['a\u0000bcdefgh', 'short', 'with blanks', 'x'.repeat(65)])('R15 the id %j of a message is refused', (clientId) => {
  expect(chatRequests['chat:post'].input.safeParse({ text: 'hello', clientId }).success).toBe(false);
});

it('R15 the id of a message is one that a browser makes', () => {
  expect(chatRequests['chat:post'].input.safeParse({ text: 'hello', clientId: crypto.randomUUID() }).success).toBe(true);
});
