// Makes the two contexts of libsrtp from the keys that DTLS agreed on.
#include "srtp.hpp"

#include "json.hpp"

namespace {

constexpr unsigned long replayWindow = 1024;

srtp_t open(const std::string &suite, std::vector<uint8_t> key, srtp_ssrc_type_t whose) {
  const bool isGcm = suite.find("GCM") != std::string::npos;
  const srtp_profile_t profile = isGcm ? srtp_profile_aead_aes_128_gcm : srtp_profile_aes128_cm_sha1_80;
  srtp_policy_t policy{};
  srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, profile);
  srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, profile);
  policy.ssrc.type = whose;
  policy.key = key.data();
  policy.window_size = replayWindow;
  srtp_t context = nullptr;
  if (srtp_create(&context, &policy) != srtp_err_status_ok) giveUp("libsrtp cannot use " + suite);
  return context;
}

}  // namespace

SrtpPair::SrtpPair(const SrtpKeys &keys)
    : sending_(open(keys.suite, keys.sending, ssrc_any_outbound)), receiving_(open(keys.suite, keys.receiving, ssrc_any_inbound)) {}

SrtpPair::~SrtpPair() {
  srtp_dealloc(sending_);
  srtp_dealloc(receiving_);
}
