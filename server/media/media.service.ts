// Sound and picture of all rooms: checks with the room what may be sent, carries it through the media engine, and brings it to those who should get it.
import type { ConnectionId, ConsumerId, LessonId, TransportId } from '../contract/ids.ts';
import { TrackId } from '../contract/ids.ts';
import type { DtlsParameters, IceParameters, IceServer, JoinMedia, RtpCapabilities, TransportParameters, View } from '../contract/media.ts';
import { Refused } from '../contract/reply.ts';
import type { Fact } from '../facts.ts';
import type { MediaRoom } from '../ports/media.ts';
import type { RecordingTap, TapSteering } from '../ports/tap.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { ConnectionMedia } from './connection-media.ts';
import { follow } from './follow.ts';
import { iceServers } from './ice.ts';
import type { LineReadings } from './line-watch.ts';
import { MediaLines } from './media-lines.ts';
import type { MediaEntrance, MediaServiceOptions } from './media-options.ts';
import { MediaReading } from './media-reading.ts';
import { checkPublication, type Publication } from './publication.ts';
import { PublishedTrack } from './published-track.ts';
import { RoomMedia } from './room-media.ts';
import { SignalWatch } from './signal-watch.ts';
import type { Still } from './stills.ts';

export class MediaService extends MediaReading {
  readonly #options: MediaServiceOptions;
  protected readonly lines: MediaLines;
  readonly #signals: SignalWatch;
  /** One publication of a source at a time for each device, also while the engine is still at it. */
  readonly #publishing = new Set<string>();

