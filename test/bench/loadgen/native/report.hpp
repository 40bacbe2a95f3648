// What was measured, group by group: what was sent, what arrived, what was lost and how late it came.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "peer.hpp"
#include "track.hpp"

class Report {
 public:
  explicit Report(double seconds) : seconds_(seconds) {}
  void addPeer(const Peer &peer);
  void addTrack(const Track &track);
  /** One line for each group, then one that it is over. */
  void send();

 private:
  struct Group {
    uint64_t sentAudio = 0, sentVideo = 0, keyFrames = 0;
    uint64_t received = 0, expected = 0, bytes = 0, broken = 0;
    uint64_t streams = 0, silent = 0, longestSilence = 0;
    std::vector<uint32_t> audioDelays, videoDelays;
  };
  const double seconds_;
  std::map<std::string, Group> groups_;
};
