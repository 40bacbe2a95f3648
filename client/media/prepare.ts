// What can be done before the click on "join": loads what the browser can decode and makes the certificate, so that the join itself opens the way to receive.
import { Device, type types } from 'mediasoup-client';
import type { DtlsParameters, JoinMedia, RtpCapabilities } from '../../server/contract/media.ts';
import { capabilitiesFromWire, capabilitiesToWire } from './shapes.ts';

export interface Prepared {
  /** Null where the browser does not tell a certificate's fingerprint (Firefox): the server is told later. */
  readonly certificate: RTCCertificate | null;
  readonly join: JoinMedia;
}

/** Devices are made once for each set of capabilities: asking the browser takes longest. */
export class Preparation {
  #device: { readonly of: string; readonly device: Promise<types.Device> } | undefined;
  #prepared: Prepared | undefined;

  /** Undefined until all is there: joining does not wait for it. */
  get ready(): Prepared | undefined {
    return this.#prepared;
  }

  /** Never fails: what could not be prepared is done after the join. */
  async prepare(rtpCapabilities: RtpCapabilities): Promise<void> {
    // Told anew with each new token: mostly it is what all has been prepared for.
    if (this.#prepared !== undefined && this.#device?.of === JSON.stringify(rtpCapabilities)) return;
    try {
      const [device, known] = await Promise.all([this.deviceFor(rtpCapabilities), makeCertificate()]);
      const join: JoinMedia = { rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities) };
      this.#prepared = known
        ? { certificate: known.certificate, join: { ...join, dtlsParameters: known.dtlsParameters } }
        : { certificate: null, join };
    } catch {
      // The join asks for what is missing, and says what is wrong.
    }
  }

  async deviceFor(rtpCapabilities: RtpCapabilities): Promise<types.Device> {
    const of = JSON.stringify(rtpCapabilities);
    if (this.#device?.of !== of) {
      const device = loadDevice(rtpCapabilities);
      this.#device = { of, device };
      // The next one tries again.
      device.catch(() => {
        if (this.#device?.device === device) this.#device = undefined;
      });
    }
    return this.#device.device;
  }
}

async function loadDevice(rtpCapabilities: RtpCapabilities): Promise<types.Device> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: capabilitiesFromWire(rtpCapabilities) });
  return device;
}

async function makeCertificate(): Promise<{ certificate: RTCCertificate; dtlsParameters: DtlsParameters } | null> {
  const certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as EcKeyGenParams);
  if (!('getFingerprints' in certificate)) return null;
  // Browsers say them in small letters here, and in capitals in SDP, as RFC 8122 has them.
  const fingerprints = certificate.getFingerprints().flatMap(({ algorithm, value }) => {
    return algorithm === 'sha-256' && value ? [{ algorithm: 'sha-256' as const, value: value.toUpperCase() }] : [];
  });
  return fingerprints.length > 0 ? { certificate, dtlsParameters: { role: 'client' as const, fingerprints } } : null;
}
