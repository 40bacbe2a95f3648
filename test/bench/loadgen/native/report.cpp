// Adds up what peers and tracks have counted.
#include "report.hpp"

#include <algorithm>

#include "bytes.hpp"

namespace {

/** [p50, p95, p99] in microseconds; null when there are none. */
std::string percentiles(std::vector<uint32_t> &values) {
  if (values.empty()) return "null";
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) { return std::to_string(values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))]); };
  return "[" + at(0.5) + "," + at(0.95) + "," + at(0.99) + "]";
}

}  // namespace

void Report::addPeer(const Peer &peer) {
  Group &group = groups_[peer.group()];
  group.bytes += peer.receivedBytes();
  group.broken += peer.broken();
  for (const auto &[ssrc, stream] : peer.streams()) {
    group.streams += 1;
    if (stream.received() == 0) group.silent += 1;
    group.received += stream.received();
    group.expected += stream.expected();
    if (stream.kind == MediaKind::audio) group.longestSilence = std::max(group.longestSilence, stream.longestGap());
  }
  const auto &[audio, video] = peer.delays();
  group.audioDelays.insert(group.audioDelays.end(), audio.begin(), audio.end());
  group.videoDelays.insert(group.videoDelays.end(), video.begin(), video.end());
}

void Report::addTrack(const Track &track) {
  Group &group = groups_[track.peer().group()];
  (track.isVideo() ? group.sentVideo : group.sentAudio) += track.counts().packets;
  group.keyFrames += track.counts().keyFrames;
}

void Report::send() {
  for (auto &[name, group] : groups_)
    Event("group")
        .text("group", name)
        .number("seconds", seconds_)
        .number("sentAudio", static_cast<double>(group.sentAudio))
        .number("sentVideo", static_cast<double>(group.sentVideo))
        .number("keyFrames", static_cast<double>(group.keyFrames))
        .number("streams", static_cast<double>(group.streams))
        .number("silentStreams", static_cast<double>(group.silent))
        .number("received", static_cast<double>(group.received))
        .number("expected", static_cast<double>(group.expected))
        .number("bytes", static_cast<double>(group.bytes))
        .number("broken", static_cast<double>(group.broken))
        .number("longestSilenceMs", static_cast<double>(group.longestSilence) / static_cast<double>(clocks::millisecond))
        .raw("audioDelayUs", percentiles(group.audioDelays))
        .raw("videoDelayUs", percentiles(group.videoDelays))
        .send();
  Event("reported").send();
}
