// SPDX-License-Identifier: Apache-2.0
// A JSON value as conditions see it: a tree, with numbers kept as text.

#ifndef MCPLEXER_COMPILER_REFERENCE_VALUE_H_
#define MCPLEXER_COMPILER_REFERENCE_VALUE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::reference {

struct JsonMember;

struct JsonValue {
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };
  Type type = Type::kNull;
  bool boolean = false;
  std::string text;  // string: unescaped; number: as written
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;

  const JsonValue* Find(std::string_view key) const;
};

struct JsonMember {
  std::string key;
  JsonValue value;
};

// nullopt for what is not strict JSON: malformed, invalid UTF-8, a key twice in one object, nested
// deeper than 128.
std::optional<JsonValue> ParseJson(std::string_view text);

// How two JSON numbers compare, exactly: less than, equal to or greater than 0. nullopt when an
// exponent is too large to say.
std::optional<int> CompareDecimals(std::string_view a, std::string_view b);

// Unicode code points in well-formed UTF-8.
size_t CodePoints(std::string_view text);

}  // namespace mcplexer::reference

#endif  // MCPLEXER_COMPILER_REFERENCE_VALUE_H_
