// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/signing_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "compiler/commands/output.h"
#include "compiler/emit/plan_writer.h"
#include "runtime/auth/guarded_file.h"
#include "runtime/base/check.h"
#include "runtime/plan/key_text.h"

namespace mcplexer::commands {
namespace {

using auth::SecretString;
using plan::KeyKind;

// A key and a few comments; a larger file is the wrong file.
constexpr size_t kMaxKeyFileBytes = 4096;
constexpr size_t kSecretBytes = crypto_sign_ed25519_SECRETKEYBYTES;

uint8_t* BytesOf(SecretString& secret) { return reinterpret_cast<uint8_t*>(secret.MutableData()); }

const uint8_t* BytesOf(const SecretString& secret) {
  return reinterpret_cast<const uint8_t*>(secret.Reveal().data());
}

// What belongs to a seed of plan::kKeyBytes.
SecretString Expand(const uint8_t* seed) {
  MCPLEXER_CHECK(sodium_init() >= 0);
  SecretString secret;
  secret.Resize(kSecretBytes);
  plan::PublicKey ignored{};
  MCPLEXER_CHECK(crypto_sign_ed25519_seed_keypair(ignored.data(), BytesOf(secret), seed) == 0);
  return secret;
}

}  // namespace

SigningKey::SigningKey(SecretString secret) : secret_(std::move(secret)) {
  crypto_sign_ed25519_sk_to_pk(public_key_.data(), BytesOf(std::as_const(secret_)));
}

SigningKey SigningKey::Generate() {
  MCPLEXER_CHECK(sodium_init() >= 0);
  SecretString seed;
  seed.Resize(plan::kKeyBytes);
  randombytes_buf(seed.MutableData(), seed.size());
  return SigningKey(Expand(BytesOf(seed)));
}

Result<SigningKey> SigningKey::Parse(std::string_view text) {
  const std::vector<plan::KeyLine> lines = plan::KeyLines(text);
  if (lines.empty()) return Fail("holds no key");
  if (lines.size() > 1) return Fail("holds more than one line of a key");
  SecretString seed;
  seed.Resize(plan::kKeyBytes);
  const auto id = plan::DecodeKey(lines[0].text, KeyKind::kSecret,
                                  std::span<uint8_t, plan::kKeyBytes>(BytesOf(seed), seed.size()));
  if (!id) return Fail("holds " + id.error().message);
  SigningKey key(Expand(BytesOf(seed)));
  if (*id != plan::KeyId(key.public_key())) {
    return Fail("holds a key that was changed: its id is that of another one");
  }
  return key;
}

Result<SigningKey> SigningKey::Read(const std::string& path) {
  // Nothing of such an argument may be repeated in a message.
  if (path.starts_with(plan::KeyPrefix(KeyKind::kSecret))) {
    return Fail(
        "a secret key is read from a file or standard input (`-`), never given as an "
        "argument, which everybody can see: make another pair");
  }
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : fmt::format("`{}`", path);
  const auto about = [&](const Error& error) {
    return Fail(fmt::format("key file {} {}", name, error.message));
  };
  Result<SecretString> text = SecretString();
  if (standard_input) {
    text = auth::ReadGuarded(STDIN_FILENO, kMaxKeyFileBytes);
    if (!text) return about(text.error());
  } else {
    auto file = auth::ReadGuardedFile(path, auth::Others::kMayNothing, kMaxKeyFileBytes);
    if (!file) return about(file.error());
    text = std::move(file->bytes);
  }
  auto key = Parse(text->Reveal());
  if (!key) return about(key.error());
  return key;
}

SecretString SigningKey::FileText() const {
  SecretString text(
      fmt::format("# Signs MCPlexer plans: who can read this file can, too.\n"
                  "# Public half: {}\n{}{}:",
                  plan::PublicKeyText(public_key_), plan::KeyPrefix(KeyKind::kSecret),
                  plan::KeyId(public_key_)));
  const size_t size = text.size();
  text.Resize(size + plan::kKeyBase64Size + 1);  // and a NUL
  sodium_bin2base64(text.MutableData() + size, plan::kKeyBase64Size + 1, BytesOf(secret_),
                    plan::kKeyBytes, sodium_base64_VARIANT_ORIGINAL);
  text.Resize(size + plan::kKeyBase64Size);
  text.Append("\n");
  return text;
}

Status SigningKey::WriteNew(const std::string& path) const {
  const auto failed = [&](const char* why) {
    return Fail(fmt::format("cannot write `{}`: {}", path, why));
  };
  const SecretString text = FileText();
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return failed(errno == EEXIST
                      ? "there is something of that name, and keys are never overwritten"
                      : std::strerror(errno));
  }
  Status written = WriteAll(file, text.Reveal());
  // The public half may be handed out at once, and would be of no use without this file.
  if (written && ::fsync(file) != 0) written = Fail(std::strerror(errno));
  if (::close(file) != 0 && written) written = Fail(std::strerror(errno));
  if (written) return {};
  ::unlink(path.c_str());
  return failed(written.error().message.c_str());
}

void SigningKey::Sign(std::span<std::byte> plan) const {
  emit::Sign(plan, std::span<const uint8_t, kSecretBytes>(BytesOf(secret_), kSecretBytes));
}

}  // namespace mcplexer::commands
