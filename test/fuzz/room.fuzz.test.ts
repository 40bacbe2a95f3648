// A room under thousands of random steps: nothing but refusals is thrown, and the invariants hold after each step.
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { brokenIn } from './room-invariants.ts';
import { RoomWorld } from './room-world.ts';

const steps = 400;
/** A new one each time, beside those that are always tried; `AUDITORIA_FUZZ_SEED` repeats a failure. */
const fresh = Number(process.env['AUDITORIA_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

function play(seed: number): { readonly refusals: number; readonly peak: number; readonly checks: RoomWorld['checks']['seen'] } {
  const world = new RoomWorld(new Random(seed));
  const story: string[] = [];
  let peak = 0;
  for (let step = 0; step < steps; step += 1) {
    story.push(world.step());
    peak = Math.max(peak, world.room.seats.size);
    const broken = [...brokenIn(world.room, world.witness), ...world.checks.contradictions];
    if (world.checks.isRunning !== (world.room.check?.ended === null)) broken.push('facts tell another story of a presence check');
    if (broken.length > 0)
      throw new Error(`AUDITORIA_FUZZ_SEED=${seed}, step ${step}: ${broken.join('; ')}\n… ${story.slice(-12).join(' → ')}`);
  }
  return { refusals: world.refusals, peak, checks: world.checks.seen };
}

describe('a room under random hands', () => {
  it('keeps its rules for seeds 1 to 200', () => {
    const played = Array.from({ length: 200 }, (_, index) => play(index + 1));
    // The steps are neither all refused nor all harmless.
    expect(Math.max(...played.map(({ peak }) => peak))).toBeGreaterThan(5);
    expect(Math.min(...played.map(({ refusals }) => refusals))).toBeGreaterThan(10);
    expect(Math.max(...played.map(({ refusals }) => refusals))).toBeLessThan(steps * 0.9);
    // Presence checks came to every kind of end.
    for (const what of ['begun', 'answered', 'missed', 'spared', 'early'] as const)
      expect([what, played.reduce((sum, { checks }) => sum + checks[what], 0) > 20]).toEqual([what, true]);
  });

  it(`keeps its rules for seed ${fresh}`, () => {
    play(fresh);
  });
});
