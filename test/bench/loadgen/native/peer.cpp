// Drives one endpoint from its socket and its timers.
#include "peer.hpp"

#include <arpa/inet.h>
#include <openssl/rand.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "bytes.hpp"
#include "json.hpp"
#include "stun.hpp"

namespace {

constexpr int socketBufferBytes = 4 << 20;
constexpr uint64_t checkEvery = 100 * clocks::millisecond, consentEvery = 2'500 * clocks::millisecond, reportEvery = clocks::second,
                   feedbackEvery = 100 * clocks::millisecond;
/** mediasoup fills its probes with padding on this stream. */
constexpr uint32_t probeSsrc = 1234;
/** Decrypting is the generator's greatest expense: of each stream one packet in so many is opened. */
constexpr uint16_t openedEvery = 8;
constexpr size_t packetRoom = 2048;

template <typename T>
T randomNumber() {
  T number;
  RAND_bytes(reinterpret_cast<unsigned char *>(&number), sizeof number);
  return number;
}

int openSocket() {
  const int opened = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  for (const auto &[forced, asked] : {std::pair{SO_RCVBUFFORCE, SO_RCVBUF}, std::pair{SO_SNDBUFFORCE, SO_SNDBUF}})
    if (setsockopt(opened, SOL_SOCKET, forced, &socketBufferBytes, sizeof socketBufferBytes) != 0)
      setsockopt(opened, SOL_SOCKET, asked, &socketBufferBytes, sizeof socketBufferBytes);
  const int on = 1;
  setsockopt(opened, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(opened, reinterpret_cast<sockaddr *>(&own), sizeof own) != 0) giveUp("no socket could be opened");
  return opened;
}

/** One for all peers: a batch of datagrams with their senders and the kernel's time of arrival. */
struct Inbox {
  static constexpr unsigned batch = 32;
  std::array<std::array<uint8_t, packetRoom>, batch> packets;
  std::array<std::array<char, 64>, batch> controls;
  std::array<sockaddr_in, batch> senders;
  std::array<iovec, batch> places;
  std::array<mmsghdr, batch> messages{};

  Inbox() {
    for (unsigned index = 0; index < batch; index += 1) {
      places[index] = {packets[index].data(), packetRoom};
      msghdr &header = messages[index].msg_hdr;
      header.msg_iov = &places[index];
      header.msg_iovlen = 1;
      header.msg_name = &senders[index];
      header.msg_control = controls[index].data();
    }
  }

  int read(int socket) {
    for (mmsghdr &message : messages) {
      message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
      message.msg_hdr.msg_controllen = sizeof controls[0];
    }
    return recvmmsg(socket, messages.data(), batch, MSG_DONTWAIT, nullptr);
  }

  uint64_t arrivalOf(unsigned index) {
    msghdr &header = messages[index].msg_hdr;
    for (cmsghdr *part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
      if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
      timespec at{};
      std::memcpy(&at, CMSG_DATA(part), sizeof at);
      return static_cast<uint64_t>(at.tv_sec) * clocks::second + static_cast<uint64_t>(at.tv_nsec);
    }
    return clocks::wall();
  }
};

size_t headerSize(const uint8_t *packet) {
  const size_t fixed = 12 + 4 * static_cast<size_t>(packet[0] & 0x0F);
  return (packet[0] & 0x10) == 0 ? fixed : fixed + 4 + 4 * static_cast<size_t>(bytes::get16(packet + fixed + 2));
}

}  // namespace

Peer::Peer(const Identity &identity, int id, std::string group, std::string user, std::string password, KeyFrameWanted keyFrameWanted)
    : identity_(identity),
      id_(id),
      group_(std::move(group)),
      keyFrameWanted_(std::move(keyFrameWanted)),
      socket_(openSocket()),
      tieBreaker_(randomNumber<uint64_t>()),
      ownSsrc_(randomNumber<uint32_t>()),
      ownUser_(std::move(user)),
      ownPassword_(std::move(password)) {}

