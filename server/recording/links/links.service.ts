// Links by which a recording can be watched without an account: until a day, with a password or without, and until they are revoked.
import type { Audit } from '../../audit/audit.service.ts';
import type { Instant, RecordingId, RecordingLinkId } from '../../contract/ids.ts';
import type { NewRecordingLink, RecordingLink } from '../../contract/recording-edits.ts';
import { Refused } from '../../contract/reply.ts';
import type { RateLimit } from '../../edge/limits.ts';
import { hashOfToken } from '../../identity/token-hash.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AllowedPerson, RecordingAccess } from '../access/access.ts';
import { subjectOf } from '../edits/edits.service.ts';
import type { LinksStore, StoredLink } from './links.store.ts';
import type { Signed } from './signed.ts';

const longestMs = 366 * 24 * 3_600_000;
/** So long one may watch before the password is asked for again. */
const openedForMs = 12 * 3_600_000;
const mostLinks = 200;

/** What the cookie of a link that was opened says. */
export interface OpenedLink {
  readonly link: string;
  readonly recording: string;
}

export interface LinksOptions {
  readonly store: LinksStore;
  readonly access: Pick<RecordingAccess, 'again'>;
  readonly passwords: { hash(password: string): Promise<string>; isRight(password: string, known: string | null): Promise<boolean> };
  readonly opened: Signed<OpenedLink>;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => RecordingLinkId;
  /** Long and random: whoever knows it may watch. */
  readonly newToken: () => string;
  /** Passwords that were tried: from one address, and of one link by all the world. */
  readonly limits: { readonly byAddress: RateLimit; readonly byLink: RateLimit };
}

export class LinksService {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  list({ recording }: AllowedPerson): Promise<RecordingLink[]> {
    return this.#options.store.all(recording.id);
  }

  async add(
    by: AllowedPerson,
    { expiresAt, password }: NewRecordingLink,
  ): Promise<{ readonly link: RecordingLink; readonly token: string }> {
    const { store, audit, clock, newId, newToken, passwords } = this.#options;
    const now = clock.now();
    if (expiresAt <= now || expiresAt > now + longestMs)
      throw new Refused('bad-request', 'A link works at least for a moment and at most for a year', { field: 'expiresAt' });
    if ((await store.all(by.recording.id)).length >= mostLinks) throw new Refused('too-large', 'There are too many links already');
    const [id, token] = [newId(), newToken()];
    const passwordHash = password === null ? null : await passwords.hash(password);
    const madeBy = by.viewer.person.id;
    await store.add({ id, recordingId: by.recording.id, tokenHash: hashOfToken(token), passwordHash, expiresAt, madeAt: now, madeBy });
    const after = { link: id, expiresAt, hasPassword: password !== null };
    await audit.record(by.viewer.actor, { act: 'recording.linked', subject: subjectOf(by), after });
    const link = (await store.all(by.recording.id)).find((one) => one.id === id);
    if (link === undefined) throw new Error('A link that was made is not there');
    return { link, token };
  }

  /** Throws `Refused('not-found')`. */
  async revoke(by: AllowedPerson, id: RecordingLinkId): Promise<void> {
    const { store, audit, clock } = this.#options;
    if (!(await store.revoke(by.recording.id, id, clock.now()))) throw new Refused('not-found', 'There is no such link');
    await audit.record(by.viewer.actor, { act: 'recording.unlinked', subject: subjectOf(by), before: { link: id } });
  }

  /** Throws `Refused('link-invalid')`. */
  async ask(token: string): Promise<{ readonly needsPassword: boolean }> {
    return { needsPassword: (await this.#working(token)).passwordHash !== null };
  }

  /** Throws `Refused`: `link-invalid`, `wrong-credentials`, `too-many-requests`, or why the recording is not to be had now. */
  async open(token: string, password: string | null, address: string) {
    const { access, store, clock, opened } = this.#options;
    const link = await this.#working(token);
    if (link.passwordHash !== null) await this.#checkPassword(link, link.passwordHash, password ?? '', address);
    await access.again({ kind: 'link', linkId: link.id }, link.recordingId, 'watch');
    await store.countOpened(link.id);
    const expiresAt = Math.min(link.expiresAt, clock.now() + openedForMs);
    return { recordingId: link.recordingId, expiresAt, cookie: opened.sign({ link: link.id, recording: link.recordingId }, expiresAt) };
  }

  /** The link that a cookie speaks of, if it works now, and for this recording. */
  async opens(cookie: string, recordingId: RecordingId): Promise<string | null> {
    const words = this.#options.opened.read(cookie);
    return words !== null && words.recording === recordingId && (await this.works(words.link, recordingId)) ? words.link : null;
  }

  async works(linkId: string, recordingId: RecordingId): Promise<boolean> {
    const link = await this.#options.store.byId(linkId);
    return link !== undefined && link.recordingId === recordingId && isWorking(link, this.#options.clock.now());
  }

  async #working(token: string): Promise<StoredLink> {
    const { store, clock } = this.#options;
    const link = await store.byToken(hashOfToken(token));
    if (link === undefined || !isWorking(link, clock.now())) throw new Refused('link-invalid', 'This link does not work, or not any more');
    return link;
  }

  async #checkPassword({ id }: StoredLink, known: string, password: string, address: string): Promise<void> {
    const { passwords, limits } = this.#options;
    await limits.byAddress.take(`${id} ${address}`);
    await limits.byLink.take(id);
    if (!(await passwords.isRight(password, known))) throw new Refused('wrong-credentials', 'The password of the link is wrong');
    // A class that opens its link with the right password does not lock itself out.
    await Promise.all([limits.byAddress.giveBack(`${id} ${address}`), limits.byLink.giveBack(id)]);
  }
}

function isWorking({ expiresAt, revokedAt }: StoredLink, now: Instant): boolean {
  return revokedAt === null && now < expiresAt;
}
