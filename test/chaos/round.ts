// One scenario from beginning to end: calm classes, what is struck, what became of them, and what the server holds afterwards.
import { setTimeout as wait } from 'node:timers/promises';
import { bounds, brokenBy, type Round, type Scenario } from './scenario.ts';
import { type Class, until } from './support/class.ts';
import { lostOf } from './support/ledger.ts';
import type { Level } from './support/server.ts';
import { type DatabaseKind, World } from './support/world.ts';

const calmForMs = 3000;
const backWithinMs = 60_000;
const settleWithinMs = 40_000;
const completeWithinMs = 15_000;

export interface Outcome {
  readonly scenario: string;
  readonly database: DatabaseKind;
  readonly rounds: readonly Round[];
  readonly broken: readonly string[];
}

interface RunOptions {
  readonly database: DatabaseKind;
  readonly seed: number;
  readonly rounds: number;
  /** Whether memory and handles are waited for; default true. */
  readonly weigh?: boolean;
}

export async function runScenario(scenario: Scenario, { database, seed, rounds, weigh = true }: RunOptions): Promise<Outcome> {
  const world = await World.open({ ...scenario.world, database, seed });
  const done: Round[] = [];
  const broken: string[] = [];
  try {
    // What is loaded with the first class is no growth.
    await endClasses(await beginClasses(world));
    for (let number = 0; number < rounds; number += 1) {
      const { round, calmMs } = await runRound(scenario, world, weigh);
      done.push(round);
      broken.push(...brokenBy(scenario, round, calmMs));
    }
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error));
  } finally {
    await world.close();
  }
  return { scenario: scenario.name, database, rounds: done, broken };
}

async function runRound(scenario: Scenario, world: World, weigh: boolean): Promise<{ readonly round: Round; readonly calmMs: number }> {
  const before = await settledLevel(world, null);
  const classes = await beginClasses(world);
  for (const one of classes) one.startCounting();
  const calmFrom = performance.now();
  await wait(calmForMs);
  const calmMs = Math.max(...classes.map((one) => Math.max(one.slowestAnswerMs(calmFrom), one.worstGapMs)));

  for (const one of classes) one.startCounting();
  const cutBefore = new Map(classes.map((one) => [one, one.losses]));
  const struckAt = performance.now();
  const struck = await scenario.strike(world, classes);
  const overAt = struck.overAt ?? performance.now();
  const hit = struck.hit ?? classes.slice(0, 1);
  const others = classes.filter((one) => !hit.includes(one));
  await until(() => classes.every((one) => one.isBackSince(overAt)), backWithinMs, 'the classes are back').catch(() => undefined);
  const recoveredMs = performance.now() - overAt;
  const most = (those: readonly Class[], of: (one: Class) => number) => Math.max(0, ...those.map(of));
  const seen = {
    recoveredMs,
    answerMs: most(hit, (one) => one.slowestAnswerMs(struckAt)),
    gapMs: most(hit, (one) => one.worstGapMs),
    othersAnswerMs: most(others, (one) => one.slowestAnswerMs(struckAt)),
    othersGapMs: most(others, (one) => one.worstGapMs),
    othersCut: others.reduce((sum, one) => sum + one.losses - (cutBefore.get(one) ?? 0), 0),
  };
  await endClasses(classes);
  const after = await settledLevel(world, weigh ? before : null);
  const lost = await stillLost(world, classes);
  const pair = (of: (level: Level) => number) => [of(before), of(after)] as const;
  const round = {
    ...{ ...seen, lost: [...lost, ...(struck.faults ?? [])], note: struck.note ?? '' },
    ...{ heapBytes: pair((level) => level.heapBytes), rssBytes: pair((level) => level.rssBytes), handles: pair((level) => level.handles) },
  };
  return { round, calmMs };
}

async function beginClasses(world: World): Promise<readonly Class[]> {
  const classes = world.lessons.map((_, index) => world.class(index));
  await Promise.all(classes.map((one) => one.begin()));
  return classes;
}

async function endClasses(classes: readonly Class[]): Promise<void> {
  await Promise.all(classes.map((one) => one.end()));
}

/** What was held while the database was away has a moment to come into it. */
async function stillLost(world: World, classes: readonly Class[]): Promise<readonly string[]> {
  const deadline = performance.now() + completeWithinMs;
  for (;;) {
    const lost = await world.look((db) => lostOf(db, classes));
    if (lost.length === 0 || performance.now() > deadline) return lost;
    await wait(500);
  }
}

/** What closes late has its time; then it is what it is. */
async function settledLevel(world: World, before: Level | null): Promise<Level> {
  const deadline = performance.now() + settleWithinMs;
  for (;;) {
    await wait(1000);
    const level = await world.server.level();
    if (before === null || performance.now() > deadline) return level;
    const isDown = level.heapBytes - before.heapBytes <= bounds.heapGrowthBytes && level.handles - before.handles <= bounds.handlesGrowth;
    if (isDown && level.rssBytes - before.rssBytes <= bounds.rssGrowthBytes) return level;
  }
}
