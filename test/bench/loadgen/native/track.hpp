// Synthetic sound or picture of one stream at a steady pace: the shape of Opus, VP8 (RFC 7741) or H264 (RFC 6184), with nothing in it.
#pragma once
#include <cstdint>
#include <string>

#include "json.hpp"
#include "peer.hpp"

struct SentCounts {
  uint64_t packets = 0;
  uint64_t keyFrames = 0;
};

class Track {
 public:
  /** From the command `send`: kind, codec, ssrc, pt, mid, rid, kbps, fps, bytes (of a payload), and the numbers of the header extensions, 0 for none. */
  Track(Peer &peer, const Command &command);

  /** When it wants to be called again. */
  uint64_t due() const { return due_; }
  /** Sends what is due. `number` is the transport-wide one of the peer. */
  void send(uint64_t now, uint16_t &number);
  void wantKeyFrame(const Peer &peer, uint32_t ssrc);
  bool belongsTo(const Peer &peer) const { return &peer_ == &peer; }
  const Peer &peer() const { return peer_; }
  bool isVideo() const { return codec_ != Codec::opus; }
  const SentCounts &counts() const { return counts_; }
  void resetCounts() { counts_ = {}; }

 private:
  enum class Codec { opus, vp8, h264 };

  void sendFrame(uint16_t &number);
  void sendPacket(bool isFirst, bool isLast, bool isKey, uint16_t &number);
  size_t writeExtensions(uint8_t *to, uint16_t number) const;
  void writePayload(uint8_t *to, bool isFirst, bool isLast, bool isKey) const;

  Peer &peer_;
  const Codec codec_;
  const uint32_t ssrc_;
  const uint8_t payloadType_;
  const size_t payloadBytes_;
  const std::string mid_, rid_;
  const int midExtension_, ridExtension_, sendTimeExtension_, transportCcExtension_, levelExtension_;
  const uint64_t period_;
  const double packetsPerFrame_;
  const uint32_t timeStep_;
  uint16_t sequence_;
  uint32_t rtpTime_;
  uint16_t picture_ = 1;
  uint64_t frame_ = 0;
  bool keyWanted_ = true;
  uint64_t due_, nextReport_;
  uint32_t packets_ = 0, octets_ = 0;
  SentCounts counts_;
};
