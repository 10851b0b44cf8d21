// SPDX-License-Identifier: Apache-2.0
// Every key that a YAML policy may hold, with its type: the one list that checking, lowering and
// the comparison with schemas/policy.schema.json go by.

#ifndef MCPLEXER_COMPILER_YAML_FIELDS_H_
#define MCPLEXER_COMPILER_YAML_FIELDS_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace mcplexer::yaml {

enum class Type : uint8_t {
  kString,      // a text, not empty; a plain scalar is one whatever it looks like
  kText,        // a text that may be empty
  kName,        // what a declaration is called: letters, digits, `_` and `-`
  kReference,   // such a name of something else
  kWord,        // one of `words`
  kBool,        // plain `true` or `false`; `yes`, `on` and their like are texts
  kNumber,      // plain decimal digits; no sign, no leading zero, no 1_000, 0x10 or 1e3
  kInteger,     // the same with a `-` in front, if it is less than 0
  kSeconds,     // a kNumber, or a duration such as `250ms`
  kStrings,     // a kString or a list of them, not empty: an empty one could read as "any"
  kStringList,  // a list of kString
  kTextList,    // a list of kText
  kCommand,     // a list of kString, not empty
  kTextMap,     // a map of kText
  kValueList,   // a list of anything JSON can say
  kValueMap,    // a map of the same
  kSecret,      // `${secret(NAME)}`, nothing else
  kCondition,   // a text in the language of conditions
  kRecord,      // a map with the keys of `section`
  kRecords,     // a list of such
  kIgnored,     // anything; W0211
};

struct Section;

struct Field {
  std::string_view key;
  Type type = Type::kString;
  // The attribute of the .plex declaration that it becomes as it stands. Empty: the section's
  // lowering deals with the key.
  std::string_view attribute = {};
  bool required = false;
  std::span<const std::string_view> words = {};
  const Section* section = nullptr;
};

struct Section {
  std::string_view noun;  // "workspace", for messages and the schema's $defs
  std::span<const Field> fields;

  // Null if there is no such key.
  const Field* Find(std::string_view key) const;
};

// The top level of a document.
const Section& RootSection();

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_FIELDS_H_
