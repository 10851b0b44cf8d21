// SPDX-License-Identifier: Apache-2.0
// A value against one row of a table of attributes.

#ifndef MCPLEXER_COMPILER_MODEL_VALUE_CHECK_H_
#define MCPLEXER_COMPILER_MODEL_VALUE_CHECK_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

enum class ValueType : uint8_t {
  kText,       // a string, possibly empty
  kNonEmpty,   // a string with something in it
  kDirectory,  // a string that ParseRoot takes
  kTexts,      // a list of strings
  kCommand,    // a list of strings, the first of them not empty
  kTextMap,    // a map from keys to strings
  kDuration,   // low..high milliseconds
  kInteger,    // low..high
  kBool,
  kWord,    // one of `words`, bare or quoted
  kNames,   // a list of names, bare or quoted
  kName,    // a name, bare or quoted
  kSecret,  // secret(NAME)
  kMap,     // a map that the declaration's own code reads
};

enum class Presence : uint8_t { kOptional, kRequired };

struct KeySpec {
  std::string_view key;
  ValueType type = ValueType::kText;
  Presence presence = Presence::kOptional;
  int64_t low = 0;
  int64_t high = 0;
  std::span<const std::string_view> words = {};
};

// False after reporting everything that is wrong with the value (E0108; S0605 for a literal where a
// secret belongs; E0109 for a key that a map holds twice).
bool CheckValue(const KeySpec& spec, const syntax::Value& value, Reporter& reporter);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_VALUE_CHECK_H_
