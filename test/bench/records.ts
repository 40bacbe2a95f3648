// Measures attendance as evidence at full size: reports of a term of millions of results, traces at the bell, and joins while reports are read.
// npm run bench records -- [--databases=sqlite,postgres] [--students=25000] [--classes=40] [--joins=10] [--rooms=300]
import { parseArgs } from 'node:util';
import { percentile } from '../../server/monitoring/joins.ts';
import { startPostgres } from '../contract/postgres.ts';
import { ringBell } from './records/bell.ts';
import { termFaculty, termGroup, termStudent } from './records/fill.ts';
import { Campus } from './timetable/campus.ts';

const { values } = parseArgs({
  options: {
    databases: { type: 'string', default: 'sqlite,postgres' },
    students: { type: 'string', default: '25000' },
    classes: { type: 'string', default: '40' },
    residents: { type: 'string', default: '5' },
    joins: { type: 'string', default: '10' },
    rooms: { type: 'string', default: '300' },
  },
});
const students = Number(values.students);
const classes = Number(values.classes);
const residents = Number(values.residents);
const rooms = Number(values.rooms);
const PER_CLASS = 25;
/** In turns without and with reports, so that both have the same luck with the machine. */
const TURNS = 4;
const TURN_MS = 8000;
const goals = { studentMs: 100, facultyMs: 3000, ratio: 1.1 };

const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));
const at = (times: readonly number[], share: number) =>
  percentile(
    times.toSorted((a, b) => a - b),
    share,
  ) ?? 0;
const groups = Math.max(4, Math.round(students / PER_CLASS));
let isReached = true;

function hold(name: string, value: number, goal: number): void {
  if (value <= goal) return;
  isReached = false;
  console.log(`MISSED: ${name} is ${value.toFixed(2)}, its goal ${goal}`);
}

async function reports(database: string, campus: Campus): Promise<void> {
  const days = (from: number, to: number) =>
    `from=${new Date(Date.now() - from * 86_400_000).toISOString().slice(0, 10)}&to=${new Date(Date.now() - to * 86_400_000).toISOString().slice(0, 10)}`;
  const read = (path: (index: number) => string) => (index: number) => campus.call(campus.admin, 'GET', `/api/reports/${path(index)}`);
  const kinds = {
    "a student's term": [30, read((index) => `students/${termStudent((index * 997) % students)}`)],
    "a group's matrix": [10, read((index) => `groups/${termGroup((index * 37) % groups)}`)],
    "a course's matrix": [5, read((index) => `courses/bc${index * 3}`)],
    "a faculty's report": [5, read((index) => `faculties/${termFaculty(index)}`)],
    'the term of all faculties': [3, read(() => 'term')],
    'a page of those at risk': [10, read((index) => `at-risk?page=${index}`)],
    'a page of the journal': [10, read((index) => `journal?${days(60 - index, 1)}`)],
  } as const;
  for (const [name, [count, call]] of Object.entries(kinds)) {
    // A first one warms up what every server has warm.
    await call(0);
    await campus.longestStallMs();
    const times = await campus.timed(count, call);
    const stall = await campus.longestStallMs();
    console.log(
      `${database}: ${name} p50 ${at(times, 0.5).toFixed(1)} p95 ${at(times, 0.95).toFixed(1)} ms · longest block of the event loop ${stall.toFixed(0)} ms`,
    );
    if (name === "a student's term") hold(name, at(times, 0.95), goals.studentMs);
    if (name === "a faculty's report") hold(name, at(times, 0.95), goals.facultyMs);
  }
}

/** As on a busy morning: of each kind one after the other, at this pace. */
async function readOn(campus: Campus, isOver: () => boolean): Promise<number> {
  let count = 0;
  const paces: readonly (readonly [everyMs: number, path: (turn: number) => string])[] = [
    [200, (turn) => `students/${termStudent((turn * 997) % students)}`],
    [1000, (turn) => `groups/${termGroup((turn * 37) % groups)}`],
    [2000, (turn) => `faculties/${termFaculty(turn % 16)}`],
    [2000, (turn) => `at-risk?page=${turn % 5}`],
    [4000, () => 'term'],
  ];
  const loop = async ([everyMs, path]: (typeof paces)[number]) => {
    for (let turn = 0; !isOver(); turn += 1) {
      const began = performance.now();
      await campus.call(campus.admin, 'GET', `/api/reports/${path(turn)}`);
      count += 1;
      await pause(Math.max(0, everyMs - (performance.now() - began)));
    }
  };
  await Promise.all(paces.map(loop));
  return count;
}

async function joinsBeside(database: string, campus: Campus): Promise<void> {
  const all = Array.from({ length: classes * PER_CLASS }, (_, index) => index);
  const isResident = (student: number) => student % PER_CLASS < residents;
  for (const student of all.filter(isResident)) await campus.join(student);
  const comers = all.filter((student) => !isResident(student)).sort((a, b) => (a % PER_CLASS) - (b % PER_CLASS));
  const [without, beside]: [number[], number[]] = [[], []];
  let read = 0;
  for (let turn = 0; turn < 2 * TURNS; turn += 1) {
    const isReading = turn % 2 === 1;
    const ends = performance.now() + TURN_MS;
    const isOver = () => performance.now() > ends;
    await campus.longestStallMs();
    const reading = isReading ? readOn(campus, isOver) : Promise.resolve(0);
    (isReading ? beside : without).push(...(await campus.joins(Number(values.joins), comers, isOver)));
    read += await reading;
    await pause(300);
  }
  const ratio = at(beside, 0.5) / at(without, 0.5);
  console.log(
    `${database}, ${classes} classes: ${without.length} joins p50 ${at(without, 0.5).toFixed(1)} p95 ${at(without, 0.95).toFixed(1)} ms · ${beside.length} beside ${read} reports p50 ${at(beside, 0.5).toFixed(1)} p95 ${at(beside, 0.95).toFixed(1)} ms · ratio of medians ${ratio.toFixed(2)}`,
  );
  hold('the ratio of joins', ratio, goals.ratio);
}

async function measure(database: string): Promise<void> {
  // Without fsync, as all tests: it is the server's own time that is measured.
  const postgres = database === 'postgres' ? await startPostgres() : null;
  try {
    const bell = await ringBell(postgres?.url('postgres') ?? '', rooms, PER_CLASS);
    console.log(
      `${database}: at the bell of ${rooms} rooms ${bell.entries} entries in ${bell.commits} commits, ${(bell.entries / bell.seconds).toFixed(0)} entries a second · who joins waits for the trace p50 ${bell.p50.toFixed(1)} p95 ${bell.p95.toFixed(1)} ms`,
    );
    const campus = await Campus.open(postgres?.url('postgres') ?? '', classes, PER_CLASS, students);
    try {
      await reports(database, campus);
      await joinsBeside(database, campus);
    } finally {
      await campus.close();
    }
  } finally {
    await postgres?.stop();
  }
}

// PostgreSQL in a process that nobody waits for does not keep us alive until it has ended.
const alive = setInterval(() => undefined, 1000);
for (const database of values.databases.split(',')) await measure(database);
clearInterval(alive);
console.log(
  `Goals: a student's term within ${goals.studentMs} ms, a faculty's report within ${goals.facultyMs} ms, joins at most ${goals.ratio} times as long: ${isReached ? 'reached' : 'MISSED'}`,
);
// The clients' sockets would keep the process alive.
process.exit(isReached ? 0 : 1);
