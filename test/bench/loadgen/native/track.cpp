// Makes the packets of one stream.
#include "track.hpp"

#include <cstring>

#include "bytes.hpp"

namespace {

constexpr uint64_t soundPeriod = 20 * clocks::millisecond;
constexpr uint32_t videoClock = 90'000, soundStep = 960;
/** Without anybody asking, every ten seconds at 30 frames. */
constexpr uint64_t keyFrameEvery = 300;
constexpr double keyFrameIsLarger = 3;
/** Loud, with somebody speaking (RFC 6464). */
constexpr uint8_t level = 0x80 | 30;
/** A stall must not be made up for in one burst for longer than this. */
constexpr uint64_t longestDebt = 200 * clocks::millisecond;

uint64_t periodOf(const Command &command) {
  return command.text("kind") == "audio" ? soundPeriod : static_cast<uint64_t>(static_cast<double>(clocks::second) / command.number("fps"));
}

}  // namespace

Track::Track(Peer &peer, const Command &command)
    : peer_(peer),
      codec_(command.text("kind") == "audio" ? Codec::opus : command.text("codec") == "H264" ? Codec::h264 : Codec::vp8),
      ssrc_(command.whole("ssrc")),
      payloadType_(static_cast<uint8_t>(command.number("pt"))),
      payloadBytes_(command.whole("bytes")),
      mid_(command.text("mid")),
      rid_(command.text("rid")),
      midExtension_(static_cast<int>(command.number("midExt"))),
      ridExtension_(static_cast<int>(command.number("ridExt"))),
      sendTimeExtension_(static_cast<int>(command.number("absExt"))),
      transportCcExtension_(static_cast<int>(command.number("twccExt"))),
      levelExtension_(static_cast<int>(command.number("levelExt"))),
      period_(periodOf(command)),
      packetsPerFrame_(command.number("kbps") * 1000 / 8 / static_cast<double>(payloadBytes_) * static_cast<double>(period_) / clocks::second),
      timeStep_(codec_ == Codec::opus ? soundStep : static_cast<uint32_t>(videoClock * period_ / clocks::second)),
      sequence_(static_cast<uint16_t>(ssrc_ * 7919 & 0x3FFF)),
      rtpTime_(ssrc_ * 104729),
      // Tracks that begin together are not due together.
      due_(clocks::steady() + ssrc_ * 7919ULL * clocks::millisecond % period_),
      nextReport_(due_) {}

void Track::send(uint64_t now, uint16_t &number) {
  if (!peer_.isUp()) {
    due_ = now + period_;
    return;
  }
  if (now > due_ + longestDebt) due_ = now;
  for (; due_ <= now; due_ += period_) sendFrame(number);
  if (now < nextReport_) return;
  nextReport_ = now + clocks::second;
  peer_.sendRtcp(rtcp::senderReport(ssrc_, rtpTime_, packets_, octets_));
}

void Track::wantKeyFrame(const Peer &peer, uint32_t ssrc) {
  if (belongsTo(peer) && isVideo() && (ssrc == ssrc_ || ssrc == 0)) keyWanted_ = true;
}

void Track::sendFrame(uint16_t &number) {
  const bool isKey = isVideo() && (keyWanted_ || frame_ % keyFrameEvery == 0);
  keyWanted_ = false;
  int packets = 1;
  if (isVideo()) {
    // What a frame has too little, the next one has more.
    const auto upTo = [this](uint64_t frame) { return static_cast<int64_t>(static_cast<double>(frame) * packetsPerFrame_); };
    packets = isKey ? static_cast<int>(packetsPerFrame_ * keyFrameIsLarger + 0.5) : static_cast<int>(upTo(frame_ + 1) - upTo(frame_));
    if (packets < 1) packets = 1;
    if (isKey) counts_.keyFrames += 1;
  }
  for (int index = 0; index < packets; index += 1) sendPacket(index == 0, index == packets - 1, isKey, number);
  rtpTime_ += timeStep_;
  picture_ = static_cast<uint16_t>((picture_ + 1) & 0x7FFF);
  frame_ += 1;
}

