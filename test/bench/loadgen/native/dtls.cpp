// Runs DTLS over a UDP socket that somebody else reads.
#include "dtls.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "json.hpp"

namespace {

constexpr long mtu = 1200;

X509 *selfSigned(EVP_PKEY *key) {
  X509 *certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60 * 60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 60 * 60);
  X509_set_pubkey(certificate, key);
  X509_NAME *name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("bench"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_sign(certificate, key, EVP_sha256());
  return certificate;
}

std::string fingerprintOf(X509 *certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest, &size);
  std::string text;
  for (unsigned index = 0; index < size; index += 1) {
    char pair[4];
    std::snprintf(pair, sizeof pair, index == 0 ? "%02X" : ":%02X", digest[index]);
    text += pair;
  }
  return text;
}

}  // namespace

Identity::Identity(const std::string &suites) : context_(SSL_CTX_new(DTLS_client_method())) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = selfSigned(key);
  fingerprint_ = fingerprintOf(certificate);
  SSL_CTX_use_certificate(context_, certificate);
  SSL_CTX_use_PrivateKey(context_, key);
  SSL_CTX_set_verify(context_, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_options(context_, SSL_OP_NO_QUERY_MTU);
  if (SSL_CTX_set_tlsext_use_srtp(context_, suites.c_str()) != 0) giveUp("OpenSSL does not know the SRTP suites " + suites);
}

/** A BIO that hands over the datagram which was just received, and sends each write as one. */
BIO_METHOD *Dtls::method() {
  static BIO_METHOD *const made = [] {
    BIO_METHOD *bio = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "datagram in hand");
    BIO_meth_set_create(bio, [](BIO *of) {
      BIO_set_init(of, 1);
      return 1;
    });
    BIO_meth_set_write(bio, [](BIO *of, const char *data, int size) {
      auto *self = static_cast<Dtls *>(BIO_get_data(of));
      send(self->socket_, data, static_cast<size_t>(size), MSG_DONTWAIT);
      return size;
    });
    BIO_meth_set_read(bio, [](BIO *of, char *to, int room) {
      auto *self = static_cast<Dtls *>(BIO_get_data(of));
      BIO_clear_retry_flags(of);
      if (self->waiting_ == nullptr) {
        BIO_set_retry_read(of);
        return -1;
      }
      const size_t size = std::min(self->waitingSize_, static_cast<size_t>(room));
      std::memcpy(to, self->waiting_, size);
      self->waiting_ = nullptr;
      return static_cast<int>(size);
    });
    BIO_meth_set_ctrl(bio, [](BIO *, int command, long, void *) -> long {
      if (command == BIO_CTRL_DGRAM_QUERY_MTU || command == BIO_CTRL_DGRAM_GET_FALLBACK_MTU) return mtu;
      return command == BIO_CTRL_FLUSH ? 1 : 0;
    });
    return bio;
  }();
  return made;
}

Dtls::Dtls(const Identity &identity, int socket) : ssl_(identity.open()), socket_(socket) {
  BIO *bio = BIO_new(method());
  BIO_set_data(bio, this);
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_mtu(ssl_, mtu);
  SSL_set_connect_state(ssl_);
}

Dtls::~Dtls() { SSL_free(ssl_); }

bool Dtls::advance(const uint8_t *datagram, size_t size) {
  waiting_ = datagram;
  waitingSize_ = size;
  if (done_) {
    // What comes now is a repetition of the other side's last flight, or its farewell.
    char ignored[256];
    SSL_read(ssl_, ignored, sizeof ignored);
    return false;
  }
  done_ = SSL_do_handshake(ssl_) == 1;
  return done_;
}

void Dtls::tick() {
  if (!done_) DTLSv1_handle_timeout(ssl_);
}

SrtpKeys Dtls::keys() const {
  const SRTP_PROTECTION_PROFILE *profile = SSL_get_selected_srtp_profile(ssl_);
  if (profile == nullptr) giveUp("the other side agreed to no SRTP suite");
  const bool isGcm = std::strstr(profile->name, "GCM") != nullptr;
  const size_t keySize = 16, saltSize = isGcm ? 12 : 14;
  std::vector<uint8_t> made(2 * (keySize + saltSize));
  static const char label[] = "EXTRACTOR-dtls_srtp";
  SSL_export_keying_material(ssl_, made.data(), made.size(), label, sizeof label - 1, nullptr, 0, 0);
  // Client's key, server's key, client's salt, server's salt.
  const auto side = [&](size_t which) {
    std::vector<uint8_t> both(made.begin() + static_cast<long>(which * keySize), made.begin() + static_cast<long>((which + 1) * keySize));
    const auto salt = made.begin() + static_cast<long>(2 * keySize + which * saltSize);
    both.insert(both.end(), salt, salt + static_cast<long>(saltSize));
    return both;
  };
  return {profile->name, side(0), side(1)};
}
