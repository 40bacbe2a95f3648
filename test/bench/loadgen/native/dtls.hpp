// DTLS as the client (RFC 6347), for the keys of SRTP (RFC 5764); all peers show the same certificate.
#pragma once
#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

class Identity {
 public:
  /** `suites` as OpenSSL names them, in order of preference, with colons between. */
  explicit Identity(const std::string &suites);
  const std::string &fingerprint() const { return fingerprint_; }
  SSL *open() const { return SSL_new(context_); }

 private:
  SSL_CTX *context_;
  std::string fingerprint_;
};

struct SrtpKeys {
  std::string suite;
  /** Key and salt, of what is sent and of what is received. */
  std::vector<uint8_t> sending;
  std::vector<uint8_t> receiving;
};

class Dtls {
 public:
  /** `socket` is connected to the other side. */
  Dtls(const Identity &identity, int socket);
  ~Dtls();
  Dtls(const Dtls &) = delete;
  Dtls &operator=(const Dtls &) = delete;

  /** Takes one datagram, or goes on without one; true at the moment when the handshake is done. */
  bool advance(const uint8_t *datagram, size_t size);
  /** Sends again what has not been answered. */
  void tick();
  bool isDone() const { return done_; }
  SrtpKeys keys() const;

 private:
  SSL *ssl_;
  bool done_ = false;
  int socket_;
  const uint8_t *waiting_ = nullptr;
  size_t waitingSize_ = 0;

  static BIO_METHOD *method();
};
