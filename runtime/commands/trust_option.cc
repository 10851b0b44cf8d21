// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/trust_option.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/auth/guarded_file.h"
#include "runtime/plan/key_text.h"

namespace mcplexer::commands {
namespace {

using plan::KeyKind;

// Some six hundred keys.
constexpr size_t kMaxFileBytes = size_t{64} << 10;

Status AddKeysOf(const std::string& path, std::vector<plan::PublicKey>& keys) {
  // Who may write the file says who is trusted. It is read as a secret would be, because a secret
  // key may have been put there by mistake.
  const auto file = auth::ReadGuardedFile(path, auth::Others::kMayRead, kMaxFileBytes);
  if (!file) return Fail(fmt::format("--trust `{}` {}", path, file.error().message));
  const std::vector<plan::KeyLine> lines = plan::KeyLines(file->bytes.Reveal());
  if (lines.empty()) return Fail(fmt::format("--trust `{}` holds no key", path));
  for (const plan::KeyLine& line : lines) {
    const auto key = plan::ParsePublicKey(line.text);
    if (!key)
      return Fail(fmt::format("--trust `{}`:{}: {}", path, line.number, key.error().message));
    keys.push_back(*key);
  }
  return {};
}

Status AddKeys(const std::string& value, std::vector<plan::PublicKey>& keys) {
  // The value is not told: everybody on the machine can see arguments, but not the log.
  if (value.starts_with(plan::KeyPrefix(KeyKind::kSecret))) {
    return Fail(
        "--trust takes a public key, and this is a secret one, which everybody can see in "
        "arguments: make another pair");
  }
  if (value.empty()) return Fail("--trust is empty: neither a public key nor a file");
  if (!value.starts_with(plan::KeyPrefix(KeyKind::kPublic))) return AddKeysOf(value, keys);
  const auto key = plan::ParsePublicKey(value);
  if (!key) return Fail(fmt::format("--trust: {}", key.error().message));
  keys.push_back(*key);
  return {};
}

}  // namespace

void TrustOption::AddTo(CLI::App& command) {
  option_ = command
                .add_option("--trust", values_,
                            "Load the plan only if this public key, or one in this file, has "
                            "signed it; may be repeated")
                ->type_name("KEY|FILE")
                ->allow_extra_args(false);
}

Result<plan::Trust> TrustOption::Read() const {
  if (option_ == nullptr || option_->count() == 0) return plan::Trust();
  std::vector<plan::PublicKey> keys;
  for (const std::string& value : values_) {
    if (const Status added = AddKeys(value, keys); !added) return tl::unexpected(added.error());
  }
  if (keys.empty()) return Fail("--trust names no key");
  return plan::Trust::Only(std::move(keys));
}

}  // namespace mcplexer::commands
