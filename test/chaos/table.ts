// The outcome as a table for people and as JSON for machines.
import type { Outcome } from './round.ts';
import type { Round } from './scenario.ts';

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

const columns: readonly (readonly [string, number, (outcome: Outcome) => string])[] = [
  ['scenario', 22, ({ scenario }) => scenario],
  ['database', 9, ({ database }) => database],
  ['rounds', 7, ({ rounds }) => String(rounds.length)],
  ['back s', 7, ({ rounds }) => worst(rounds, ({ recoveredMs }) => recoveredMs, seconds)],
  ['answer s', 9, ({ rounds }) => worst(rounds, ({ answerMs }) => answerMs, seconds)],
  ['silent s', 9, ({ rounds }) => worst(rounds, ({ gapMs }) => gapMs, seconds)],
  ['lost', 5, ({ rounds }) => String(rounds.reduce((sum, { lost }) => sum + lost.length, 0))],
  ['others: answer s', 17, ({ rounds }) => worst(rounds, ({ othersAnswerMs }) => othersAnswerMs, seconds)],
  ['silent s', 9, ({ rounds }) => worst(rounds, ({ othersGapMs }) => othersGapMs, seconds)],
  ['cut', 4, ({ rounds }) => String(rounds.reduce((sum, { othersCut }) => sum + othersCut, 0))],
  ['heap MB', 10, ({ rounds }) => fromTo(rounds, ({ heapBytes }) => heapBytes, megabytes)],
  ['RSS MB', 10, ({ rounds }) => fromTo(rounds, ({ rssBytes }) => rssBytes, megabytes)],
  ['handles', 9, ({ rounds }) => fromTo(rounds, ({ handles }) => handles, String)],
];

export const heading = (): string => columns.map(([name, width]) => name.padEnd(width)).join(' ');

export function line(outcome: Outcome): string {
  const figures = columns.map(([, width, of]) => of(outcome).padEnd(width)).join(' ');
  const notes = [...new Set(outcome.rounds.map(({ note }) => note).filter((note) => note !== ''))].map((note) => `    ${note}`);
  return [figures, ...notes, ...outcome.broken.slice(0, 20).map((what) => `    BROKEN: ${what}`)].join('\n');
}

function worst(rounds: readonly Round[], of: (round: Round) => number, as: (value: number) => string): string {
  return rounds.length === 0 ? '-' : as(Math.max(...rounds.map(of)));
}

/** From before the first round to after the last. */
function fromTo(rounds: readonly Round[], of: (round: Round) => readonly [number, number], as: (value: number) => string): string {
  const [first, last] = [rounds[0], rounds.at(-1)];
  return first && last ? `${as(of(first)[0])}→${as(of(last)[1])}` : '-';
}
