// One end of a WebRTC transport in Node: real ICE, DTLS and SRTP, with packets made by hand.
import {
  IceCandidate,
  PictureLossIndication,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSrPacket,
  RtpHeader,
  type RtpPacket,
} from 'werift';
import type { DtlsParameters, TransportParameters } from '../../server/contract/media.ts';

/** RFC 7714 and RFC 5764; the weaker one first, so that the order of the server is seen to win. */
export const srtpProfiles = { AES_128_CM_SHA1_80: 1, AEAD_AES_128_GCM: 7 } as const;

const loopback = '127.0.0.1';

export class RtcPeer {
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport) {
    this.#ice = ice;
    this.#dtls = dtls;
  }

  /** `tell` carries the client's fingerprint to the server. Resolves when DTLS is done. */
  static async connect(parameters: TransportParameters, tell: (dtls: DtlsParameters) => Promise<unknown>): Promise<RtcPeer> {
    const gatherer = new RTCIceGatherer({
      useIpv4: true,
      useIpv6: false,
      additionalHostAddresses: [loopback],
      interfaceAddresses: { udp4: loopback },
    });
    // Without a word werift asks a public STUN server; tests speak to nobody outside.
    delete gatherer.connection.stunServer;
    const ice = new RTCIceTransport(gatherer);
    ice.connection.iceControlling = true;
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new RTCDtlsTransport({}, ice, certificate, [srtpProfiles.AES_128_CM_SHA1_80, srtpProfiles.AEAD_AES_128_GCM]);
    dtls.role = 'client';
    const peer = new RtcPeer(ice, dtls);
    await ice.gather();
    const { iceParameters, iceCandidates, dtlsParameters } = parameters;
    ice.setRemoteParams(
      new RTCIceParameters({ usernameFragment: iceParameters.usernameFragment, password: iceParameters.password, iceLite: true }),
    );
    const candidate = iceCandidates.find(({ protocol }) => protocol === 'udp');
    if (candidate === undefined) throw new Error('The server offers no UDP candidate.');
    await ice.addRemoteCandidate(
      new IceCandidate(1, candidate.foundation, candidate.address, candidate.port, candidate.priority, 'udp', 'host'),
    );
    await ice.addRemoteCandidate(undefined);
    dtls.setRemoteParams(
      new RTCDtlsParameters(
        dtlsParameters.fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value)),
        'server',
      ),
    );
    const [fingerprint] = dtls.localParameters.fingerprints;
    if (fingerprint === undefined) throw new Error('There is no certificate.');
    await tell({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint.value }] });
    await ice.start();
    await dtls.start();
    return peer;
  }

  /** One of `srtpProfiles`. */
  get srtpProfile(): number | undefined {
    return this.#dtls.dtls?.srtp.srtpProfile;
  }

  onRtp(listener: (packet: RtpPacket) => void): void {
    this.#dtls.onRtp.subscribe(listener);
  }

  onRtcp(listener: (packet: RtcpPacket) => void): void {
    this.#dtls.onRtcp.subscribe(listener);
  }

  async send(payload: Buffer, header: ConstructorParameters<typeof RtpHeader>[0]): Promise<void> {
    await this.#dtls.sendRtp(payload, new RtpHeader(header));
  }

  /** As a decoder does that has lost its picture (RFC 4585, PLI). */
  async askForKeyFrame(mediaSsrc: number): Promise<void> {
    await this.#dtls.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc: 1, mediaSsrc }) })]);
  }

  /** Whatever wishes a key frame of this end. */
  onKeyFrameAsked(listener: () => void): void {
    this.#dtls.onRtcp.subscribe((packet) => {
      if (packet.type === RtcpPayloadSpecificFeedback.type) listener();
    });
  }

  /** `atMs` is the sender's own clock. */
  async report(ssrc: number, atMs: number, rtpTimestamp: number): Promise<void> {
    const seconds = Math.floor(atMs / 1000);
    const fraction = Math.floor(((atMs % 1000) / 1000) * 2 ** 32);
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: (BigInt(seconds) << 32n) | BigInt(fraction),
      rtpTimestamp,
      packetCount: 0,
      octetCount: 0,
    });
    await this.#dtls.sendRtcp([new RtcpSrPacket({ ssrc, senderInfo, reports: [] })]);
  }

  /** As a receiver does to whom a share from 0 to 1 of these streams does not come (RFC 3550, RR). */
  async reportLoss(ssrcs: readonly number[], share: number): Promise<void> {
    const reports = ssrcs.map(
      (ssrc) =>
        new RtcpReceiverInfo({
          ...{ ssrc, packetsLost: 0, highestSequence: 0, jitter: 0, lsr: 0, dlsr: 0 },
          fractionLost: Math.round(share * 255),
        }),
    );
    await this.#dtls.sendRtcp([new RtcpRrPacket({ ssrc: 1, reports })]);
  }

  async close(): Promise<void> {
    await this.#dtls.stop();
    await this.#ice.stop();
  }
}
