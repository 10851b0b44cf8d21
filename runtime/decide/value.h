// SPDX-License-Identifier: Apache-2.0
// The value of an operand of a condition, and how two of them compare.

#ifndef MCPLEXER_RUNTIME_DECIDE_VALUE_H_
#define MCPLEXER_RUNTIME_DECIDE_VALUE_H_

#include <string>
#include <string_view>

#include "runtime/decide/tri.h"
#include "runtime/json/document.h"
#include "runtime/plan/format.h"

namespace mcplexer::decide {

struct Value {
  enum class Kind : uint8_t {
    kMissing,  // what `optional` forgives
    kBroken,   // cannot be evaluated, `optional` or not
    kNull,
    kBool,
    kNumber,  // text: as JSON writes it
    kString,  // text: unescaped UTF-8
    kArray,   // node
    kObject,
    kGroups,  // the names of the principal's groups, an array that is no JSON
  };

  Kind kind = Kind::kMissing;
  bool boolean = false;
  std::string_view text;
  json::NodeId node;

  bool exists() const { return kind != Kind::kMissing && kind != Kind::kBroken; }
};

// The JSON value at a node. A string with escapes is unescaped into `scratch`.
Value LoadNode(const json::Document& doc, json::NodeId node, std::string& scratch);

Value LoadLiteral(plan::LiteralType type, std::string_view text);

// `==` between values: unknown unless both are null, both bool, both numbers that can be compared
// exactly, or both strings.
Tri Equal(const Value& a, const Value& b);

// `<`, `<=`, `>`, `>=`: unknown unless both are numbers that can be compared exactly.
Tri Ordered(plan::Op op, const Value& a, const Value& b);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_VALUE_H_
