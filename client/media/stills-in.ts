// Puts the slices of still pictures together and keeps the last whole one of each screen.
import type { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import type { NoticeOf } from '../../server/contract/notices.ts';
import type { Observable } from './observable.ts';

export interface StillPicture {
  /** Of a blob; given back when the next one takes its place. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export type StillPictures = ReadonlyMap<TrackId, StillPicture>;

interface Coming {
  readonly still: number;
  readonly parts: (Uint8Array<ArrayBuffer> | ArrayBuffer)[];
  got: number;
}

export class StillsIn {
  readonly #pictures: Observable<StillPictures>;
  readonly #coming = new Map<TrackId, Coming>();
  readonly #owners = new Map<TrackId, ParticipantId>();

  constructor(pictures: Observable<StillPictures>) {
    this.#pictures = pictures;
  }

  part({ trackId, participantId, still, offset, size, bytes, mime, width, height }: NoticeOf<'still-part'>): void {
    if (offset === 0) this.#coming.set(trackId, { still, parts: [], got: 0 });
    const coming = this.#coming.get(trackId);
    // Of one whose beginning was missed, while the line was lost, nothing can be made.
    if (coming?.still !== still || coming.got !== offset) return;
    coming.parts.push(bytes instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes));
    coming.got += bytes.byteLength;
    if (coming.got < size) return;
    this.#coming.delete(trackId);
    this.#owners.set(trackId, participantId);
    this.#show(trackId, { url: URL.createObjectURL(new Blob(coming.parts, { type: mime })), width, height });
  }

  /** What this person still sends; pictures of screens that have ended are given back. */
  keep(participantId: ParticipantId, tracks: ReadonlySet<TrackId>): void {
    for (const [trackId, owner] of [...this.#owners]) if (owner === participantId && !tracks.has(trackId)) this.forget(trackId);
  }

  forget(trackId: TrackId): void {
    const picture = this.#pictures.value.get(trackId);
    if (!picture) return;
    const pictures = new Map(this.#pictures.value);
    pictures.delete(trackId);
    this.#owners.delete(trackId);
    this.#pictures.set(pictures);
    URL.revokeObjectURL(picture.url);
  }

  /** Safe twice. */
  close(): void {
    this.#coming.clear();
    for (const trackId of [...this.#pictures.value.keys()]) this.forget(trackId);
  }

  #show(trackId: TrackId, picture: StillPicture): void {
    const before = this.#pictures.value.get(trackId);
    this.#pictures.set(new Map(this.#pictures.value).set(trackId, picture));
    if (before) URL.revokeObjectURL(before.url);
  }
}
