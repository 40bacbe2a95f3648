// All scenarios, in the order in which they run.
import type { Scenario } from '../scenario.ts';
import { clockJump } from './clock-jump.ts';
import { databaseAway } from './database-away.ts';
import { databaseHangs } from './database-hangs.ts';
import { databaseLocked } from './database-locked.ts';
import { databaseRestarted } from './database-restarted.ts';
import { diskFull } from './disk-full.ts';
import { diskSlow } from './disk-slow.ts';
import { flood } from './flood.ts';
import { halfOpen } from './half-open.ts';
import { keyFrameStorm } from './key-frame-storm.ts';
import { malformedMedia } from './malformed-media.ts';
import { memoryPressure } from './memory-pressure.ts';
import { readsNothing } from './reads-nothing.ts';
import { serverKilled } from './server-killed.ts';
import { workerKilled } from './worker-killed.ts';

export function scenariosFor({ isQuick }: { readonly isQuick: boolean }): readonly Scenario[] {
  const [shortMs, awayMs] = isQuick ? [6000, 8000] : [15_000, 60_000];
  return [
    workerKilled,
    serverKilled,
    databaseLocked(shortMs),
    databaseRestarted,
    databaseAway(awayMs),
    databaseHangs(isQuick ? 15_000 : awayMs),
    diskFull(shortMs),
    diskSlow(shortMs),
    clockJump,
    memoryPressure,
    flood,
    readsNothing,
    halfOpen,
    malformedMedia,
    keyFrameStorm,
  ];
}
