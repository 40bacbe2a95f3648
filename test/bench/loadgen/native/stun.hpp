// Binding requests and answers of ICE (RFC 8445, RFC 8489).
#pragma once
#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stun {

enum class Kind { request, answer, other };

Kind kindOf(const uint8_t *packet, size_t size);

/** Of the controlling side, nominating at once: there is one candidate. */
std::vector<uint8_t> request(const std::string &user, const std::string &password, uint64_t tieBreaker);

/** To a request that came from `from`. */
std::vector<uint8_t> answer(const uint8_t *asked, const std::string &password, const sockaddr_in &from);

}  // namespace stun
