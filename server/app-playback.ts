// Builds what people see of recordings: the gate, what is played, edits, links, tickets, and the calls about them.
import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import type { Identity } from './app-identity.ts';
import type { Rooms } from './app-rooms.ts';
import { actorOf } from './audit/actor.ts';
import type { Audit } from './audit/audit.service.ts';
import { type PersonId, RecordingEditId, type RecordingId, RecordingLinkId } from './contract/ids.ts';
import type { RecordingSummary } from './contract/recording.ts';
import type { Database } from './database/tables.ts';
import type { Peers } from './edge/http-peer.ts';
import { RateLimit } from './edge/limits.ts';
import { Passwords } from './identity/passwords.ts';
import { secretKey } from './identity/secrets.ts';
import type { Clock } from './ports/clock.ts';
import type { RecordingFiles } from './ports/recording-files.ts';
import { AccessStore } from './recording/access/access.store.ts';
import { RecordingAccess } from './recording/access/access.ts';
import { editsHttp } from './recording/edits/edits.http.ts';
import { EditsService } from './recording/edits/edits.service.ts';
import { EditsStore } from './recording/edits/edits.store.ts';
import { linkCookieOf, linksHttp } from './recording/links/links.http.ts';
import { LinksService } from './recording/links/links.service.ts';
import { LinksStore } from './recording/links/links.store.ts';
import { Signed } from './recording/links/signed.ts';
import { Downloads } from './recording/playback/downloads.ts';
import { FilesService, type MadeOf } from './recording/playback/files.service.ts';
import { type Live, ManifestReader } from './recording/playback/manifest-reader.ts';
import { Pace } from './recording/playback/pace.ts';
import { type PageOptions, PageService } from './recording/playback/page.service.ts';
import { PlaybackService } from './recording/playback/playback.service.ts';
import { recordingRouter } from './recording/playback/recording.http.ts';
import { ticketsHttp } from './recording/playback/tickets.http.ts';
import { TicketsService, TicketWords } from './recording/playback/tickets.service.ts';

export interface Playing {
  readonly access: RecordingAccess;
  readonly playback: PlaybackService;
  readonly routers: readonly Router[];
}

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly peers: Peers;
  readonly identity: Identity;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly rooms: () => Rooms;
  readonly live: Live;
  /** As they are listed, with the size of what is written now. */
  readonly list: (lessonId: RecordingSummary['lessonId']) => Promise<readonly RecordingSummary[]>;
  readonly made: MadeOf;
  readonly around: Omit<PageOptions, 'made'>;
  readonly opened: (personId: PersonId, recordingId: RecordingId) => void;
  /** What was made of it is to be made anew. */
  readonly edited: (recordingId: RecordingId) => void;
}

/** Passwords of links that may be tried within ten minutes: from one address, and by all the world. */
const TRIES = { byAddress: 10, byLink: 200, perSeconds: 600 };
const OpenedLink = z.object({ link: z.string(), recording: z.string() });

const newId = () => randomBytes(12).toString('base64url');

export function openPlayback(parts: Parts): Playing {
  const { config, db, clock, audit, peers, identity, files, rooms, live, list, made, around, opened, edited } = parts;
  const key = secretKey(config.dataDir, 'recordings-shown');
  const access: RecordingAccess = new RecordingAccess({
    ...{ store: new AccessStore(db), clock },
    rewind: (lessonId) => rooms().service.view(lessonId)?.rewind ?? null,
    linkOf: async (request, recordingId) => {
      const cookie = linkCookieOf(request);
      return cookie === null ? null : links.opens(cookie, recordingId);
    },
  });
  const links: LinksService = new LinksService({
    ...{ store: new LinksStore(db), access, passwords: new Passwords(), audit, clock },
    opened: new Signed({ key, purpose: 'link', schema: OpenedLink, clock }),
    newId: () => RecordingLinkId.parse(newId()),
    newToken: () => randomBytes(24).toString('base64url'),
    limits: { byAddress: new RateLimit(TRIES.byAddress, TRIES.perSeconds), byLink: new RateLimit(TRIES.byLink, TRIES.perSeconds) },
  });
  const reader = new ManifestReader(files, live);
  const editsStore = new EditsStore(db);
  const playback = new PlaybackService({ reader, edits: ({ id }) => editsStore.holding(id) });
  const edits = new EditsService({
    ...{ store: editsStore, audit, clock },
    newId: () => RecordingEditId.parse(newId()),
    manifestOf: (recording) => reader.manifest(recording),
    edited: ({ id }) => edited(id),
  });
  const tickets = new TicketsService({
    ...{ access, playback, clock, actorOf },
    signed: new Signed({ key, purpose: 'ticket', schema: TicketWords, clock }),
    async person(id, session) {
      if (await identity.service.isSignedOut(session)) return null;
      const person = await identity.service.person(id);
      return person && !person.disabled ? person : null;
    },
    linkWorks: (linkId, recordingId) => links.works(linkId, recordingId),
  });
  const served = new FilesService({ playback, files, made, pace: new Pace(), timeZone: config.timeZone });
  const downloads = new Downloads(audit, clock);
  return {
    access,
    playback,
    routers: [
      recordingRouter({ access, playback, files: served, page: new PageService({ made, ...around }), list, opened, downloads }),
      editsHttp(edits, access),
      linksHttp(links, access, () => clock.now()),
      ticketsHttp({ tickets, access, files: served, peers, downloads }),
    ],
  };
}
