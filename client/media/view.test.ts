// What the server is told of the pictures on the page.
import { expect, test } from 'vitest';
import { ParticipantId } from '../../server/contract/ids.ts';
import { largestOfEach } from './view.ts';

const tile = (name: string, width: number, height = width) => ({
  participantId: ParticipantId.parse(name),
  source: 'camera' as const,
  width,
  height,
});

test('a picture that stands on the page twice is asked for once, in its larger size', () => {
  expect(largestOfEach([tile('anar', 200), tile('anar', 640)])).toEqual([tile('anar', 640)]);
});

test('what has no size is not seen', () => {
  expect(largestOfEach([tile('anar', 0), tile('dana', 100, 0)])).toEqual([]);
});

test('no more pictures are asked for than the contract allows, the largest first', () => {
  const told = largestOfEach(Array.from({ length: 50 }, (_, index) => tile(`p${index}`, 100 + index)));
  expect(told).toHaveLength(32);
  expect(told[0]?.width).toBe(149);
});
