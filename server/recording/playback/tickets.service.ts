// Addresses for what a media element or a download fetches by itself, without our headers: signed, short-lived, for one file of one viewer.
import { z } from 'zod';
import type { Actor } from '../../audit/actor.ts';
import type { Person } from '../../contract/identity.ts';
import { PersonId, RecordingId } from '../../contract/ids.ts';
import type { RecordingFile } from '../../contract/recording.ts';
import type { Ticket } from '../../contract/recording-edits.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Allowed, RecordingAccess, Viewer } from '../access/access.ts';
import type { Signed } from '../links/signed.ts';
import { masterName, masterPlaylist, mediaPlaylist, playlistName, tracksForHls } from './hls.ts';
import type { PlaybackService } from './playback.service.ts';

const minute = 60_000;
const leastMs = 10 * minute;
/** A player asks for lists and pieces as long as one watches; its ticket lasts for the class twice over. */
const mostMs = 12 * 60 * minute;

export const TicketWords = z.object({
  recording: RecordingId,
  file: z.enum(['mp4', 'm4a', 'hls']),
  viewer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), id: PersonId, session: z.string() }),
    z.object({ kind: z.literal('link'), id: z.string() }),
  ]),
});
export type TicketWords = z.infer<typeof TicketWords>;

const nameOf = { mp4: 'class.mp4', m4a: 'sound.m4a', hls: masterName } as const;

export interface TicketsOptions {
  readonly signed: Signed<TicketWords>;
  readonly access: Pick<RecordingAccess, 'again'>;
  readonly playback: PlaybackService;
  readonly clock: Pick<Clock, 'now'>;
  /** As the person is now; null when the session has ended, or the account is gone or disabled. */
  readonly person: (id: PersonId, session: string) => Promise<Person | null>;
  readonly actorOf: (person: Person, address: string) => Actor;
  readonly linkWorks: (linkId: string, recordingId: RecordingId) => Promise<boolean>;
}

/** What a ticket opens beside the files themselves. */
export type Ticketed = { readonly kind: 'playlist'; readonly text: string } | { readonly kind: 'file'; readonly allowed: Allowed };

export class TicketsService {
  readonly #options: TicketsOptions;

  constructor(options: TicketsOptions) {
    this.#options = options;
  }

  /**
   * Whoever calls has asked for the right.
   * @param session the hash of its token, of whoever is signed in: the ticket ends with it
   */
  async issue({ recording, viewer }: Allowed, file: TicketWords['file'], session: string): Promise<z.input<typeof Ticket>> {
    const { signed, playback, clock } = this.#options;
    const { durationMs, state } = await playback.view(recording, 'viewer');
    const wantedMs = file !== 'hls' ? leastMs : state === 'ended' ? leastMs + 2 * durationMs : mostMs;
    const expiresAt = clock.now() + Math.min(mostMs, wantedMs);
    const of = viewer.kind === 'person' ? { kind: viewer.kind, id: viewer.person.id, session } : { kind: viewer.kind, id: viewer.linkId };
    const ticket = signed.sign({ recording: recording.id, file, viewer: of }, expiresAt);
    return { url: `/media/recordings/${ticket}/${nameOf[file]}`, expiresAt };
  }

  /** Throws `Refused('token-expired')` for a ticket that is forged, expired or of another file, and what the gate says of the viewer now. */
  async redeem(ticket: string, name: string, address: string): Promise<Ticketed> {
    const { signed, access } = this.#options;
    const words = signed.read(ticket);
    if (words === null || !isFor(words.file, name)) throw new Refused('token-expired', 'This address does not work, or not any more');
    const right = words.file === 'hls' ? 'watch' : 'download';
    const allowed = await access.again(await this.#viewer(words, address), words.recording, right);
    return name.endsWith('.m3u8') ? { kind: 'playlist', text: await this.#playlist(allowed, name) } : { kind: 'file', allowed };
  }

  async #viewer({ viewer, recording }: TicketWords, address: string): Promise<Viewer> {
    const { person, linkWorks, actorOf } = this.#options;
    if (viewer.kind === 'link') {
      if (!(await linkWorks(viewer.id, recording))) throw new Refused('link-invalid', 'This link does not work any more');
      return { kind: 'link', linkId: viewer.id };
    }
    const found = await person(viewer.id, viewer.session);
    if (found === null) throw new Refused('not-signed-in', 'Whoever this address was for is not signed in any more');
    return { kind: 'person', person: found, actor: actorOf(found, address) };
  }

  async #playlist({ recording }: Allowed, name: string): Promise<string> {
    const { playback } = this.#options;
    const manifest = await playback.view(recording, 'viewer');
    const track = tracksForHls(manifest).find(({ trackId }) => playlistName(trackId) === name);
    if (name === masterName || track === undefined) {
      const master = name === masterName ? masterPlaylist(manifest) : null;
      if (master === null) throw new Refused('not-found', 'There is nothing to play');
      return master;
    }
    const indexes = new Set<RecordingFile>(track.parts.map(({ index }) => index));
    const read = async (index: RecordingFile) => [index, await playback.index(recording, index, 'viewer')] as const;
    const lines = new Map(await Promise.all([...indexes].map(read)));
    return mediaPlaylist(manifest, track, ({ index }) => lines.get(index) ?? []);
  }
}

function isFor(file: TicketWords['file'], name: string): boolean {
  return file === 'hls' ? /^(p\d{4,6}\.mp4|[A-Za-z0-9_-]{1,64}\.m3u8)$/.test(name) : name === nameOf[file];
}
