// What a recording's directory says is read as far as it can be.
import { expect, test } from 'vitest';
import { line, readEvents } from './format.ts';

const paused = { type: 'paused', at: 4000 } as const;
const part = { type: 'part', at: 1, trackId: 't', file: 'p0001.webm', index: 'p0001.jsonl', mime: 'video/webm', startMs: 1, initBytes: 10 };

test('a line that is no event does not make the rest unreadable', () => {
  const badSize = line({ ...part, width: 0, height: 0 });
  expect(readEvents(`${badSize}${line(paused)}{"type":"par\n${line({ type: 'unheard-of', at: 1 })}${line(paused)}{"type":"pau`)).toEqual([
    paused,
    paused,
  ]);
});
