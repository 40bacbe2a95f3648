// Reports and feedback: sender and receiver reports (RFC 3550), transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01), and reading what comes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "received.hpp"

namespace rtcp {

using Packet = std::vector<uint8_t>;

/** With the one item that a description must have. */
Packet senderReport(uint32_t ssrc, uint32_t rtpTime, uint32_t packets, uint32_t octets);

/** Of at most 31 streams. */
Packet receiverReport(uint32_t own, const std::unordered_map<uint32_t, ReceivedStream> &streams);

struct Arrival {
  uint16_t sequence;
  uint64_t at;
};

/** Sorts `arrivals`; empty when there is nothing that one message could tell. */
Packet transportFeedback(uint32_t own, uint32_t media, uint8_t count, std::vector<Arrival> &arrivals);

struct Listener {
  /** SSRC 0: whatever is sent. */
  std::function<void(uint32_t ssrc)> keyFrameWanted;
  std::function<void(uint32_t ssrc, uint32_t middleOfTime)> reported;
};

void read(const uint8_t *packet, size_t size, const Listener &listener);

}  // namespace rtcp
