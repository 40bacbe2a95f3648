// The sound of a class: one who speaks and some who listen, over real ICE, DTLS and SRTP; set up anew whenever the server says so.
import type { RequestInput, RequestName, RequestOutput } from '../../../server/contract/index.ts';
import type { RtpCapabilities } from '../../../server/contract/media.ts';
import type { Notice } from '../../../server/contract/notices.ts';
import { opus } from '../../contract/rtp-samples.ts';
import { RtcPeer } from '../../media/rtc-peer.ts';
import { sendSound } from '../../media/senders.ts';
import type { Person } from './person.ts';

const againMs = 300;

/** What the room offers, without what is only sent. */
const canHear = ({ codecs, headerExtensions }: RtpCapabilities): RtpCapabilities => ({
  codecs,
  headerExtensions: headerExtensions.filter(({ direction }) => direction !== 'recvonly'),
});

/** One end of the media of a person. */
export class Sound {
  /** When packets came, for those who listen; milliseconds of `performance.now()`. */
  lastHeardAt = 0;
  longestGapMs = 0;
  /** How often the server said that all media are gone. */
  resets = 0;
  readonly #person: Person;
  readonly #role: 'speaks' | 'listens';
  #peer: RtcPeer | null = null;
  #stopSending: () => void = () => undefined;
  #isClosed = false;
  #settingUp: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;

  constructor(person: Person, role: 'speaks' | 'listens') {
    this.#person = person;
    this.#role = role;
    person.onNotice = (notice) => this.#hear(notice);
    person.onIn = ({ resumed }) => {
      if (!resumed || this.#peer === null) this.begin();
    };
  }

  /** Sets everything up anew. */
  begin(): void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#settingUp = this.#settingUp.then(() => (turn === this.#turn ? this.#setUp(turn) : undefined));
  }

  /** From now on gaps are counted. */
  startCounting(): void {
    this.longestGapMs = 0;
    this.lastHeardAt = performance.now();
  }

  /** Also the gap that has not ended yet. */
  get worstGapMs(): number {
    return Math.max(this.longestGapMs, performance.now() - this.lastHeardAt);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#turn += 1;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#settingUp;
    await this.#drop();
  }

  async #drop(): Promise<void> {
    this.#stopSending();
    const peer = this.#peer;
    this.#peer = null;
    await peer?.close().catch(() => undefined);
  }

  async #setUp(turn: number): Promise<void> {
    await this.#drop();
    if (this.#isClosed || !this.#person.isIn) return this.#again(turn);
    try {
      await (this.#role === 'speaks' ? this.#speak() : this.#listen());
    } catch {
      this.#again(turn);
    }
  }

  #again(turn: number): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      if (turn === this.#turn) this.begin();
    }, againMs);
  }

  async #open(direction: 'send' | 'receive') {
    const transport = await this.#ask('media:open', { direction });
    this.#peer = await RtcPeer.connect(transport, (dtlsParameters) =>
      this.#ask('media:connect', { transportId: transport.id, dtlsParameters }),
    );
    return { transportId: transport.id, peer: this.#peer };
  }

  async #speak(): Promise<void> {
    const { transportId, peer } = await this.#open('send');
    const ssrc = 1000 + Math.floor(Math.random() * 1_000_000);
    await this.#ask('media:publish', { transportId, source: 'microphone', kind: 'audio', rtpParameters: opus(ssrc), paused: false });
    this.#stopSending = sendSound(peer, ssrc);
  }

  async #listen(): Promise<void> {
    const { media } = this.#person.snapshot;
    const { peer } = await this.#open('receive');
    peer.onRtp(() => {
      const now = performance.now();
      this.longestGapMs = Math.max(this.longestGapMs, now - this.lastHeardAt);
      this.lastHeardAt = now;
    });
    await this.#ask('media:receive', { rtpCapabilities: canHear(media.rtpCapabilities) });
  }

  async #ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const reply = await this.#person.ask(name, input);
    if (reply?.ok !== true) throw new Error(`${name}: ${reply?.code ?? 'no answer'}`);
    return reply.value;
  }

  #hear(notice: Notice): void {
    if (notice.type === 'media-reset') {
      this.resets += 1;
      this.begin();
    }
    if (notice.type === 'media-offered') void this.#person.ask('media:ready', { consumerIds: [notice.subscription.consumerId] });
  }
}
