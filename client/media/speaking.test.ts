// How loud is loud, and what counts as speech.
import { expect, test } from 'vitest';
import { loudness, SpeechDetector } from './speaking.ts';

const tone = (amplitude: number) => Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 4));

test('silence is 0 and loud speech is 1', () => {
  expect(loudness(new Float32Array(1024))).toBe(0);
  expect(loudness(tone(1))).toBe(1);
  expect(loudness(tone(0.01))).toBeGreaterThan(0.2);
  expect(loudness(tone(0.01))).toBeLessThan(0.6);
});

test('a cough is not speech, a sentence is', () => {
  const cough = new SpeechDetector();
  expect([0.9, 0.9, 0.1, 0.1, 0.1].some((level) => cough.hear(level))).toBe(false);
  const sentence = new SpeechDetector();
  expect([0.6, 0.7, 0.5, 0.6, 0.7, 0.6].some((level) => sentence.hear(level))).toBe(true);
});
