// What follows from the state of this device's line: still pictures in place of screens, made and shown, and limits on what is sent.
import type { TrackId } from '../../server/contract/ids.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { Call } from './calls.ts';
import { Observable } from './observable.ts';
import type { OwnMedia } from './own-media.ts';
import { type StillPictures, StillsIn } from './stills-in.ts';
import type { StillsOut } from './stills-out.ts';

export class LineMedia {
  readonly stills = new Observable<StillPictures>(new Map());
  readonly #own: OwnMedia;
  readonly #call: Call;
  readonly #screen: (trackId: TrackId) => MediaStreamTrack | null;
  readonly #in = new StillsIn(this.stills);
  #out: Promise<StillsOut> | undefined;

  /** `screen`: the own screen, when it is sent as this track. */
  constructor(call: Call, own: OwnMedia, screen: (trackId: TrackId) => MediaStreamTrack | null) {
    this.#call = call;
    this.#own = own;
    this.#screen = screen;
  }

  heard(notice: Notice): void {
    switch (notice.type) {
      case 'send-limits':
        this.#own.limit(notice.limits);
        return;
      case 'stills-wanted':
        this.#stillsOut()
          .then((out) => out.want(notice.trackId, notice.mostBytes))
          .catch(console.error);
        return;
      case 'still-part':
        this.#in.part(notice);
        return;
      case 'participant-changed':
        this.#in.keep(notice.participant.id, new Set(notice.participant.tracks.map(({ id }) => id)));
        return;
      case 'participant-left':
        this.#in.keep(notice.participantId, new Set());
        return;
      default:
        return;
    }
  }

  /** The moving picture is there again: an older still one must not come back when the line grows thin once more. */
  moves(trackId: TrackId): void {
    this.#in.forget(trackId);
  }

  /** Out of the class. */
  over(): void {
    this.#in.close();
    this.#out?.then((out) => out.close()).catch(() => undefined);
  }

  /** Loaded when first needed: few classes ever have a line as thin. */
  #stillsOut(): Promise<StillsOut> {
    this.#out ??= import('./stills-out.ts').then(
      ({ StillsOut }) => new StillsOut({ call: this.#call, screen: this.#screen }),
      (error: unknown) => {
        // The next one tries again.
        this.#out = undefined;
        throw error;
      },
    );
    return this.#out;
  }
}