Peer::~Peer() { close(socket_); }

void Peer::connect(const std::string &ip, uint16_t port, const std::string &user, const std::string &password) {
  sockaddr_in remote{};
  remote.sin_family = AF_INET;
  remote.sin_port = htons(port);
  inet_pton(AF_INET, ip.c_str(), &remote.sin_addr);
  if (ntohl(remote.sin_addr.s_addr) >> 24 != 127) giveUp("the load generator sends to this machine only");
  if (::connect(socket_, reinterpret_cast<sockaddr *>(&remote), sizeof remote) != 0) giveUp("no way to " + ip);
  remoteUser_ = user;
  remotePassword_ = password;
  asked_ = true;
}

void Peer::readAll() {
  static Inbox inbox;
  for (int count = inbox.read(socket_); count > 0; count = inbox.read(socket_)) {
    for (unsigned index = 0; index < static_cast<unsigned>(count); index += 1)
      take(inbox.packets[index].data(), inbox.messages[index].msg_len, inbox.arrivalOf(index), inbox.senders[index]);
    if (count < static_cast<int>(Inbox::batch)) return;
  }
}

void Peer::tick(uint64_t now) {
  if (!asked_) return;
  if (now >= nextCheck_) {
    nextCheck_ = now + (reachable_ ? consentEvery : checkEvery);
    const auto packet = stun::request(remoteUser_ + ":" + ownUser_, remotePassword_, tieBreaker_);
    send(socket_, packet.data(), packet.size(), MSG_DONTWAIT);
  }
  if (dtls_ != nullptr) dtls_->tick();
  if (!isUp()) return;
  if (now >= nextReport_) {
    nextReport_ = now + reportEvery;
    if (!streams_.empty()) sendRtcp(rtcp::receiverReport(ownSsrc_, streams_));
  }
  if (transportCc_ != 0 && now >= nextFeedback_) {
    nextFeedback_ = now + feedbackEvery;
    const auto packet = rtcp::transportFeedback(ownSsrc_, lastMediaSsrc_, feedbacks_, arrivals_);
    arrivals_.clear();
    if (packet.empty()) return;
    feedbacks_ += 1;
    sendRtcp(packet);
  }
}

int Peer::sendRtp(uint8_t *packet, int size) {
  if (!isUp() || !srtp_->protectRtp(packet, size)) return 0;
  return send(socket_, packet, static_cast<size_t>(size), MSG_DONTWAIT) == size ? size : 0;
}

void Peer::sendRtcp(const rtcp::Packet &packet) {
  uint8_t sealed[packetRoom];
  auto size = static_cast<int>(packet.size());
  std::memcpy(sealed, packet.data(), packet.size());
  if (isUp() && srtp_->protectRtcp(sealed, size)) send(socket_, sealed, static_cast<size_t>(size), MSG_DONTWAIT);
}

void Peer::beginMeasuring() {
  measuring_ = true;
  delays_ = {};
  receivedBytes_ = 0;
  broken_ = 0;
  for (auto &[ssrc, stream] : streams_) stream.beginMeasuring();
}

void Peer::endMeasuring(uint64_t at) {
  measuring_ = false;
  for (auto &[ssrc, stream] : streams_) stream.endMeasuring(at);
}

/** By the first byte (RFC 7983). */
void Peer::take(uint8_t *packet, size_t size, uint64_t at, const sockaddr_in &from) {
  if (size == 0) return;
  if (packet[0] <= 3) return takeStun(packet, size, from);
  if (packet[0] >= 20 && packet[0] <= 63) return takeDtls(packet, size);
  if (packet[0] < 128 || size < 12 || !isUp()) return;
  if (packet[1] >= 192 && packet[1] <= 223) return takeRtcp(packet, size);
  takeRtp(packet, size, at);
}

