// One thing at a time is done with the files of one recording, so that none is carried away while it is made anew or removed.

export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(recordingId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(recordingId) ?? Promise.resolve();
    const done = before.then(work);
    const quiet = done.catch(() => undefined);
    this.#last.set(recordingId, quiet);
    void quiet.then(() => {
      if (this.#last.get(recordingId) === quiet) this.#last.delete(recordingId);
    });
    return done;
  }

  async drained(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}
