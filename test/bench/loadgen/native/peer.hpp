// One WebRTC endpoint: ICE with one remote candidate, DTLS as client, SRTP; counts what it receives and tells the other side of it.
#pragma once
#include <netinet/in.h>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "dtls.hpp"
#include "received.hpp"
#include "rtcp.hpp"
#include "srtp.hpp"

/** Microseconds from a payload's making to its arrival, of some packets. */
struct Delays {
  std::vector<uint32_t> audio;
  std::vector<uint32_t> video;
};

class Peer {
 public:
  using KeyFrameWanted = std::function<void(Peer &peer, uint32_t ssrc)>;

  /** `user` and `password` are its own of ICE. */
  Peer(const Identity &identity, int id, std::string group, std::string user, std::string password, KeyFrameWanted keyFrameWanted);
  ~Peer();
  Peer(const Peer &) = delete;
  Peer &operator=(const Peer &) = delete;

  int id() const { return id_; }
  int socket() const { return socket_; }
  const std::string &group() const { return group_; }
  bool isUp() const { return srtp_ != nullptr; }

  void connect(const std::string &ip, uint16_t port, const std::string &user, const std::string &password);
  /** 0: nothing is told about single packets. */
  void tellOfPackets(int extension) { transportCc_ = extension; }
  void readAll();
  /** Every few milliseconds. */
  void tick(uint64_t now);
  /** `packet` has room for the trailer of SRTP; the size of what was sent, or 0. */
  int sendRtp(uint8_t *packet, int size);
  void sendRtcp(const rtcp::Packet &packet);

  void beginMeasuring();
  void endMeasuring(uint64_t at);
  const std::unordered_map<uint32_t, ReceivedStream> &streams() const { return streams_; }
  const Delays &delays() const { return delays_; }
  uint64_t receivedBytes() const { return receivedBytes_; }
  uint64_t broken() const { return broken_; }

 private:
  void take(uint8_t *packet, size_t size, uint64_t at, const sockaddr_in &from);
  void takeStun(const uint8_t *packet, size_t size, const sockaddr_in &from);
  void takeDtls(const uint8_t *packet, size_t size);
  void takeRtcp(uint8_t *packet, size_t size);
  void takeRtp(uint8_t *packet, size_t size, uint64_t at);
  void noteForFeedback(const uint8_t *packet, size_t size, uint64_t at);

  const Identity &identity_;
  const int id_;
  const std::string group_;
  const KeyFrameWanted keyFrameWanted_;
  const int socket_;
  const uint64_t tieBreaker_;
  const uint32_t ownSsrc_;
  const std::string ownUser_, ownPassword_;
  std::string remoteUser_, remotePassword_;
  uint64_t nextCheck_ = 0, nextReport_ = 0, nextFeedback_ = 0;
  bool asked_ = false, reachable_ = false;
  std::unique_ptr<Dtls> dtls_;
  std::unique_ptr<SrtpPair> srtp_;
  std::unordered_map<uint32_t, ReceivedStream> streams_;
  int transportCc_ = 0;
  std::vector<rtcp::Arrival> arrivals_;
  uint32_t lastMediaSsrc_ = 0;
  uint8_t feedbacks_ = 0;
  bool measuring_ = false;
  Delays delays_;
  uint64_t receivedBytes_ = 0, broken_ = 0;
};
