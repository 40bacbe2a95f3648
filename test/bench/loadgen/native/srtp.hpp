// Both directions of SRTP between two sides (RFC 3711, RFC 7714).
#pragma once
#include <srtp2/srtp.h>

#include <cstdint>

#include "dtls.hpp"

class SrtpPair {
 public:
  explicit SrtpPair(const SrtpKeys &keys);
  ~SrtpPair();
  SrtpPair(const SrtpPair &) = delete;
  SrtpPair &operator=(const SrtpPair &) = delete;

  /** In place, each; `size` becomes the new one. There must be `SRTP_MAX_TRAILER_LEN` bytes of room behind what is protected. */
  bool protectRtp(uint8_t *packet, int &size) { return srtp_protect(sending_, packet, &size) == srtp_err_status_ok; }
  bool protectRtcp(uint8_t *packet, int &size) { return srtp_protect_rtcp(sending_, packet, &size) == srtp_err_status_ok; }
  bool openRtp(uint8_t *packet, int &size) { return srtp_unprotect(receiving_, packet, &size) == srtp_err_status_ok; }
  bool openRtcp(uint8_t *packet, int &size) { return srtp_unprotect_rtcp(receiving_, packet, &size) == srtp_err_status_ok; }

 private:
  srtp_t sending_ = nullptr;
  srtp_t receiving_ = nullptr;
};