void Peer::takeStun(const uint8_t *packet, size_t size, const sockaddr_in &from) {
  const stun::Kind kind = stun::kindOf(packet, size);
  if (kind == stun::Kind::request) {
    const auto answer = stun::answer(packet, ownPassword_, from);
    send(socket_, answer.data(), answer.size(), MSG_DONTWAIT);
  }
  if (kind != stun::Kind::answer || reachable_) return;
  reachable_ = true;
  nextCheck_ = clocks::steady() + consentEvery;
  dtls_ = std::make_unique<Dtls>(identity_, socket_);
  dtls_->advance(nullptr, 0);
}

void Peer::takeDtls(const uint8_t *packet, size_t size) {
  if (dtls_ == nullptr || !dtls_->advance(packet, size)) return;
  const SrtpKeys keys = dtls_->keys();
  srtp_ = std::make_unique<SrtpPair>(keys);
  const uint64_t now = clocks::steady();
  // Spread, so that a class does not report in one instant.
  nextReport_ = now + randomNumber<uint32_t>() % reportEvery;
  nextFeedback_ = now + randomNumber<uint32_t>() % feedbackEvery;
  Event("up").number("id", id_).text("suite", keys.suite).send();
}

void Peer::takeRtcp(uint8_t *packet, size_t size) {
  auto opened = static_cast<int>(size);
  if (!srtp_->openRtcp(packet, opened)) {
    broken_ += 1;
    return;
  }
  rtcp::read(packet, static_cast<size_t>(opened),
             {[this](uint32_t ssrc) { keyFrameWanted_(*this, ssrc); },
              [this](uint32_t ssrc, uint32_t time) {
                const auto stream = streams_.find(ssrc);
                if (stream == streams_.end()) return;
                stream->second.reportedTime = time;
                stream->second.reportedAt = clocks::wall();
              }});
}

void Peer::takeRtp(uint8_t *packet, size_t size, uint64_t at) {
  const uint32_t ssrc = bytes::get32(packet + 8);
  const uint16_t sequence = bytes::get16(packet + 2);
  if (transportCc_ != 0) noteForFeedback(packet, size, at);
  if (ssrc == probeSsrc) return;
  const auto [found, isNew] = streams_.try_emplace(ssrc);
  ReceivedStream &stream = found->second;
  if (isNew && measuring_) stream.beginMeasuring();
  stream.take(sequence, at);
  if (measuring_) receivedBytes_ += size;
  if (!isNew && sequence % openedEvery != 0) return;
  auto opened = static_cast<int>(size);
  if (!srtp_->openRtp(packet, opened)) {
    broken_ += 1;
    return;
  }
  if (static_cast<size_t>(opened) < headerSize(packet) + trailerBytes) return;
  const uint8_t *trailer = packet + opened - trailerBytes;
  stream.kind = trailer[0] == 1 ? MediaKind::audio : MediaKind::video;
  const uint64_t sentAt = bytes::get64(trailer + 1);
  if (!measuring_ || at <= sentAt || at - sentAt > 60 * clocks::second) return;
  (stream.kind == MediaKind::audio ? delays_.audio : delays_.video).push_back(static_cast<uint32_t>((at - sentAt) / 1000));
}

/** Looks for the transport-wide number among the one-byte extensions (RFC 8285). */
void Peer::noteForFeedback(const uint8_t *packet, size_t size, uint64_t at) {
  const size_t fixed = 12 + 4 * static_cast<size_t>(packet[0] & 0x0F);
  if ((packet[0] & 0x10) == 0 || bytes::get16(packet + fixed) != 0xBEDE) return;
  const size_t end = std::min(headerSize(packet), size);
  for (size_t place = fixed + 4; place + 2 < end;) {
    if (packet[place] == 0) {
      place += 1;
      continue;
    }
    if (packet[place] >> 4 == transportCc_) {
      arrivals_.push_back({bytes::get16(packet + place + 1), at});
      lastMediaSsrc_ = bytes::get32(packet + 8);
      return;
    }
    place += 2 + static_cast<size_t>(packet[place] & 0x0F);
  }
}
