// Numbers in network byte order, and the two clocks, in nanoseconds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <ctime>

namespace bytes {

inline void put16(uint8_t *to, uint32_t value) {
  to[0] = static_cast<uint8_t>(value >> 8);
  to[1] = static_cast<uint8_t>(value);
}

inline void put24(uint8_t *to, uint32_t value) {
  to[0] = static_cast<uint8_t>(value >> 16);
  put16(to + 1, value);
}

inline void put32(uint8_t *to, uint32_t value) {
  put16(to, value >> 16);
  put16(to + 2, value);
}

inline void put64(uint8_t *to, uint64_t value) {
  put32(to, static_cast<uint32_t>(value >> 32));
  put32(to + 4, static_cast<uint32_t>(value));
}

inline uint16_t get16(const uint8_t *from) { return static_cast<uint16_t>(from[0] << 8 | from[1]); }
inline uint32_t get32(const uint8_t *from) { return static_cast<uint32_t>(get16(from)) << 16 | get16(from + 2); }
inline uint64_t get64(const uint8_t *from) { return static_cast<uint64_t>(get32(from)) << 32 | get32(from + 4); }

}  // namespace bytes

namespace clocks {

constexpr uint64_t second = 1'000'000'000;
constexpr uint64_t millisecond = 1'000'000;

inline uint64_t read(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<uint64_t>(now.tv_sec) * second + static_cast<uint64_t>(now.tv_nsec);
}

/** For what is due when. */
inline uint64_t steady() { return read(CLOCK_MONOTONIC); }
/** The clock by which the kernel stamps what arrives. */
inline uint64_t wall() { return read(CLOCK_REALTIME); }

}  // namespace clocks
