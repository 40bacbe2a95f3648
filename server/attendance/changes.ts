// Counts the changes of rules and excuses, so that a lesson that was being judged meanwhile is judged again. Rule A35.

export class Changes {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** To be told when the change is in the table, and before the lessons that it concerns are marked. */
  made(): void {
    this.#count += 1;
  }
}
