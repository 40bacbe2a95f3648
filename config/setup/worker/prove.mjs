// Proves a media worker binary: a real DTLS handshake, AEAD_AES_128_GCM negotiated, and a sound packet through it and back.
// Usage: node config/setup/worker/prove.mjs <binary>. Prints one line of JSON, or says why not and exits with 1.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createWorker, version } from 'mediasoup';
import {
  IceCandidate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  RtpHeader,
} from 'werift';

/** @typedef {import('mediasoup').types.WebRtcTransport} WebRtcTransport */
/** @typedef {import('mediasoup').types.Router} Router */

const TIME_OUT_MS = 30_000;
const PACKET_EVERY_MS = 20;
/** DTLS-SRTP protection profiles (RFC 5764, RFC 7714) in the order in which browsers offer them. */
const AEAD_AES_128_GCM = 7;
const AES_CM_128_SHA1_80 = 1;
const OPUS_PAYLOAD_TYPE = 100;
const SSRC = 0x5eed1234;

/** @type {import('mediasoup').types.RouterRtpCodecCapability} */
const OPUS = { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: OPUS_PAYLOAD_TYPE };

/**
 * Throws an Error whose message says what the binary cannot do.
 * @param {string} binary
 */
async function prove(binary) {
  const worker = await createWorker({ workerBin: resolve(binary), logLevel: 'error' });
  const died = new Promise((_, reject) => {
    worker.on('died', (error) => reject(new Error(`the worker died during the handshake (${error.message})`)));
  });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no handshake within ${TIME_OUT_MS / 1000} s`)), TIME_OUT_MS).unref();
  });
  await Promise.race([died, late, handshake(await worker.createRouter({ mediaCodecs: [OPUS] }))]);
  worker.close();
}

/** @param {Router} router */
async function handshake(router) {
  const server = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
  const ice = new RTCIceTransport(new RTCIceGatherer({ useIpv4: true, useIpv6: false, additionalHostAddresses: ['127.0.0.1'] }));
  // The browser, and so this client, is the DTLS client: then the worker's order of suites decides.
  const client = new RTCDtlsTransport({}, ice, await RTCDtlsTransport.SetupCertificate(), [AEAD_AES_128_GCM, AES_CM_128_SHA1_80]);
  client.role = 'client';

  await ice.gather();
  ice.connection.iceControlling = true;
  const { usernameFragment, password } = server.iceParameters;
  ice.setRemoteParams(new RTCIceParameters({ iceLite: true, usernameFragment, password }));
  for (const { foundation, priority, address, port } of server.iceCandidates) {
    await ice.addRemoteCandidate(new IceCandidate(1, foundation, address, port, priority, 'udp', 'host'));
  }
  await ice.addRemoteCandidate(undefined);
  client.setRemoteParams(
    new RTCDtlsParameters(
      server.dtlsParameters.fingerprints.map((f) => new RTCDtlsFingerprint(f.algorithm, f.value)),
      'server',
    ),
  );
  await server.connect({
    dtlsParameters: {
      role: 'client',
      fingerprints: client.localParameters.fingerprints.map(({ value }) => ({ algorithm: 'sha-256', value })),
    },
  });
  await ice.start();
  await client.start();
  const { profile } = client.srtp.config;
  if (profile !== AEAD_AES_128_GCM) throw new Error(`SRTP profile ${profile} was negotiated instead of AEAD_AES_128_GCM`);
  await echo(router, server, client);
}

/**
 * Sends sound to the worker and waits until the same bytes come back: both directions of SRTP work.
 * @param {Router} router
 * @param {WebRtcTransport} server
 * @param {RTCDtlsTransport} client
 */
async function echo(router, server, client) {
  const producer = await server.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType: OPUS.mimeType, clockRate: OPUS.clockRate, channels: 2, payloadType: OPUS_PAYLOAD_TYPE }],
      encodings: [{ ssrc: SSRC }],
    },
  });
  await server.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  const sound = randomBytes(80);
  /** @type {NodeJS.Timeout | undefined} */
  let sending;
  await new Promise((done) => {
    client.onRtp.subscribe((packet) => {
      if (packet.payload.equals(sound)) done(undefined);
    });
    let sequenceNumber = 1;
    sending = setInterval(() => {
      sequenceNumber += 1;
      const timestamp = sequenceNumber * 960;
      void client.sendRtp(sound, new RtpHeader({ payloadType: OPUS_PAYLOAD_TYPE, ssrc: SSRC, sequenceNumber, timestamp }));
    }, PACKET_EVERY_MS);
  });
  clearInterval(sending);
}

const [binary] = process.argv.slice(2);
if (!binary) {
  console.error('Say which binary: node config/setup/worker/prove.mjs <binary>');
  process.exit(2);
}
const started = Date.now();
try {
  await prove(binary);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
console.log(JSON.stringify({ mediasoup: version, suite: 'AEAD_AES_128_GCM', ms: Date.now() - started }));
// The client's own timers would hold the process open, and its good-bye would wait for a peer that is gone.
process.exit(0);
