// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/value.h"

#include "runtime/json/decimal.h"

namespace mcplexer::decide {

Value LoadNode(const json::Document& doc, json::NodeId node, std::string& scratch) {
  Value value;
  value.node = node;
  switch (doc.TypeOf(node)) {
    case json::Type::kNull:
      value.kind = Value::Kind::kNull;
      break;
    case json::Type::kTrue:
    case json::Type::kFalse:
      value.kind = Value::Kind::kBool;
      value.boolean = doc.TypeOf(node) == json::Type::kTrue;
      break;
    case json::Type::kNumber:
      value.kind = Value::Kind::kNumber;
      value.text = doc.Raw(node);
      break;
    case json::Type::kString:
      value.kind = Value::Kind::kString;
      value.text = doc.Unescape(node, scratch);
      break;
    case json::Type::kObject:
      value.kind = Value::Kind::kObject;
      break;
    case json::Type::kArray:
      value.kind = Value::Kind::kArray;
      break;
  }
  return value;
}

Value LoadLiteral(plan::LiteralType type, std::string_view text) {
  Value value;
  switch (type) {
    case plan::LiteralType::kString:
      value.kind = Value::Kind::kString;
      value.text = text;
      break;
    case plan::LiteralType::kNumber:
      value.kind = Value::Kind::kNumber;
      value.text = text;
      break;
    case plan::LiteralType::kTrue:
    case plan::LiteralType::kFalse:
      value.kind = Value::Kind::kBool;
      value.boolean = type == plan::LiteralType::kTrue;
      break;
    case plan::LiteralType::kNull:
      value.kind = Value::Kind::kNull;
      break;
  }
  return value;
}

Tri Equal(const Value& a, const Value& b) {
  if (a.kind != b.kind) return Tri::kUnknown;
  switch (a.kind) {
    case Value::Kind::kNull:
      return Tri::kTrue;
    case Value::Kind::kBool:
      return ToTri(a.boolean == b.boolean);
    case Value::Kind::kString:
      return ToTri(a.text == b.text);
    case Value::Kind::kNumber: {
      const auto order = json::CompareNumbers(a.text, b.text);
      return order ? ToTri(*order == std::strong_ordering::equal) : Tri::kUnknown;
    }
    default:
      return Tri::kUnknown;
  }
}

Tri Ordered(plan::Op op, const Value& a, const Value& b) {
  if (a.kind != Value::Kind::kNumber || b.kind != Value::Kind::kNumber) return Tri::kUnknown;
  const auto order = json::CompareNumbers(a.text, b.text);
  if (!order) return Tri::kUnknown;
  switch (op) {
    case plan::Op::kLt:
      return ToTri(*order < 0);
    case plan::Op::kLe:
      return ToTri(*order <= 0);
    case plan::Op::kGt:
      return ToTri(*order > 0);
    default:
      return ToTri(*order >= 0);
  }
}

}  // namespace mcplexer::decide
