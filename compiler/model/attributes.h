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
#include "compiler/model/value_check.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

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

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_ATTRIBUTES_H_
