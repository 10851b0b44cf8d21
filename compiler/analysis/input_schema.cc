// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/input_schema.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace mcplexer::analysis {
namespace {

using Json = nlohmann::json;

// Schemas that one argument is looked for in. Generated ones have unions of some dozen.
constexpr size_t kMostAlternatives = 200;

// With one of these, what `properties`, `type` and `enum` say is not all.
bool IsBeyondUs(const Json& schema) {
  static constexpr std::array<const char*, 9> kKeys = {"allOf",
                                                       "not",
                                                       "if",
                                                       "patternProperties",
                                                       "propertyNames",
                                                       "dependentSchemas",
                                                       "unevaluatedProperties",
                                                       "$dynamicRef",
                                                       "$recursiveRef"};
  return std::ranges::any_of(kKeys, [&](const char* key) { return schema.contains(key); });
}

uint8_t BitOf(const std::string& type) {
  static const std::vector<std::pair<std::string, uint8_t>> kTypes = {
      {"null", kNullBit},      {"boolean", kBooleanBit}, {"number", kNumberBit},
      {"integer", kNumberBit}, {"string", kStringBit},   {"array", kArrayBit},
      {"object", kObjectBit}};
  const auto at = std::ranges::find(kTypes, type, &std::pair<std::string, uint8_t>::first);
  return at == kTypes.end() ? uint8_t{kEveryType} : at->second;
}

uint8_t BitOf(const Json& value) {
  return value.is_null()      ? kNullBit
         : value.is_boolean() ? kBooleanBit
         : value.is_number()  ? kNumberBit
         : value.is_string()  ? kStringBit
         : value.is_array()   ? kArrayBit
                              : kObjectBit;
}

// The values that a schema lists.
std::optional<std::vector<Json>> ValuesOf(const Json& schema) {
  if (schema.contains("const")) return std::vector<Json>{schema["const"]};
  if (!schema.contains("enum") || !schema["enum"].is_array()) return std::nullopt;
  return schema["enum"].get<std::vector<Json>>();
}

uint8_t TypesOf(const Json& schema) {
  uint8_t types = 0;
  if (const auto values = ValuesOf(schema)) {
    for (const Json& value : *values) types |= BitOf(value);
    return types;
  }
  const auto type = schema.find("type");
  if (type == schema.end()) return kEveryType;
  if (type->is_string()) return BitOf(type->get<std::string>());
  if (!type->is_array()) return kEveryType;
  for (const Json& one : *type) {
    if (!one.is_string()) return kEveryType;
    types |= BitOf(one.get<std::string>());
  }
  return types;
}

// A step of a JSON pointer (RFC 6901).
std::string Unescaped(std::string_view step) {
  std::string key;
  for (size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    key += !escape ? step[i] : step[i + 1] == '1' ? '/' : '~';
    i += escape ? 1 : 0;
  }
  return key;
}

bool Requires(const Json& schema, const std::string& key) {
  const auto required = schema.find("required");
  return required != schema.end() && required->is_array() &&
         std::ranges::find(*required, Json(key)) != required->end();
}

}  // namespace

InputSchema::InputSchema(const inventory::Item& tool) {
  // Canonical, so it parses, and nested no deeper than messages may be.
  const Json definition = Json::parse(tool.definition, nullptr, false);
  if (definition.is_object()) root_ = definition.value("inputSchema", Json());
}

const nlohmann::json* InputSchema::Resolve(const std::string& reference) const {
  if (reference == "#") return &root_;
  if (!reference.starts_with("#/") || reference.find('%') != std::string::npos) return nullptr;
  const Json* at = &root_;
  for (size_t begin = 2; begin <= reference.size();) {
    const size_t end = std::min(reference.find('/', begin), reference.size());
    const std::string key = Unescaped(std::string_view(reference).substr(begin, end - begin));
    if (!at->is_object() || !at->contains(key)) return nullptr;
    at = &(*at)[key];
    begin = end + 1;
  }
  return at;
}

