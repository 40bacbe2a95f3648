// What arrives of one stream: how much of it, what is missing, and its longest silence.
#pragma once
#include <cstddef>
#include <cstdint>

enum class MediaKind : uint8_t { unknown = 0, audio = 1, video = 2 };

/** The last bytes of every payload: the kind, and when it was sent, by the wall clock in nanoseconds. */
constexpr size_t trailerBytes = 9;

class ReceivedStream {
 public:
  MediaKind kind = MediaKind::unknown;
  /** The middle 32 bits of the last sender report's time, and when it came; for receiver reports (RFC 3550, section 6.4.1). */
  uint32_t reportedTime = 0;
  uint64_t reportedAt = 0;

  void take(uint16_t sequence, uint64_t at) {
    if (!begun_) {
      begun_ = true;
      highest_ = sequence;
    } else if (const auto step = static_cast<int16_t>(sequence - static_cast<uint16_t>(highest_)); step > 0) {
      highest_ += static_cast<uint32_t>(step);
    }
    if (!measuring_) return;
    if (received_ == 0) first_ = highest_;
    else if (at > lastAt_ && at - lastAt_ > longestGap_) longestGap_ = at - lastAt_;
    received_ += 1;
    lastAt_ = at;
  }

  void beginMeasuring() {
    measuring_ = true;
    received_ = 0;
    longestGap_ = 0;
  }
  /** A silence that goes on counts as well. */
  void endMeasuring(uint64_t at) {
    measuring_ = false;
    if (received_ > 0 && at > lastAt_ && at - lastAt_ > longestGap_) longestGap_ = at - lastAt_;
  }

  uint32_t highest() const { return highest_; }
  uint64_t received() const { return received_; }
  uint64_t expected() const { return received_ == 0 ? 0 : highest_ - first_ + 1; }
  uint64_t longestGap() const { return longestGap_; }

 private:
  bool begun_ = false, measuring_ = false;
  uint32_t highest_ = 0, first_ = 0;
  uint64_t received_ = 0, lastAt_ = 0, longestGap_ = 0;
};
