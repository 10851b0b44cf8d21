// SPDX-License-Identifier: Apache-2.0
// What a tool's `inputSchema` (JSON Schema 2020-12) says of one argument. Only what follows without
// doubt is said: references into the same document are followed, alternatives are united, and
// whatever is not understood (other references, patternProperties, conditionals, `not`) means that
// anything is possible.

#ifndef MCPLEXER_COMPILER_ANALYSIS_INPUT_SCHEMA_H_
#define MCPLEXER_COMPILER_ANALYSIS_INPUT_SCHEMA_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/inventory/inventory.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

// The types of JSON, as bits.
enum TypeBits : uint8_t {
  kNullBit = 1,
  kBooleanBit = 2,
  kNumberBit = 4,
  kStringBit = 8,
  kArrayBit = 16,
  kObjectBit = 32,
  kEveryType = 63,
};

struct Argument {
  enum class Kind : uint8_t {
    kUnknown,     // anything is possible
    kUndeclared,  // the schema lists properties, and not this one
    kDeclared,
  };
  Kind kind = Kind::kUnknown;
  size_t step = 0;                    // kUndeclared: the step that the schema does not know
  std::vector<std::string> siblings;  // kUndeclared: what it knows instead
  bool refused = false;               // kUndeclared: and refuses others
  // kDeclared:
  uint8_t types = kEveryType;
  std::optional<std::vector<nlohmann::json>> values;  // all there are, where the schema lists them
  bool required = false;  // each step is a key that its object must have
};

class InputSchema {
 public:
  explicit InputSchema(const inventory::Item& tool);
  Argument Find(const std::vector<syntax::PathStep>& path) const;

 private:
  using Json = nlohmann::json;

  // The schemas that together allow what `schema` allows: references followed, alternatives taken
  // apart. nullopt when that cannot be said.
  std::optional<std::vector<const Json*>> Alternatives(const Json& schema) const;
  const Json* Resolve(const std::string& reference) const;

  Json root_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_INPUT_SCHEMA_H_
