// SPDX-License-Identifier: Apache-2.0
// YAML values to the syntax tree's. The document is flat and a parent stands before its children,
// so going backwards finds each node's children done.

#include <utility>

#include "compiler/yaml/record.h"
#include "compiler/yaml/scalar_type.h"

namespace mcplexer::yaml {
namespace {

using Kind = Node::Kind;
using syntax::Attribute;
using syntax::Value;

Value Scalar(const Context& context, Value::Kind kind, NodeId node) {
  Value value;
  value.kind = kind;
  value.span = context.span(node);
  value.text = std::string(context.document.text(node));
  return value;
}

Value Seconds(const Context& context, NodeId node) {
  Value value = Scalar(context, Value::Kind::kDuration, node);
  if (const std::optional<int64_t> duration = ParseDuration(value.text)) {
    value.number = *duration;
    return value;
  }
  value.number = ParseDigits(value.text).value_or(0) * 1000;
  value.text += 's';
  return value;
}

Value SecretReference(const Context& context, NodeId node) {
  Value name = Scalar(context, Value::Kind::kWord, node);
  name.text = std::string(ParseSecretReference(name.text).value_or(""));
  Value value = Scalar(context, Value::Kind::kCall, node);
  value.text = "secret";
  value.items.push_back(std::move(name));
  return value;
}

Value TextList(const Context& context, NodeId node) {
  Value value;
  value.kind = Value::Kind::kList;
  value.span = context.span(node);
  if (context.document.is_scalar(node)) {
    value.items.push_back(Scalar(context, Value::Kind::kString, node));
    return value;
  }
  for (const NodeId item : context.document.Children(node)) {
    value.items.push_back(Scalar(context, Value::Kind::kString, item));
  }
  return value;
}

Value TextMap(const Context& context, NodeId node) {
  Value value;
  value.kind = Value::Kind::kMap;
  value.span = context.span(node);
  for (const auto& [key, item] : context.document.Entries(node)) {
    value.entries.push_back({context.NameOf(key), Scalar(context, Value::Kind::kString, item)});
  }
  return value;
}

// A map of a section's own keys becomes a map of attributes. How deep that goes is for the table in
// fields.cc to say, not for the input.
Value AttributeMap(const Context& context, const Section& section, NodeId node) {
  Value value;
  value.kind = Value::Kind::kMap;
  value.span = context.span(node);
  for (Attribute& attribute : LowerAttributes(context, section, Record(context, node))) {
    value.entries.push_back({std::move(attribute.key), std::move(attribute.value)});
  }
  return value;
}

Value FreeScalar(const Context& context, NodeId node) {
  const Document& document = context.document;
  if (document.is(node, Kind::kNull)) return Scalar(context, Value::Kind::kNull, node);
  const std::string_view text = document.text(node);
  if (document.is(node, Kind::kPlain)) {
    if (text == "true" || text == "false") {
      Value value = Scalar(context, Value::Kind::kBool, node);
      value.boolean = text == "true";
      return value;
    }
    if (IsJsonNumber(text)) return Scalar(context, Value::Kind::kNumber, node);
  }
  return Scalar(context, Value::Kind::kString, node);
}

}  // namespace

Value LowerFreeValue(const Context& context, NodeId value) {
  const Document& document = context.document;
  const uint32_t first = value.value;
  std::vector<Value> done(document[value].next - first);
  for (uint32_t i = document[value].next; i-- > first;) {
    const NodeId node(i);
    Value& lowered = done[i - first];
    if (document.is(node, Kind::kList)) {
      lowered.kind = Value::Kind::kList;
      lowered.span = context.span(node);
      for (const NodeId item : document.Children(node)) {
        lowered.items.push_back(std::move(done[item.value - first]));
      }
    } else if (document.is(node, Kind::kMap)) {
      lowered.kind = Value::Kind::kMap;
      lowered.span = context.span(node);
      for (const auto& [key, item] : document.Entries(node)) {
        lowered.entries.push_back({context.NameOf(key), std::move(done[item.value - first])});
      }
    } else {
      lowered = FreeScalar(context, node);
    }
  }
  return std::move(done.front());
}

Value LowerValue(const Context& context, const Field& field, NodeId value) {
  switch (field.type) {
    case Type::kString:
    case Type::kText:
    case Type::kCondition:
      return Scalar(context, Value::Kind::kString, value);
    case Type::kName:
    case Type::kReference:
      return Scalar(context, Value::Kind::kWord, value);
    case Type::kWord: {
      Value word = Scalar(context, Value::Kind::kWord, value);
      // `on-failure` is `on_failure` here.
      for (char& c : word.text) c = c == '-' ? '_' : c;
      return word;
    }
    case Type::kBool: {
      Value boolean = Scalar(context, Value::Kind::kBool, value);
      boolean.boolean = boolean.text == "true";
      return boolean;
    }
    case Type::kNumber:
    case Type::kInteger:
      return Scalar(context, Value::Kind::kNumber, value);
    case Type::kSeconds:
      return Seconds(context, value);
    case Type::kSecret:
      return SecretReference(context, value);
    case Type::kStrings:
    case Type::kStringList:
    case Type::kTextList:
    case Type::kCommand:
      return TextList(context, value);
    case Type::kTextMap:
      return TextMap(context, value);
    case Type::kRecord:
      return AttributeMap(context, *field.section, value);
    case Type::kValueList:
    case Type::kValueMap:
    case Type::kRecords:
    case Type::kIgnored:
      return LowerFreeValue(context, value);
  }
  return {};
}

std::vector<Attribute> LowerAttributes(const Context& context, const Section& section,
                                       const Record& record) {
  std::vector<Attribute> attributes;
  for (const auto& [key, value] : record.entries()) {
    const Field* field = section.Find(context.document.text(key));
    if (field == nullptr || field->attribute.empty() || !context.usable[value.index()]) continue;
    Attribute attribute;
    attribute.key = {std::string(field->attribute), context.span(key)};
    attribute.value = LowerValue(context, *field, value);
    attribute.span = {context.file, attribute.key.span.begin, attribute.value.span.end};
    attributes.push_back(std::move(attribute));
  }
  return attributes;
}

}  // namespace mcplexer::yaml
