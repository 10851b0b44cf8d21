// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/key_names.h"

#include <algorithm>
#include <array>

namespace mcplexer::audit {
namespace {

constexpr std::array<std::string_view, 13> kBuiltIn = {
    "password",      "passwd",        "secret",      "token",      "api_key",
    "apikey",        "authorization", "private_key", "credential", "access_token",
    "refresh_token", "client_secret", "cookie"};

bool Counts(char c) { return c != '_' && c != '-' && c != '.' && c != ' '; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// -1, 0 or 1: `name`, normalised on the way, against a normalised text.
int Compare(std::string_view name, std::string_view normalised) {
  size_t at = 0;
  for (const char c : name) {
    if (!Counts(c)) continue;
    if (at == normalised.size()) return 1;
    const auto left = static_cast<uint8_t>(Lower(c));
    const auto right = static_cast<uint8_t>(normalised[at++]);
    if (left != right) return left < right ? -1 : 1;
  }
  return at == normalised.size() ? 0 : -1;
}

}  // namespace

KeyNames::KeyNames() {
  for (const std::string_view name : kBuiltIn) Add(name);
}

void KeyNames::Add(std::string_view name) {
  std::string normalised;
  for (const char c : name) {
    if (Counts(c)) normalised += Lower(c);
  }
  const auto place = std::lower_bound(names_.begin(), names_.end(), normalised);
  if (place == names_.end() || *place != normalised) names_.insert(place, std::move(normalised));
}

bool KeyNames::Contains(std::string_view name) const {
  const auto place = std::lower_bound(
      names_.begin(), names_.end(), name,
      [](const std::string& n, std::string_view key) { return Compare(key, n) > 0; });
  return place != names_.end() && Compare(name, *place) == 0;
}

PlanKeyNames::PlanKeyNames(const plan::Plan& plan) : plan_id_(plan.id()) {
  for (const plan::ScopeRecord& scope : plan.scopes()) {
    KeyNames& names = scopes_.emplace_back();
    for (const plan::StringRef ref :
         plan.string_refs().subspan(scope.redact.begin, scope.redact.count)) {
      names.Add(plan.text(ref));
      all_.Add(plan.text(ref));
    }
  }
}

}  // namespace mcplexer::audit