void Track::sendPacket(bool isFirst, bool isLast, bool isKey, uint16_t &number) {
  uint8_t packet[2048];
  packet[0] = 0x80;
  packet[1] = static_cast<uint8_t>(payloadType_ | (isVideo() && isLast ? 0x80 : 0));
  bytes::put16(packet + 2, sequence_);
  bytes::put32(packet + 4, rtpTime_);
  bytes::put32(packet + 8, ssrc_);
  const size_t extensions = writeExtensions(packet + 12, number);
  if (extensions > 0) packet[0] |= 0x10;
  if (transportCcExtension_ != 0) number += 1;
  uint8_t *payload = packet + 12 + extensions;
  writePayload(payload, isFirst, isLast, isKey);
  sequence_ += 1;
  if (peer_.sendRtp(packet, static_cast<int>(12 + extensions + payloadBytes_)) == 0) return;
  packets_ += 1;
  octets_ += static_cast<uint32_t>(payloadBytes_);
  counts_.packets += 1;
}

/** In the one-byte form (RFC 8285); the bytes written, a multiple of four. */
size_t Track::writeExtensions(uint8_t *to, uint16_t number) const {
  size_t at = 4;
  const auto begin = [&](int id, size_t size) {
    to[at] = static_cast<uint8_t>(id << 4 | static_cast<int>(size - 1));
    at += 1 + size;
    return to + at - size;
  };
  if (midExtension_ != 0) std::memcpy(begin(midExtension_, mid_.size()), mid_.data(), mid_.size());
  if (ridExtension_ != 0 && !rid_.empty()) std::memcpy(begin(ridExtension_, rid_.size()), rid_.data(), rid_.size());
  if (sendTimeExtension_ != 0) {
    // 24 bits of seconds, 18 of them behind the point.
    const uint64_t now = clocks::wall() % (64 * clocks::second);
    bytes::put24(begin(sendTimeExtension_, 3), static_cast<uint32_t>((now << 18) / clocks::second));
  }
  if (transportCcExtension_ != 0) bytes::put16(begin(transportCcExtension_, 2), number);
  if (levelExtension_ != 0) *begin(levelExtension_, 1) = level;
  if (at == 4) return 0;
  while (at % 4 != 0) {
    to[at] = 0;
    at += 1;
  }
  bytes::put16(to, 0xBEDE);
  bytes::put16(to + 2, static_cast<uint32_t>(at / 4 - 1));
  return at;
}

void Track::writePayload(uint8_t *to, bool isFirst, bool isLast, bool isKey) const {
  std::memset(to, 0x5A, payloadBytes_);
  if (codec_ == Codec::vp8) {
    // Descriptor with a picture id of 15 bits; behind it, in the first packet of a frame, the frame's own header.
    to[0] = static_cast<uint8_t>(0x80 | (isFirst ? 0x10 : 0));
    to[1] = 0x80;
    bytes::put16(to + 2, 0x8000u | picture_);
    static constexpr uint8_t keyHeader[] = {0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x01};
    if (isFirst && isKey) std::memcpy(to + 4, keyHeader, sizeof keyHeader);
    else if (isFirst) to[4] = 0x11;
  } else if (codec_ == Codec::h264) {
    // A key frame begins with its parameter sets in one aggregate; slices come in fragments.
    static constexpr uint8_t parameterSets[] = {0x78, 0x00, 0x04, 0x67, 0x42, 0xE0, 0x1F, 0x00, 0x04, 0x68, 0xCE, 0x3C, 0x80};
    if (isFirst && isKey) std::memcpy(to, parameterSets, sizeof parameterSets);
    else {
      to[0] = 0x7C;
      to[1] = static_cast<uint8_t>((isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | (isKey ? 5 : 1));
    }
  }
  uint8_t *trailer = to + payloadBytes_ - trailerBytes;
  trailer[0] = static_cast<uint8_t>(isVideo() ? MediaKind::video : MediaKind::audio);
  bytes::put64(trailer + 1, clocks::wall());
}
