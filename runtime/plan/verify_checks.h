// SPDX-License-Identifier: Apache-2.0
// What the parts of the verifier share. A check of one record returns a static text that says what
// does not hold, or null; the loop around it adds which record it was.

#ifndef MCPLEXER_RUNTIME_PLAN_VERIFY_CHECKS_H_
#define MCPLEXER_RUNTIME_PLAN_VERIFY_CHECKS_H_

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/signature.h"
#include "runtime/plan/tables.h"

namespace mcplexer::plan::verify {

// The parts, in the order they run; each may rely on those before it. VerifyContainer alone sees
// bytes: what it returns are sections of the right element size, whatever is in them, of a plan
// whose signer is trusted.
Result<Tables> VerifyContainer(std::span<const std::byte> file, const Trust& trust);
Status VerifyCatalogue(const Tables& tables);  // servers, scopes, principals and the like
Status VerifyWorkspaces(const Tables& tables);
Status VerifyAutomata(const Tables& tables);
Status VerifyConditions(const Tables& tables);
Status VerifyRules(const Tables& tables);

using Fault = const char*;

template <typename T, typename Check>
Status Each(const char* section, std::span<const T> records, Check check) {
  for (size_t i = 0; i < records.size(); ++i) {
    if (const Fault fault = check(records[i]); fault != nullptr) {
      return Fail(fmt::format("plan: {}[{}]: {}", section, i, fault));
    }
  }
  return {};
}

template <typename T>
bool InRange(Range range, std::span<const T> section) {
  return uint64_t{range.begin} + range.count <= section.size();
}

template <typename T>
bool IsIndex(uint32_t index, std::span<const T> section) {
  return index < section.size();
}

template <typename T>
bool IsIndexOrNone(uint32_t index, std::span<const T> section) {
  return index == kNone || index < section.size();
}

template <typename Enum>
bool IsEnum(Enum value, Enum last) {
  return static_cast<uint32_t>(value) <= static_cast<uint32_t>(last);
}

// The ref lies in kStrings and cuts no character. Since kStrings as a whole is UTF-8, so is the
// text.
inline bool IsText(StringRef ref, const Tables& tables) {
  const uint64_t end = uint64_t{ref.offset} + ref.size;
  if (end > tables.strings.size()) return false;
  if (ref.size == 0) return true;
  const auto begins_character = [&](uint64_t at) {
    return at == tables.strings.size() || (static_cast<uint8_t>(tables.strings[at]) & 0xC0) != 0x80;
  };
  return begins_character(ref.offset) && begins_character(end);
}

// The names of a section that is looked up by name: sorted by bytes, each once.
template <typename T>
Fault SortedByName(std::span<const T> records, const Tables& tables) {
  for (size_t i = 1; i < records.size(); ++i) {
    if (tables.text(records[i - 1].name) >= tables.text(records[i].name)) {
      return "names are not sorted, or not unique";
    }
  }
  return nullptr;
}

// How many of the elements before each are bad: then whether a range holds a bad one is one
// subtraction, however many ranges overlap.
class BadCount {
 public:
  template <typename Bad>
  BadCount(size_t size, Bad bad) : before_(size + 1) {
    for (size_t i = 0; i < size; ++i) before_[i + 1] = before_[i] + (bad(i) ? 1 : 0);
  }
  // For ranges that are known to lie in the section.
  bool NoneIn(Range range) const {
    return before_[range.begin] == before_[range.begin + range.count];
  }
  // The same but for the first element: for `bad` that compares an element with the one before it.
  bool NoneBehindFirstOf(Range range) const {
    return range.count == 0 || NoneIn({range.begin + 1, range.count - 1});
  }

 private:
  std::vector<uint32_t> before_;
};

// Ranges that must follow one another and fill a section.
template <typename T>
class Partition {
 public:
  explicit Partition(std::span<const T> section) : section_(section) {}
  bool Next(Range range) {
    if (range.begin != end_ || !InRange(range, section_)) return false;
    end_ += range.count;
    return true;
  }
  bool Full() const { return end_ == section_.size(); }

 private:
  std::span<const T> section_;
  size_t end_ = 0;
};

}  // namespace mcplexer::plan::verify

#endif  // MCPLEXER_RUNTIME_PLAN_VERIFY_CHECKS_H_