  constructor(options: MediaServiceOptions) {
    super();
    this.#options = options;
    const { clock, announcer, rooms } = options;
    this.#signals = new SignalWatch({
      clock,
      tracks: (lessonId) => rooms.tracks(lessonId),
      mayMuteOthers: (ref) => rooms.mayDo(ref, 'mute'),
      published: (lessonId, trackId) => this.rooms.get(lessonId)?.tracks.get(trackId),
      publish: (facts) => options.publish(facts),
      failed: (error) => this.#report(error, 'A track could not be watched'),
    });
    this.lines = new MediaLines({
      ...{ clock, announcer, rooms },
      connections: () => this.#allConnections(),
      isWatched: (connectionId) => this.#signals.watches(connectionId),
      measured: [
        (connection, _stats, readings) => this.#weighLine(connection, readings),
        (_connection, { send }) => send && this.#signals.measured(send),
        ...(options.measured ?? []),
      ],
      publish: (facts) => options.publish(facts),
      failed: (error) => this.#report(error, 'Lines could not be measured'),
    });
  }

  /** What rooms offer; also while no media worker lives, for it will be the same afterwards. `name`: whose passwords for relays they are. */
  describe(name: string): { readonly rtpCapabilities: RtpCapabilities; readonly iceServers: IceServer[] } {
    const { ice, clock, engine } = this.#options;
    return { rtpCapabilities: engine.rtpCapabilities, iceServers: [...iceServers(ice, name, clock.now())] };
  }

  /** For a device that joins; `begin` is called when it hears what is announced. What it says of itself may be faulty: then it is asked later. */
  async enter(ref: ConnectionRef, device: JoinMedia | undefined): Promise<MediaEntrance> {
    const room = this.describe(ref.personId);
    const none = () => undefined;
    if (device === undefined) return { media: { ...room, receive: null }, begin: none };
    const { rtpCapabilities, dtlsParameters } = device;
    try {
      const receive = await this.open(ref, 'receive');
      if (dtlsParameters !== undefined) await this.connect(ref, receive.id, dtlsParameters);
      const begin = () => {
        const here = this.rooms.get(ref.lessonId);
        here?.connections.get(ref.connectionId)?.receive(rtpCapabilities, here.offer());
      };
      return { media: { ...room, receive }, begin };
    } catch (error) {
      this.#report(error, 'A joining device could not be given its way to receive');
      return { media: { ...room, receive: null }, begin: none };
    }
  }

  async open(ref: ConnectionRef, direction: 'send' | 'receive'): Promise<TransportParameters> {
    const room = this.#roomHere(ref);
    const connection = room.connection(ref);
    if (direction === 'send') await this.#closeOwnTracks(room, ref);
    // Whoever may mute others leads.
    const forWhom = this.#options.rooms.mayDo(ref, 'mute') ? 'leading' : 'anybody';
    const parameters = await connection.open(await room.room(), direction, forWhom);
    if (direction === 'receive') {
      connection.reconcile(room.offer());
      room.lines.tellAgain(connection);
    }
    return parameters;
  }

  async connect(ref: ConnectionRef, transportId: TransportId, dtls: DtlsParameters): Promise<void> {
    await this.#connection(ref).connect(transportId, dtls);
  }

  async restartIce(ref: ConnectionRef, transportId: TransportId): Promise<IceParameters> {
    return this.#connection(ref).restartIce(transportId);
  }

  catchUp(ref: ConnectionRef): ReturnType<ConnectionMedia['catchUp']> {
    const connection = this.#connection(ref);
    this.rooms.get(ref.lessonId)?.lines.tellAgain(connection);
    return connection.catchUp();
  }

  async receive(ref: ConnectionRef, rtpCapabilities: RtpCapabilities): Promise<void> {
    const room = this.#roomHere(ref);
    room.connection(ref).receive(rtpCapabilities, room.offer());
  }

  /** The track begins paused in the engine and carries packets only after the room has agreed. */
  async publish(ref: ConnectionRef, publication: Publication): Promise<{ readonly trackId: TrackId }> {
    const { source, kind, rtpParameters, paused } = publication;
    checkPublication(publication);
    this.#options.rooms.checkMayPublish(ref, source);
    const room = this.#roomHere(ref);
    const transport = this.#connection(ref).sending(publication.transportId);
    const place = `${ref.connectionId} ${source}`;
    // One that is published already gives way: the room closes it when it agrees to the new one.
    if (this.#publishing.has(place)) throw new Refused('conflict', `This device is about to send a ${source} already.`);

    this.#publishing.add(place);
    const trackId = TrackId.parse(this.#options.newId());
    try {
      const published = await transport.publish({ trackId, kind, source, rtpParameters, paused: true });
      const track = new PublishedTrack({ owner: ref, source, published, failed: (error) => this.#lost(ref, trackId, error) });
      room.addTrack(trackId, track);
      try {
        const { pausedBy } = await this.#options.rooms.publishTrack(ref, { trackId, source, paused });
        // Normally the fact has said so already; it may even have said something newer.
        if (!track.decided) void track.setLive(pausedBy.length === 0);
      } catch (error) {
        room.closeTrack(trackId);
        throw error;
      }
    } finally {
      this.#publishing.delete(place);
    }
    return { trackId };
  }

  async pause(ref: ConnectionRef, trackId: TrackId): Promise<void> {
    this.#checkOwn(ref, trackId);
    await this.#options.rooms.setTrackPaused(ref, trackId, true);
  }

  async resume(ref: ConnectionRef, trackId: TrackId): Promise<void> {
    this.#checkOwn(ref, trackId);
    await this.#options.rooms.setTrackPaused(ref, trackId, false);
  }

  async unpublish(ref: ConnectionRef, trackId: TrackId): Promise<void> {
    this.#checkOwn(ref, trackId);
    await this.#options.rooms.closeTrack(ref, trackId, 'unpublished');
    this.rooms.get(ref.lessonId)?.closeTrack(trackId);
  }

  /** Answers those that were withdrawn meanwhile, or never offered. */
  async ready(ref: ConnectionRef, consumerIds: readonly ConsumerId[]): Promise<ConsumerId[]> {
    const { subscriptions } = this.#connection(ref);
    if (subscriptions === null) return [...consumerIds];
    return subscriptions.ready(consumerIds);
  }

  async view(ref: ConnectionRef, view: View): Promise<void> {
    const room = this.#roomHere(ref);
    room.connection(ref).view(view, room.offer());
  }

  /** A picture of the device's own screen, for those whose line carries no moving one. */
  still(ref: ConnectionRef, still: Still): void {
    this.#checkOwn(ref, still.trackId);
    this.rooms.get(ref.lessonId)?.lines.still(ref, still);
  }

  /** For the recorder. Throws `Refused('media-unavailable')`. */
  async openTap(lessonId: LessonId): Promise<RecordingTap> {
    return (await this.#mediaOf(lessonId)).openTap();
  }

  /** For the recorder in a process of its own. Throws `Refused('media-unavailable')`. */
  async steerTap(lessonId: LessonId, port: number): Promise<TapSteering> {
    return (await this.#mediaOf(lessonId)).steerTap(port);
  }

  onFact(fact: Fact): void {
    this.#signals.onFact(fact);
    if (fact.type === 'room-opened') {
      // A router that waits for the first one to come makes that join faster; without a worker the first join tries again.
      this.#room(fact.lessonId)
        .room()
        .catch((error: unknown) => this.#report(error, 'The media of a room could not be opened'));
      return;
    }
    const room = this.rooms.get(fact.lessonId);
    if (room === undefined) return;
    if (fact.type === 'room-closed') this.rooms.delete(fact.lessonId);
    follow(room, fact);
  }

  /** Safe twice. The engine is closed by who opened it. */
  close(): void {
    this.lines.close();
    for (const room of this.rooms.values()) room.close();
    this.rooms.clear();
  }

  #mediaOf(lessonId: LessonId): Promise<MediaRoom> {
    const room = this.rooms.get(lessonId);
    if (room === undefined) throw new Refused('media-unavailable', 'The room has no media.');
    return room.room();
  }

  #room(lessonId: LessonId): RoomMedia {
    const { engine, rooms, announcer, clock, publish, expected } = this.#options;
    let room = this.rooms.get(lessonId);
    if (room === undefined) {
      room = new RoomMedia({
        lessonId,
        engine,
        clock,
        tracks: () => rooms.tracks(lessonId),
        expected: () => expected(lessonId),
        pressure: () => rooms.pressureOf(lessonId),
        tell: (connectionId: ConnectionId, notice) => announcer.toConnection(connectionId, notice),
        tellAll: (notice) => announcer.toRoom(lessonId, notice),
        heard: (volumes) => this.#signals.heard(volumes),
        publish: (fact) => publish([fact]),
        record: (fact) => rooms.record(lessonId, [fact]),
        closeTracks: () => rooms.mediaFailed(lessonId),
        report: (error, what) => this.#report(error, what),
      });
      this.rooms.set(lessonId, room);
    }
    return room;
  }

  #connection(ref: ConnectionRef) {
    const connection = this.rooms.get(ref.lessonId)?.connections.get(ref.connectionId);
    if (connection === undefined) throw new Refused('not-found', 'This device has no media open.');
    return connection;
  }

  /** A request that was under way when its connection, or its room, ended must not open media that nobody would close. */
  #roomHere(ref: ConnectionRef): RoomMedia {
    const known = this.rooms.get(ref.lessonId);
    if (known?.connections.has(ref.connectionId)) return known;
    if (!this.#options.rooms.isHere(ref)) throw new Refused('seat-lost', 'The connection is not in the room any more.');
    return this.#room(ref.lessonId);
  }

  #checkOwn(ref: ConnectionRef, trackId: TrackId): void {
    const track = this.rooms.get(ref.lessonId)?.tracks.get(trackId);
    if (track?.owner.connectionId !== ref.connectionId) throw new Refused('not-found', 'This device sends no such track.');
  }

  async #closeOwnTracks(room: RoomMedia, ref: ConnectionRef): Promise<void> {
    const own = [...room.tracks].filter(([, { owner }]) => owner.connectionId === ref.connectionId);
    for (const [trackId] of own) {
      try {
        await this.#options.rooms.closeTrack(ref, trackId, 'transport-closed');
      } catch (error) {
        // The sound of a screen went with its picture.
        if (!(error instanceof Refused && error.code === 'not-found')) throw error;
      }
      room.closeTrack(trackId);
    }
  }

  /** What a line is given follows from it. */
  #weighLine(connection: ConnectionMedia, readings: LineReadings | null): void {
    const room = this.rooms.get(connection.ref.lessonId);
    if (readings !== null) room?.lines.measured(connection, readings, room.offer());
  }

  *#allConnections() {
    for (const room of this.rooms.values()) yield* room.connections.values();
  }

  /** The engine would not do as told with a track, so it was closed there. */
  #lost(ref: ConnectionRef, trackId: TrackId, error: unknown): void {
    this.#report(error, 'A track could not be paused or resumed and was closed');
    this.#options.rooms
      .closeTrack(ref, trackId, 'transport-closed')
      .catch((problem: unknown) => this.#report(problem, 'A lost track could not be closed'));
  }

  #report(error: unknown, what: string): void {
    // What is refused was somebody's fault and is answered there.
    if (!(error instanceof Refused)) this.#options.log.warn({ error }, what);
  }
}
