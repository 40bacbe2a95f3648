// One class: a teacher who speaks, students of whom one listens, and all of them raising hands and writing while it goes on.
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../fuzz/random.ts';
import { Person, type Place } from './person.ts';
import type { Lesson } from './school.ts';
import { Sound } from './sound.ts';

const betweenActsMs = 900;

export class Class {
  readonly lesson: Lesson;
  readonly teacher: Person;
  readonly students: readonly Person[];
  /** Of whom the media are real. */
  readonly sounds: readonly Sound[];
  readonly #random: Random;
  readonly #lives: Promise<void>[] = [];
  #isOver = false;

  constructor(place: Place, lesson: Lesson, random: Random) {
    this.lesson = lesson;
    this.#random = random;
    this.teacher = new Person(place, lesson.teacherId, lesson.lessonId);
    this.students = lesson.studentIds.map((id) => new Person(place, id, lesson.lessonId));
    const [listener] = this.students;
    this.sounds = [new Sound(this.teacher, 'speaks'), ...(listener ? [new Sound(listener, 'listens')] : [])];
  }

  get people(): readonly Person[] {
    return [this.teacher, ...this.students];
  }

  /** Those who listen. */
  get ears(): readonly Sound[] {
    return this.sounds.slice(1);
  }

  /** Everybody is in, and the listener hears. */
  async begin(): Promise<void> {
    await Promise.all(this.people.map((person) => person.comeIn()));
    for (const person of this.people) this.#lives.push(this.#live(person));
    await until(() => this.ears.every(({ lastHeardAt }) => lastHeardAt > 0), 30_000, 'the class hears its teacher');
  }

  startCounting(): void {
    for (const sound of this.ears) sound.startCounting();
  }

  /** Somebody was answered, and everybody hears, later than `at` (of `performance.now()`). */
  isBackSince(at: number): boolean {
    const answered = this.people.every((person) => (person.answers.at(-1)?.at ?? 0) > at + (person.answers.at(-1)?.afterMs ?? 0));
    return answered && this.ears.every(({ lastHeardAt }) => lastHeardAt > at);
  }

  /** Of all answers since then, the one that took longest. */
  slowestAnswerMs(since: number): number {
    const waits = this.people.flatMap(({ answers }) => answers.filter(({ at }) => at > since).map(({ afterMs }) => afterMs));
    return Math.max(0, ...waits);
  }

  /** Since counting began; what has not ended counts as well. */
  get worstGapMs(): number {
    return Math.max(0, ...this.ears.map((sound) => sound.worstGapMs));
  }

  get losses(): number {
    return this.people.reduce((sum, { losses }) => sum + losses, 0);
  }

  /** Nobody does anything any more, and everybody is still there. */
  async rest(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#lives);
  }

  async end(): Promise<void> {
    await this.rest();
    await Promise.all(this.sounds.map((sound) => sound.close()));
    await Promise.all(this.people.map((person) => person.leave()));
  }

  async #live(person: Person): Promise<void> {
    await wait(this.#random.below(betweenActsMs));
    while (!this.#isOver) {
      if (person.isIn) await (this.#random.chance(0.6) ? person.moveHand() : person.write(`words ${this.#random.below(1e9)}`));
      await wait(betweenActsMs / 2 + this.#random.below(betweenActsMs));
    }
  }
}

/** Rejects when it does not come true in time. */
export async function until(holds: () => boolean, patienceMs: number, what: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Not within ${patienceMs} ms: ${what}`);
    await wait(50);
  }
}
