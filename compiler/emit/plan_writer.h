// SPDX-License-Identifier: Apache-2.0
// Writing a plan's bytes: sections are filled record by record, then laid out and sealed. What the
// records mean is docs/plan-format.md; nothing here checks that, the reader does.

#ifndef MCPLEXER_COMPILER_EMIT_PLAN_WRITER_H_
#define MCPLEXER_COMPILER_EMIT_PLAN_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "runtime/plan/format.h"

namespace mcplexer::emit {

// The sections of one plan in the making. Not thread-safe. The same calls in the same order give
// the same sections.
struct PlanSections {
  std::string strings;
#define SECTION(id, name, record) std::vector<record> name;
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"

  // The text's place in `strings`, appended the first time it is seen. The text must be UTF-8: the
  // reader refuses a plan that holds anything else.
  plan::StringRef Intern(std::string_view text);
  // The place that was given for a table of this content in the same section before; else `place`,
  // which is remembered for it: then the caller writes the table there. The content is whatever
  // tells the tables of a section apart.
  uint32_t Share(plan::SectionId section, const std::string& content, uint32_t place);

 private:
  std::unordered_map<std::string, plan::StringRef> interned_;
  std::map<plan::SectionId, std::unordered_map<std::string, uint32_t>> shared_;
};

// The number that the next record of a section will have.
template <typename T>
uint32_t Size(const std::vector<T>& section) {
  return static_cast<uint32_t>(section.size());
}

// What some records hold, for PlanSections::Share.
template <typename T>
std::string ContentOf(std::span<const T> records) {
  static_assert(std::has_unique_object_representations_v<T>);
  const auto bytes = std::as_bytes(records);
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// Header, section table and sections, padded with zeros; unsigned. The same sections give the same
// bytes.
std::vector<std::byte> Serialize(const PlanSections& sections, const plan::Digest& source_digest);

// Signs a serialized plan in place. `secret_key` is libsodium's form of an Ed25519 secret key:
// seed, then public key.
void Sign(std::span<std::byte> plan, std::span<const uint8_t, 64> secret_key);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_PLAN_WRITER_H_
