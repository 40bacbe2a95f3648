// What follows from the state of this device's line: still pictures in place of screens, made and shown, and limits on what is sent.
import type { TrackId } from '../../server/contract/ids.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { Call } from './calls.ts';
import { Observable } from './observable.ts';
import type { OwnMedia } from './own-media.ts';
import type { StillPictures, StillsIn } from './stills-in.ts';
import type { StillsOut } from './stills-out.ts';

/** Loaded when first needed: few lines ever are as thin. */
export class LineMedia {
  readonly stills = new Observable<StillPictures>(new Map());
  readonly #own: OwnMedia;
  readonly #call: Call;
  readonly #screen: (trackId: TrackId) => MediaStreamTrack | null;
  #in: Promise<StillsIn> | undefined;
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
        this.#out ??= import('./stills-out.ts').then(({ StillsOut }) => new StillsOut({ call: this.#call, screen: this.#screen }));
        this.#out.then((out) => out.want(notice.trackId, notice.mostBytes)).catch(console.error);
        return;
      case 'still-part':
        this.#in ??= import('./stills-in.ts').then(({ StillsIn }) => new StillsIn(this.stills));
        this.#in.then((stills) => stills.part(notice)).catch(console.error);
        return;
      default:
        return;
    }
  }

  close(): void {
    this.#in?.then((stills) => stills.close()).catch(() => undefined);
    this.#out?.then((out) => out.close()).catch(() => undefined);
  }
}
