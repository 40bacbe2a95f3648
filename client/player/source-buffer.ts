// One MediaSource on one element, with its operations one after the other.
import { mediaSourceClass, playableMime } from './codecs.ts';

/** The browser does not know the codec, or has no MediaSource. */
export class Unplayable extends Error {}

/** The browser took the codec and then failed on the bytes: the element must be given another source. */
export class Undecodable extends Error {
  /** On the bytes that were being appended; otherwise on some that were held already. */
  readonly whileAppending: boolean;
  constructor(message: string, whileAppending: boolean) {
    super(message);
    this.name = 'Undecodable';
    this.whileAppending = whileAppending;
  }

  /** Firefox says so where there is nothing that makes sound; other browsers go on in silence. */
  get isOfDevice(): boolean {
    return this.message.includes('MediaSink');
  }
}

function settled(target: EventTarget, good: string, bad: string, given?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const once = new AbortController();
    const end = (done: () => void) => () => {
      once.abort();
      done();
    };
    target.addEventListener(good, end(resolve), { signal: once.signal });
    given?.addEventListener(
      'abort',
      end(() => reject(new Undecodable('given up', false))),
      { signal: once.signal },
    );
    target.addEventListener(
      bad,
      end(() => reject(new Undecodable(bad, true))),
      { signal: once.signal },
    );
  });
}

/** Up to where an element can play from the moment on without a hole; undefined when the moment itself is missing. */
export function bufferedFrom({ buffered }: HTMLMediaElement, ms: number): number | undefined {
  // Frames do not begin exactly where their part does.
  const slackMs = 120;
  for (let range = 0; range < buffered.length; range++) {
    const fromMs = buffered.start(range) * 1000;
    const toMs = buffered.end(range) * 1000;
    if (fromMs - slackMs <= ms && ms < toMs) return toMs;
  }
  return undefined;
}

/** Where an element can play next after a moment that is missing. */
export function nextBuffered({ buffered }: HTMLMediaElement, ms: number): number | undefined {
  for (let range = 0; range < buffered.length; range++) if (buffered.start(range) * 1000 > ms) return buffered.start(range) * 1000;
  return undefined;
}

export class ElementBuffer {
  readonly #element: HTMLMediaElement;
  readonly #source: MediaSource;
  readonly #url: string;
  #buffer: SourceBuffer | undefined;
  #mime: string | undefined;

  private constructor(element: HTMLMediaElement, source: MediaSource, url: string) {
    this.#element = element;
    this.#source = source;
    this.#url = url;
  }

  static async open(element: HTMLMediaElement, signal: AbortSignal): Promise<ElementBuffer> {
    const Source = mediaSourceClass();
    if (!Source) throw new Unplayable('this browser has no MediaSource');
    const source = new Source();
    const url = URL.createObjectURL(source);
    // The managed kind opens only where playing on other screens is ruled out.
    element.disableRemotePlayback = true;
    element.src = url;
    try {
      await settled(source, 'sourceopen', 'sourceclose', signal);
    } catch (fault) {
      element.removeAttribute('src');
      element.load();
      URL.revokeObjectURL(url);
      throw fault;
    }
    return new ElementBuffer(element, source, url);
  }

  /** Before the first bytes of a part. Throws Unplayable. */
  prepare(partMime: string): void {
    const mime = playableMime(partMime, (spelling) => mediaSourceClass()?.isTypeSupported(spelling) ?? false);
    if (!mime) throw new Unplayable(partMime);
    if (this.#mime === mime) return;
    if (this.#buffer) this.#buffer.changeType(mime);
    else this.#buffer = this.#source.addSourceBuffer(mime);
    this.#mime = mime;
  }

  /** False when a browser that manages the memory itself wants nothing more for now. */
  get wantsMore(): boolean {
    return Reflect.get(this.#source, 'streaming') !== false;
  }

  /** Throws a DOMException `QuotaExceededError` when there is no room. */
  async append(bytes: ArrayBuffer): Promise<void> {
    await this.#do((buffer) => buffer.appendBuffer(bytes));
    this.check(true);
  }

  /** Throws Undecodable when the element has broken down. */
  check(whileAppending = false): void {
    const { error } = this.#element;
    if (error || this.#source.readyState === 'closed') throw new Undecodable(error?.message || 'closed', whileAppending);
  }

  async remove(fromMs: number, toMs: number): Promise<void> {
    if (toMs > fromMs) await this.#do((buffer) => buffer.remove(fromMs / 1000, toMs / 1000));
  }

  /** Forgets everything; the next bytes may belong to any moment. */
  async clear(): Promise<void> {
    if (this.#source.readyState === 'open') this.#buffer?.abort();
    await this.#do((buffer) => buffer.remove(0, Number.POSITIVE_INFINITY));
  }

  /** Lets one go to moments that are not there yet. */
  setEnd(ms: number): void {
    const seconds = ms / 1000;
    if (this.#source.readyState !== 'open' || this.#buffer?.updating) return;
    if (Number.isNaN(this.#source.duration) || this.#source.duration < seconds) this.#source.duration = seconds;
  }

  close(): void {
    this.#element.removeAttribute('src');
    this.#element.load();
    URL.revokeObjectURL(this.#url);
  }

  async #do(start: (buffer: SourceBuffer) => void): Promise<void> {
    const buffer = this.#buffer;
    if (!buffer) return;
    if (this.#element.error || this.#source.readyState !== 'open') throw new Undecodable(this.#element.error?.message || 'closed', false);
    const done = settled(buffer, 'update', 'error');
    try {
      start(buffer);
    } catch (fault) {
      done.catch(() => undefined);
      if (fault instanceof DOMException && fault.name === 'InvalidStateError') throw new Undecodable(fault.message, false);
      throw fault;
    }
    await done;
  }
}
