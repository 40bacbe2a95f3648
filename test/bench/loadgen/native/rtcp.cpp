// Builds and reads RTCP.
#include "rtcp.hpp"

#include <algorithm>

#include "bytes.hpp"

namespace rtcp {
namespace {

constexpr uint8_t senderReportType = 200, receiverReportType = 201, descriptionType = 202, transportType = 205, payloadType = 206;
constexpr uint8_t pictureLoss = 1, fullIntra = 4, transportWide = 15;
constexpr uint64_t fromUnixToNtpSeconds = 2'208'988'800;
/** As libwebrtc sends them: one that reaches further is begun anew. */
constexpr int mostToldOf = 400;

Packet begin(uint8_t count, uint8_t type) { return {static_cast<uint8_t>(0x80 | count), type, 0, 0}; }

void add16(Packet &packet, uint32_t value) {
  packet.resize(packet.size() + 2);
  bytes::put16(&packet[packet.size() - 2], value);
}

void add32(Packet &packet, uint32_t value) {
  packet.resize(packet.size() + 4);
  bytes::put32(&packet[packet.size() - 4], value);
}

void finish(Packet &packet) {
  while (packet.size() % 4 != 0) packet.push_back(0);
  bytes::put16(&packet[2], static_cast<uint32_t>(packet.size() / 4 - 1));
}

uint32_t fractionOf(uint64_t nanoseconds) {
  return static_cast<uint32_t>(((nanoseconds % clocks::second) << 32) / clocks::second);
}

}  // namespace

Packet senderReport(uint32_t ssrc, uint32_t rtpTime, uint32_t packets, uint32_t octets) {
  const uint64_t now = clocks::wall();
  Packet packet = begin(0, senderReportType);
  for (const uint32_t value : {ssrc, static_cast<uint32_t>(now / clocks::second + fromUnixToNtpSeconds), fractionOf(now), rtpTime, packets, octets})
    add32(packet, value);
  finish(packet);
  Packet description = begin(1, descriptionType);
  add32(description, ssrc);
  for (const uint8_t byte : {uint8_t{1}, uint8_t{1}, uint8_t{'b'}, uint8_t{0}}) description.push_back(byte);
  finish(description);
  packet.insert(packet.end(), description.begin(), description.end());
  return packet;
}

Packet receiverReport(uint32_t own, const std::unordered_map<uint32_t, ReceivedStream> &streams) {
  const uint64_t now = clocks::wall();
  Packet packet = begin(0, receiverReportType);
  add32(packet, own);
  uint8_t count = 0;
  for (const auto &[ssrc, stream] : streams) {
    if (count == 31) break;
    const uint64_t since = stream.reportedAt == 0 ? 0 : now - stream.reportedAt;
    const auto delay = static_cast<uint32_t>(since * 65'536 / clocks::second);
    // Nothing was lost, and the jitter is a guess: loopback.
    for (const uint32_t value : {ssrc, uint32_t{0}, stream.highest(), uint32_t{10}, stream.reportedTime, delay}) add32(packet, value);
    count += 1;
  }
  packet[0] = static_cast<uint8_t>(0x80 | count);
  finish(packet);
  return packet;
}

Packet transportFeedback(uint32_t own, uint32_t media, uint8_t count, std::vector<Arrival> &arrivals) {
  if (arrivals.empty()) return {};
  const auto earlier = [](const Arrival &a, const Arrival &b) { return static_cast<int16_t>(a.sequence - b.sequence) < 0; };
  std::sort(arrivals.begin(), arrivals.end(), earlier);
  const uint16_t first = arrivals.front().sequence;
  const int statuses = static_cast<uint16_t>(arrivals.back().sequence - first) + 1;
  if (statuses > mostToldOf) return {};

  constexpr int64_t tick = 250'000, reference = 256 * tick;
  int64_t before = static_cast<int64_t>(arrivals.front().at) / reference * reference;
  std::vector<uint8_t> symbols(static_cast<size_t>((statuses + 6) / 7 * 7), 0);
  Packet deltas;
  for (const auto &[sequence, at] : arrivals) {
    uint8_t &symbol = symbols[static_cast<uint16_t>(sequence - first)];
    if (symbol != 0) continue;
    const int64_t delta = std::clamp<int64_t>((static_cast<int64_t>(at) - before) / tick, -32'768, 32'767);
    before += delta * tick;
    symbol = delta >= 0 && delta <= 255 ? 1 : 2;
    if (symbol == 1) deltas.push_back(static_cast<uint8_t>(delta));
    else add16(deltas, static_cast<uint32_t>(delta) & 0xFFFF);
  }

  Packet packet = begin(transportWide, transportType);
  add32(packet, own);
  add32(packet, media);
  add16(packet, first);
  add16(packet, static_cast<uint32_t>(statuses));
  add32(packet, static_cast<uint32_t>(static_cast<int64_t>(arrivals.front().at) / reference & 0xFFFFFF) << 8 | count);
  for (size_t at = 0; at < symbols.size(); at += 7) {
    // A vector of seven symbols of two bits.
    uint32_t chunk = 0xC000;
    for (size_t place = 0; place < 7; place += 1) chunk |= static_cast<uint32_t>(symbols[at + place]) << (12 - 2 * place);
    add16(packet, chunk);
  }
  packet.insert(packet.end(), deltas.begin(), deltas.end());
  finish(packet);
  return packet;
}

void read(const uint8_t *packet, size_t size, const Listener &listener) {
  for (size_t at = 0; at + 8 <= size;) {
    const uint8_t *part = packet + at;
    const size_t length = (static_cast<size_t>(bytes::get16(part + 2)) + 1) * 4;
    if (at + length > size) return;
    const uint8_t format = part[0] & 0x1F, type = part[1];
    if (type == senderReportType && length >= 28) listener.reported(bytes::get32(part + 4), bytes::get32(part + 10));
    if (type == payloadType && format == pictureLoss && length >= 12) listener.keyFrameWanted(bytes::get32(part + 8));
    if (type == payloadType && format == fullIntra) listener.keyFrameWanted(length >= 20 ? bytes::get32(part + 12) : 0);
    at += length;
  }
}

}  // namespace rtcp
