// SPDX-License-Identifier: Apache-2.0
// The attributes of declarations. What each kind of declaration may hold is one table; everything
// about keys and types (unknown, twice, wrong type, out of range, missing) is checked here against
// it, so the code that builds the policy reads only attributes that are right.

#ifndef MCPLEXER_COMPILER_MODEL_ATTRIBUTES_H_
#define MCPLEXER_COMPILER_MODEL_ATTRIBUTES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/policy.h"
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

struct AttributeTable {
  std::string_view what;  // "server", for messages
  std::span<const KeySpec> keys;
};

// The attributes of one declaration that are right, by key.
class Attributes {
 public:
  // Null when the attribute is absent or was reported.
  const syntax::Value* Find(std::string_view key) const;
  // Whether the key was written at all, right or wrong.
  bool Written(std::string_view key) const { return written_.find(key) != written_.end(); }
  Span KeySpan(std::string_view key) const { return written_.find(key)->second; }

  // The value of an attribute, or a default. Texts come with `$${` undone.
  std::string Text(std::string_view key) const;
  std::vector<std::string> Texts(std::string_view key) const;
  KeyValues TextMap(std::string_view key) const;  // sorted by key
  int64_t Number(std::string_view key, int64_t otherwise) const;
  bool Bool(std::string_view key, bool otherwise) const;
  // The position of the word in the table's list.
  template <typename Enum>
  Enum Word(std::string_view key, std::span<const std::string_view> words, Enum otherwise) const {
    const syntax::Value* value = Find(key);
    if (value == nullptr) return otherwise;
    size_t at = 0;
    while (words[at] != value->text) ++at;  // the check has found it
    return static_cast<Enum>(at);
  }

 private:
  friend Attributes ReadAttributes(const std::vector<syntax::Attribute>&, const AttributeTable&,
                                   const syntax::Name&, Reporter&);
  std::map<std::string, const syntax::Value*, std::less<>> valid_;
  std::map<std::string, Span, std::less<>> written_;
};

// Checks all attributes but those of `set`. Keys reported: E0107 unknown, E0108 wrong type or out
// of range, E0109 twice, E0110 missing, E0112 `set` (only scopes have it, and take theirs out
// before). The result refers to `attributes`.
Attributes ReadAttributes(const std::vector<syntax::Attribute>& attributes,
                          const AttributeTable& table, const syntax::Name& declaration,
                          Reporter& reporter);

// Reports E0109 for a key of a map, or an attribute, that stands there twice.
void CheckMapKeys(const syntax::Value& map, Reporter& reporter);

// Whether a string is a directory (ParseRoot), reported otherwise at the place of the mistake.
bool CheckDirectory(const syntax::Value& value, Reporter& reporter);

// A value that must be a string without `${...}`: its text with `$${` undone. Reported otherwise.
std::optional<std::string> PlainText(const syntax::Value& value, Reporter& reporter);

// `text` with `$${` undone, for texts that were checked.
std::string Unescaped(std::string_view text);

// The name in `secret(NAME)`, or nothing after reporting.
std::optional<syntax::Name> SecretReference(const syntax::Value& value, Reporter& reporter);

// How messages call a kind of value: "a string".
std::string_view Describe(syntax::Value::Kind kind);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_ATTRIBUTES_H_
