// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/value_scanner.h"

#include <algorithm>
#include <cstring>

#include "runtime/audit/escapes.h"

namespace mcplexer::audit {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

uint16_t PairAt(std::string_view text, size_t i) {
  return static_cast<uint16_t>(static_cast<uint8_t>(text[i]) | static_cast<uint8_t>(text[i + 1])
                                                                   << 8);
}

bool IsBase64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '-' || c == '_' || c == '=';
}

bool HasEscapes(std::string_view text) {
  return text.find('%') != text.npos || text.find('\\') != text.npos;
}

// The six bits from bit 6 * index on of `before` zero bytes followed by `bytes`.
size_t Sextet(std::string_view bytes, size_t before, size_t index) {
  size_t value = 0;
  for (size_t bit = 6 * index; bit < 6 * index + 6; ++bit) {
    const size_t byte = bit / 8;
    const size_t set =
        byte < before ? 0 : static_cast<uint8_t>(bytes[byte - before]) >> (7 - bit % 8);
    value = value << 1 | (set & 1);
  }
  return value;
}

}  // namespace

ValueScanner::ValueScanner(size_t limit) : limit_(limit) { BuildIndex(); }

void ValueScanner::AddSecret(std::string_view value) {
  if (value.size() < kShortestSecret || limit_ == 0) return;
  for (const Secret& known : secrets_) {
    if (known.bytes.Reveal().substr(0, known.needles[0].size) == value) return;
  }
  Secret secret;
  secret.bytes.Append(value);
  secret.needles.push_back({0, static_cast<uint32_t>(value.size()), Form::kRaw});
  AddBase64(secret, value, kStandard);
  AddBase64(secret, value, kUrl);
  if (secrets_.size() == limit_) secrets_.pop_front();
  secrets_.push_back(std::move(secret));
  BuildIndex();
}

// What is appended is as secret as the value, so it goes straight into guarded memory.
void ValueScanner::AddBase64(Secret& secret, std::string_view value, std::string_view alphabet) {
  for (size_t before = 0; before < 3; ++before) {
    const size_t first = (8 * before + 5) / 6;                // rounded up: of our bits only
    const size_t last = (8 * before + 8 * value.size()) / 6;  // exclusive, rounded down
    const auto begin = static_cast<uint32_t>(secret.bytes.size());
    for (size_t i = first; i < last; ++i) {
      secret.bytes.Append(alphabet.substr(Sextet(value, before, i), 1));
    }
    secret.needles.push_back({begin, static_cast<uint32_t>(last - first), Form::kBase64});
  }
}

void ValueScanner::BuildIndex() {
  begins_.reset();
  entries_.clear();
  for (const std::string_view prefix : CredentialPrefixes()) begins_.set(PairAt(prefix, 0));
  for (size_t s = 0; s < secrets_.size(); ++s) {
    const std::string_view bytes = secrets_[s].bytes.Reveal();
    for (size_t n = 0; n < secrets_[s].needles.size(); ++n) {
      const uint16_t pair = PairAt(bytes, secrets_[s].needles[n].begin);
      begins_.set(pair);
      entries_.push_back({pair, PairAt(bytes, secrets_[s].needles[n].begin + 2),
                          static_cast<uint32_t>(n), static_cast<uint32_t>(s)});
    }
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.pair < b.pair; });
}

// The hit `known`, which may be empty, together with all that begin at `at`. Where they overlap,
// widening goes on at the known one's edges, so that no stretch is walked twice.
ValueScanner::Hit ValueScanner::MatchAt(CredentialMatcher& credentials, size_t at,
                                        const Hit& known) const {
  const std::string_view text = credentials.text();
  Hit hit = known;
  const auto join = [&hit](size_t begin, size_t end) {
    hit = hit.begin == hit.end ? Hit{begin, end}
                               : Hit{std::min(hit.begin, begin), std::max(hit.end, end)};
  };
  if (const size_t end = credentials.Match(at); end != at) join(at, end);
  if (text.size() - at < kShortestSecret) return hit;
  const uint16_t pair = PairAt(text, at);
  const uint16_t next = PairAt(text, at + 2);
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), pair,
                                [](const Entry& e, uint16_t p) { return e.pair < p; });
  for (; entry != entries_.end() && entry->pair == pair; ++entry) {
    if (entry->next != next) continue;
    const Secret& secret = secrets_[entry->secret];
    const Needle& needle = secret.needles[entry->needle];
    const std::string_view bytes = secret.bytes.Reveal().substr(needle.begin, needle.size);
    if (!text.substr(at).starts_with(bytes)) continue;
    join(at, at + needle.size);
    if (needle.form == Form::kRaw) continue;
    while (hit.begin != 0 && IsBase64(text[hit.begin - 1])) --hit.begin;
    while (hit.end != text.size() && IsBase64(text[hit.end])) ++hit.end;
  }
  return hit;
}

ValueScanner::Hit ValueScanner::Find(CredentialMatcher& credentials, size_t from) const {
  const std::string_view text = credentials.text();
  Hit hit;
  for (size_t i = from; i + 1 < text.size(); ++i) {
    if (hit.begin != hit.end && i >= hit.end) break;
    if (begins_[PairAt(text, i)]) hit = MatchAt(credentials, i, hit);
  }
  if (hit.begin == hit.end) return {text.size(), text.size()};
  hit.begin = std::max(hit.begin, from);
  return hit;
}

bool ValueScanner::Finds(std::string_view text) const {
  CredentialMatcher credentials(text);
  const Hit hit = Find(credentials, 0);
  return hit.begin != hit.end;
}

bool ValueScanner::FindDecoded(std::string_view text) const {
  if (!HasEscapes(text)) return false;
  std::vector<std::string> decoded = {DecodePercent(text), DecodeBackslashes(text)};
  // The second round appends to what the first one left.
  for (size_t i = 0; i < decoded.size(); ++i) {
    if (Finds(decoded[i])) return true;
    if (i < 2 && HasEscapes(decoded[i])) {
      std::string percent = DecodePercent(decoded[i]);
      std::string backslashes = DecodeBackslashes(decoded[i]);
      decoded.push_back(std::move(percent));
      decoded.push_back(std::move(backslashes));
    }
  }
  return false;
}

}  // namespace mcplexer::audit
