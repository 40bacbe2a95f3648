// Finds the sender reports in a compound RTCP packet (RFC 3550, section 6.4.1).
import type { SenderReport } from '../../ports/tap.ts';

const senderReportType = 200;
const senderReportBytes = 28;

/** What is cut short or malformed ends the search; what was found before counts. */
export function senderReports(compound: Buffer): SenderReport[] {
  const found: SenderReport[] = [];
  let at = 0;
  while (at + 4 <= compound.length) {
    const length = (compound.readUInt16BE(at + 2) + 1) * 4;
    if (compound.readUInt8(at) >> 6 !== 2 || at + length > compound.length) break;
    if (compound.readUInt8(at + 1) === senderReportType && length >= senderReportBytes) {
      found.push({
        ssrc: compound.readUInt32BE(at + 4),
        ntpMs: compound.readUInt32BE(at + 8) * 1000 + (compound.readUInt32BE(at + 12) / 2 ** 32) * 1000,
        rtpTimestamp: compound.readUInt32BE(at + 16),
      });
    }
    at += length;
  }
  return found;
}
