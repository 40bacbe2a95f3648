// A load generator for media servers: many WebRTC peers on one thread, steered by lines of JSON over stdin, telling what it sees on stdout.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <memory>

#include "bytes.hpp"
#include "json.hpp"
#include "peer.hpp"
#include "report.hpp"
#include "track.hpp"

namespace {

constexpr uint64_t tickEvery = 10 * clocks::millisecond;
constexpr int mostEvents = 256;

class Generator {
 public:
  explicit Generator(const std::string &suites) : identity_(suites), epoll_(epoll_create1(0)) {
    fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
    watch(STDIN_FILENO, nullptr);
    Event("ready").text("fingerprint", identity_.fingerprint()).send();
  }

  /** Until stdin ends. */
  void run() {
    epoll_event events[mostEvents];
    while (!ended_) {
      const uint64_t now = clocks::steady();
      uint64_t next = nextTick_;
      for (const auto &track : tracks_) next = std::min(next, track->due());
      const uint64_t pause = next > now ? next - now : 0;
      const timespec until{static_cast<time_t>(pause / clocks::second), static_cast<long>(pause % clocks::second)};
      const int count = epoll_pwait2(epoll_, events, mostEvents, &until, nullptr);
      for (int index = 0; index < count; index += 1) {
        auto *peer = static_cast<Peer *>(events[index].data.ptr);
        if (peer == nullptr) readCommands();
        else if (gone_.count(peer) == 0) peer->readAll();
        // What is received must not delay what is sent.
        if (index % 16 == 15) sendDue();
      }
      gone_.clear();
      sendDue();
      tick();
    }
  }

 private:
  void watch(int file, Peer *peer) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = peer;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, file, &event);
  }

  void readCommands() {
    char piece[65'536];
    for (ssize_t size = read(STDIN_FILENO, piece, sizeof piece); size != -1; size = read(STDIN_FILENO, piece, sizeof piece)) {
      if (size == 0) {
        ended_ = true;
        return;
      }
      unread_.append(piece, static_cast<size_t>(size));
    }
    size_t begin = 0;
    for (size_t end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n', begin)) {
      obey(Command(unread_.substr(begin, end - begin)));
      begin = end + 1;
    }
    unread_.erase(0, begin);
  }

  void obey(const Command &command) {
    const std::string what = command.text("do");
    const int id = static_cast<int>(command.number("id"));
    if (what == "peer") return addPeer(id, command);
    if (what == "measure") return measure();
    if (what == "report") return reportAll();
    const auto found = peers_.find(id);
    if (found == peers_.end()) giveUp("there is no peer " + std::to_string(id));
    Peer &peer = *found->second;
    if (what == "connect")
      peer.connect(command.text("ip"), static_cast<uint16_t>(command.number("port")), command.text("user"), command.text("password"));
    else if (what == "send") tracks_.push_back(std::make_unique<Track>(peer, command));
    else if (what == "receive") peer.tellOfPackets(static_cast<int>(command.number("twccExt")));
    else if (what == "close") removePeer(peer);
    else giveUp("what is " + what + "?");
  }

  void addPeer(int id, const Command &command) {
    const auto wanted = [this](Peer &peer, uint32_t ssrc) {
      for (const auto &track : tracks_) track->wantKeyFrame(peer, ssrc);
    };
    auto peer = std::make_unique<Peer>(identity_, id, command.text("group"), command.text("user"), command.text("password"), wanted);
    watch(peer->socket(), peer.get());
    if (measuring_) peer->beginMeasuring();
    peers_[id] = std::move(peer);
  }

  void removePeer(Peer &peer) {
    tracks_.erase(std::remove_if(tracks_.begin(), tracks_.end(), [&](const auto &track) { return track->belongsTo(peer); }), tracks_.end());
    numbers_.erase(&peer);
    gone_[&peer] = true;
    peers_.erase(peer.id());
  }

  void measure() {
    measuring_ = true;
    for (const auto &track : tracks_) track->resetCounts();
    for (const auto &[id, peer] : peers_) peer->beginMeasuring();
    begunAt_ = clocks::steady();
    Event("measuring").send();
  }

  void reportAll() {
    measuring_ = false;
    const uint64_t at = clocks::wall();
    for (const auto &[id, peer] : peers_) peer->endMeasuring(at);
    Report report(static_cast<double>(clocks::steady() - begunAt_) / clocks::second);
    for (const auto &[id, peer] : peers_) report.addPeer(*peer);
    for (const auto &track : tracks_) report.addTrack(*track);
    report.send();
  }

  void sendDue() {
    const uint64_t now = clocks::steady();
    for (const auto &track : tracks_)
      if (track->due() <= now) track->send(now, numbers_[&track->peer()]);
  }

  void tick() {
    const uint64_t now = clocks::steady();
    if (now < nextTick_) return;
    nextTick_ = now + tickEvery;
    for (const auto &[id, peer] : peers_) peer->tick(now);
  }

  const Identity identity_;
  const int epoll_;
  std::map<int, std::unique_ptr<Peer>> peers_;
  std::vector<std::unique_ptr<Track>> tracks_;
  /** The last transport-wide number of each peer. */
  std::map<const Peer *, uint16_t> numbers_;
  /** Closed while their events were being dealt with. */
  std::map<const Peer *, bool> gone_;
  std::string unread_;
  uint64_t nextTick_ = 0, begunAt_ = 0;
  bool ended_ = false, measuring_ = false;
};

}  // namespace

/** The first argument: SRTP suites as OpenSSL names them, the preferred one first. */
int main(int count, char **arguments) {
  signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  srtp_init();
  Generator(count > 1 ? arguments[1] : "SRTP_AEAD_AES_128_GCM").run();
}