std::optional<std::vector<const nlohmann::json*>> InputSchema::Alternatives(
    const Json& schema) const {
  std::vector<const Json*> found;
  std::vector<const Json*> stack = {&schema};
  std::set<const Json*> seen;
  while (!stack.empty()) {
    const Json* at = stack.back();
    stack.pop_back();
    if (!seen.insert(at).second) continue;  // a reference to itself adds nothing
    if (seen.size() > kMostAlternatives) return std::nullopt;
    if (at->is_boolean() && !at->get<bool>()) continue;  // allows nothing
    if (!at->is_object() || IsBeyondUs(*at)) return std::nullopt;
    const char* among = at->contains("anyOf") ? "anyOf" : at->contains("oneOf") ? "oneOf" : nullptr;
    const bool refers = at->contains("$ref");
    const bool plain = at->contains("properties") || at->contains("type") || at->contains("enum") ||
                       at->contains("const") || at->contains("items");
    if (int{among != nullptr} + int{refers} + int{plain} > 1 ||
        (at->contains("anyOf") && at->contains("oneOf"))) {
      return std::nullopt;  // both must hold
    }
    if (refers) {
      if (!(*at)["$ref"].is_string()) return std::nullopt;
      const Json* target = Resolve((*at)["$ref"].get<std::string>());
      if (target == nullptr) return std::nullopt;
      stack.push_back(target);
    } else if (among != nullptr) {
      if (!(*at)[among].is_array()) return std::nullopt;
      for (const Json& one : (*at)[among]) stack.push_back(&one);
    } else {
      found.push_back(at);
    }
  }
  return found;
}

Argument InputSchema::Find(const std::vector<syntax::PathStep>& path) const {
  Argument unknown;
  auto schemas = Alternatives(root_);
  if (!schemas || schemas->empty()) return unknown;
  bool required = true;
  for (size_t step = 0; step < path.size(); ++step) {
    std::vector<const Json*> next;
    std::set<std::string> siblings;
    bool refused = true;
    for (const Json* schema : *schemas) {
      if (path[step].kind != syntax::PathStep::Kind::kKey) {
        required = false;
        if ((TypesOf(*schema) & kArrayBit) == 0) continue;
        const auto items = schema->find("items");
        if (items == schema->end() || schema->contains("prefixItems")) return unknown;
        next.push_back(&*items);
        continue;
      }
      if ((TypesOf(*schema) & kObjectBit) == 0) continue;
      const auto properties = schema->find("properties");
      if (properties == schema->end() || !properties->is_object()) return unknown;
      required = required && Requires(*schema, path[step].key);
      if (const auto property = properties->find(path[step].key); property != properties->end()) {
        next.push_back(&*property);
        continue;
      }
      const auto others = schema->find("additionalProperties");
      if (others != schema->end() && others->is_object()) return unknown;
      refused = refused && others != schema->end() && *others == false;
      for (const auto& [key, value] : properties->items()) siblings.insert(key);
    }
    if (next.empty()) {
      Argument argument;
      argument.kind = Argument::Kind::kUndeclared;
      argument.step = step;
      argument.refused = refused;
      argument.siblings.assign(siblings.begin(), siblings.end());
      return argument;
    }
    std::vector<const Json*> united;
    for (const Json* one : next) {
      const auto alternatives = Alternatives(*one);
      if (!alternatives) {
        // Declared; nothing more can be said of it, or of what is in it.
        if (step + 1 < path.size()) return unknown;
        Argument argument;
        argument.kind = Argument::Kind::kDeclared;
        argument.required = required;
        return argument;
      }
      united.insert(united.end(), alternatives->begin(), alternatives->end());
    }
    if (united.size() > kMostAlternatives) return unknown;
    schemas = std::move(united);
  }
  Argument argument;
  argument.kind = Argument::Kind::kDeclared;
  argument.required = required;
  argument.types = 0;
  argument.values.emplace();
  for (const Json* schema : *schemas) {
    argument.types |= TypesOf(*schema);
    const auto values = ValuesOf(*schema);
    if (!values) {
      argument.values.reset();
    } else if (argument.values) {
      argument.values->insert(argument.values->end(), values->begin(), values->end());
    }
    if (!argument.values && argument.types == kEveryType) break;
  }
  return argument;
}

}  // namespace mcplexer::analysis
