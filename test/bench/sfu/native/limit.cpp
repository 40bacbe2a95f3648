// The least that an SFU with one core can do for each packet: encrypt it for its subscriber (AES-128-GCM, RFC 7714) and hand it to the kernel by sendto.
// limit <subscribers> <video packets a second> <audio packets a second> <video bytes> <audio bytes> <seconds> <core of the receiver>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "../../loadgen/native/bytes.hpp"

namespace {

constexpr size_t headerBytes = 12, saltBytes = 12, tagBytes = 16, packetRoom = 2048;
constexpr int socketBufferBytes = 4 << 20;
/** Between two rounds, so that the receiver comes to its core in time. */
constexpr useconds_t restMicroseconds = 500;

sockaddr_in loopback() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int openSocket() {
  const int opened = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in own = loopback();
  bind(opened, reinterpret_cast<sockaddr *>(&own), sizeof own);
  setsockopt(opened, SOL_SOCKET, SO_RCVBUFFORCE, &socketBufferBytes, sizeof socketBufferBytes);
  return opened;
}

class Subscriber {
 public:
  explicit Subscriber(int receiving) : cipher_(EVP_CIPHER_CTX_new()) {
    socklen_t size = sizeof address_;
    getsockname(receiving, reinterpret_cast<sockaddr *>(&address_), &size);
    uint8_t key[16];
    RAND_bytes(key, sizeof key);
    RAND_bytes(salt_, sizeof salt_);
    EVP_EncryptInit_ex(cipher_, EVP_aes_128_gcm(), nullptr, key, nullptr);
  }

  void send(int from, const uint8_t *packet, size_t size) {
    uint8_t sealed[packetRoom];
    std::memcpy(sealed, packet, headerBytes);
    uint8_t nonce[saltBytes] = {};
    std::memcpy(nonce + 2, packet + 8, 4);
    std::memcpy(nonce + 10, packet + 2, 2);
    for (size_t index = 0; index < saltBytes; index += 1) nonce[index] ^= salt_[index];
    int written = 0;
    EVP_EncryptInit_ex(cipher_, nullptr, nullptr, nullptr, nonce);
    EVP_EncryptUpdate(cipher_, nullptr, &written, sealed, headerBytes);
    EVP_EncryptUpdate(cipher_, sealed + headerBytes, &written, packet + headerBytes, static_cast<int>(size - headerBytes));
    EVP_EncryptFinal_ex(cipher_, sealed + size, &written);
    EVP_CIPHER_CTX_ctrl(cipher_, EVP_CTRL_GCM_GET_TAG, tagBytes, sealed + size);
    sendto(from, sealed, size + tagBytes, MSG_DONTWAIT, reinterpret_cast<const sockaddr *>(&address_), sizeof address_);
  }

 private:
  EVP_CIPHER_CTX *cipher_;
  sockaddr_in address_{};
  uint8_t salt_[saltBytes];
};

/** In a process of its own: reads and forgets. */
[[noreturn]] void drain(const std::vector<int> &sockets, int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
  const int poll = epoll_create1(0);
  for (const int each : sockets) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = each;
    epoll_ctl(poll, EPOLL_CTL_ADD, each, &event);
  }
  constexpr unsigned batch = 32;
  static uint8_t rooms[batch][packetRoom];
  iovec places[batch];
  mmsghdr messages[batch]{};
  for (unsigned index = 0; index < batch; index += 1) {
    places[index] = {rooms[index], packetRoom};
    messages[index].msg_hdr.msg_iov = &places[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  epoll_event events[256];
  for (;;) {
    const int count = epoll_wait(poll, events, 256, -1);
    for (int index = 0; index < count; index += 1)
      while (recvmmsg(events[index].data.fd, messages, batch, MSG_DONTWAIT, nullptr) == static_cast<int>(batch)) {
      }
  }
}

double cpuSeconds() { return static_cast<double>(clocks::read(CLOCK_PROCESS_CPUTIME_ID)) / clocks::second; }

}  // namespace

int main(int count, char **arguments) {
  if (count != 8) return 2;
  const auto number = [&](int index) { return std::atof(arguments[index]); };
  const double videoRate = number(2), audioRate = number(3);
  const auto videoBytes = static_cast<size_t>(number(4)), audioBytes = static_cast<size_t>(number(5));
  const double seconds = number(6);

  std::vector<int> receiving;
  std::vector<Subscriber> subscribers;
  for (int index = 0; index < static_cast<int>(number(1)); index += 1) {
    receiving.push_back(openSocket());
    subscribers.emplace_back(receiving.back());
  }
  const pid_t receiver = fork();
  if (receiver == 0) drain(receiving, static_cast<int>(number(7)));
  const int sending = openSocket();

  uint8_t packet[packetRoom];
  std::memset(packet, 0x5A, sizeof packet);
  packet[0] = 0x80;
  uint16_t sequence = 0;
  uint64_t sent = 0;
  double audioShare = 0;
  const uint64_t begun = clocks::steady();
  const double before = cpuSeconds();
  while (static_cast<double>(clocks::steady() - begun) < seconds * clocks::second) {
    // A round: three packets in the mix of the case, each to everybody.
    for (int index = 0; index < 3; index += 1) {
      audioShare += audioRate / (audioRate + videoRate);
      const bool isAudio = audioShare >= 1;
      if (isAudio) audioShare -= 1;
      bytes::put16(packet + 2, sequence);
      sequence += 1;
      for (Subscriber &subscriber : subscribers) subscriber.send(sending, packet, isAudio ? audioBytes : videoBytes);
      sent += subscribers.size();
    }
    usleep(restMicroseconds);
  }
  const double spent = cpuSeconds() - before;
  kill(receiver, SIGTERM);
  waitpid(receiver, nullptr, 0);
  std::printf("{\"packets\":%llu,\"cpuMicroseconds\":%.1f}\n", static_cast<unsigned long long>(sent), spent * 1e6);
}
