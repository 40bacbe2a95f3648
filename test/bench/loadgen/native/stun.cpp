// Builds binding requests and answers.
#include "stun.hpp"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>

#include "bytes.hpp"

namespace stun {
namespace {

constexpr uint32_t magic = 0x2112A442;
constexpr size_t headerBytes = 20;
constexpr uint16_t bindingRequest = 0x0001, bindingAnswer = 0x0101;
constexpr uint16_t username = 0x0006, integrity = 0x0008, mappedAddress = 0x0020, priority = 0x0024, useCandidate = 0x0025,
                   fingerprint = 0x8028, iceControlling = 0x802A;
/** Of a host candidate, type preference 126. */
constexpr uint32_t ownPriority = 0x7EFFFFFF;

uint32_t crc32(const std::vector<uint8_t> &data) {
  static const auto table = [] {
    std::array<uint32_t, 256> made{};
    for (uint32_t index = 0; index < made.size(); index += 1) {
      uint32_t value = index;
      for (int bit = 0; bit < 8; bit += 1) value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
      made[index] = value;
    }
    return made;
  }();
  uint32_t sum = 0xFFFFFFFF;
  for (const uint8_t byte : data) sum = table[(sum ^ byte) & 0xFF] ^ sum >> 8;
  return ~sum;
}

class Message {
 public:
  explicit Message(uint16_t type) : data_(headerBytes) {
    bytes::put16(data_.data(), type);
    bytes::put32(&data_[4], magic);
  }

  uint8_t *transaction() { return &data_[8]; }

  void add(uint16_t type, const uint8_t *value, size_t size) {
    const size_t at = data_.size();
    data_.resize(at + 4 + (size + 3) / 4 * 4);
    bytes::put16(&data_[at], type);
    bytes::put16(&data_[at + 2], static_cast<uint32_t>(size));
    for (size_t index = 0; index < size; index += 1) data_[at + 4 + index] = value[index];
    setLength(0);
  }

  /** Integrity and fingerprint cover a length that counts themselves already. */
  std::vector<uint8_t> sealed(const std::string &password) {
    setLength(24);
    uint8_t mac[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), data_.data(), data_.size(), mac, &size);
    add(integrity, mac, size);
    setLength(8);
    uint8_t sum[4];
    bytes::put32(sum, crc32(data_) ^ 0x5354554E);
    add(fingerprint, sum, sizeof sum);
    return data_;
  }

 private:
  void setLength(size_t more) { bytes::put16(&data_[2], static_cast<uint32_t>(data_.size() - headerBytes + more)); }

  std::vector<uint8_t> data_;
};

}  // namespace

Kind kindOf(const uint8_t *packet, size_t size) {
  if (size < headerBytes || bytes::get32(packet + 4) != magic) return Kind::other;
  const uint16_t type = bytes::get16(packet);
  return type == bindingRequest ? Kind::request : type == bindingAnswer ? Kind::answer : Kind::other;
}

std::vector<uint8_t> request(const std::string &user, const std::string &password, uint64_t tieBreaker) {
  Message message(bindingRequest);
  RAND_bytes(message.transaction(), 12);
  message.add(username, reinterpret_cast<const uint8_t *>(user.data()), user.size());
  uint8_t number[8];
  bytes::put32(number, ownPriority);
  message.add(priority, number, 4);
  bytes::put64(number, tieBreaker);
  message.add(iceControlling, number, 8);
  message.add(useCandidate, nullptr, 0);
  return message.sealed(password);
}

std::vector<uint8_t> answer(const uint8_t *asked, const std::string &password, const sockaddr_in &from) {
  Message message(bindingAnswer);
  for (int index = 0; index < 12; index += 1) message.transaction()[index] = asked[8 + index];
  uint8_t address[8] = {0, 1};
  bytes::put16(address + 2, ntohs(from.sin_port) ^ magic >> 16);
  bytes::put32(address + 4, ntohl(from.sin_addr.s_addr) ^ magic);
  message.add(mappedAddress, address, sizeof address);
  return message.sealed(password);
}

}  // namespace stun
