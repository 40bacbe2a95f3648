// Sender reports are found in compound RTCP, and nonsense finds none.
import { expect, test } from 'vitest';
import { senderReports } from './sender-reports.ts';

function senderReport(ssrc: number, seconds: number, fraction: number, rtp: number): Buffer {
  const packet = Buffer.alloc(28);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(200, 1);
  packet.writeUInt16BE(6, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE(seconds, 8);
  packet.writeUInt32BE(fraction, 12);
  packet.writeUInt32BE(rtp, 16);
  return packet;
}
const sourceDescription = Buffer.from([0x81, 202, 0, 2, 0, 0, 0, 1, 1, 1, 65, 0]);

test('each report of a compound packet is read, others are passed over', () => {
  const compound = Buffer.concat([senderReport(7, 100, 2 ** 31, 900), sourceDescription, senderReport(8, 101, 0, 901)]);
  expect(senderReports(compound)).toEqual([
    { ssrc: 7, ntpMs: 100_500, rtpTimestamp: 900 },
    { ssrc: 8, ntpMs: 101_000, rtpTimestamp: 901 },
  ]);
});

test('what is cut short or not RTCP ends the search', () => {
  const whole = senderReport(7, 1, 0, 1);
  for (let length = 0; length < whole.length; length += 1) expect(senderReports(whole.subarray(0, length))).toEqual([]);
  expect(senderReports(Buffer.alloc(40, 0xff))).toEqual([]);
  expect(senderReports(Buffer.alloc(40))).toEqual([]);
});
