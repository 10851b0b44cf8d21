// SPDX-License-Identifier: Apache-2.0
// schemas/policy.schema.json says what fields.cc says: the same keys in the same places, the same
// of them required, the same words and kinds of values.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/yaml/fields.h"

namespace mcplexer::yaml {
namespace {

using nlohmann::json;

json LoadSchema() {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/schemas/policy.schema.json");
  EXPECT_TRUE(file) << "run by ctest, or from the source directory";
  return json::parse(file);
}

std::string Ref(const json& schema) {
  const std::string prefix = "#/$defs/";
  const std::string ref = schema.value("$ref", "");
  return ref.starts_with(prefix) ? ref.substr(prefix.size()) : "";
}

const json kTextTypes = {"string", "number", "boolean"};

// Whether `schema` describes values of the field's type.
bool Describes(const json& schema, const Field& field) {
  const json type = schema.value("type", json());
  const json items = schema.value("items", json());
  const std::string section = field.section == nullptr ? "" : std::string(field.section->noun);
  switch (field.type) {
    case Type::kString:
    case Type::kReference:
      return type == "string" && schema.value("minLength", 0) == 1;
    case Type::kText:
      return type == "string" && !schema.contains("minLength");
    case Type::kName:
      return Ref(schema) == "name";
    case Type::kWord:
      return schema.value("enum", json()) ==
             json(std::vector<std::string>(field.words.begin(), field.words.end()));
    case Type::kBool:
      return type == "boolean";
    case Type::kInteger:
      return type == "integer" && schema.value("minimum", json()) == -999'999'999'999'999 &&
             schema.value("maximum", json()) == 999'999'999'999'999;
    case Type::kSeconds:
      return Ref(schema) == "seconds";
    case Type::kNumber:
      return type == "integer" && schema.value("minimum", -1) == 0 &&
             schema.value("maximum", json()) == 999'999'999'999'999;
    case Type::kStrings:
      return Ref(schema) == "strings";
    case Type::kStringList:
      return type == "array" && items.value("type", json()) == "string" &&
             items.value("minLength", 0) == 1 && !schema.contains("minItems");
    case Type::kTextList:
      return type == "array" && items.value("type", json()) == kTextTypes;
    case Type::kCommand:
      return type == "array" && items.value("type", json()) == "string" &&
             schema.value("minItems", 0) == 1;
    case Type::kTextMap:
      return type == "object" && schema["additionalProperties"].value("type", json()) == kTextTypes;
    case Type::kValueList:
      return type == "array" && items == true;
    case Type::kValueMap:
      return type == "object" && !schema.contains("additionalProperties");
    case Type::kSecret:
      return Ref(schema) == "secret_reference";
    case Type::kCondition:
      return Ref(schema) == "condition";
    case Type::kRecord:
      return Ref(schema) == section;
    case Type::kRecords:
      return type == "array" && Ref(items) == section;
    case Type::kIgnored:
      return !schema.contains("type") && schema.value("deprecated", false);
  }
  return false;
}

TEST(SchemaTest, SchemaAndTableOfKeysAreTheSame) {
  const json schema = LoadSchema();
  const json& defs = schema.at("$defs");
  std::vector<std::pair<const Section*, const json*>> pending = {{&RootSection(), &schema}};
  std::set<std::string> seen;
  while (!pending.empty()) {
    const auto [section, object] = pending.back();
    pending.pop_back();
    SCOPED_TRACE(section->noun);
    EXPECT_EQ(object->at("type"), "object");
    EXPECT_EQ(object->at("additionalProperties"), false);
    std::set<std::string> keys;
    std::set<std::string> required;
    for (const Field& field : section->fields) {
      keys.emplace(field.key);
      if (field.required) required.emplace(field.key);
      const std::string key(field.key);
      ASSERT_TRUE(object->at("properties").contains(key)) << key << " is not in the schema";
      EXPECT_TRUE(Describes(object->at("properties").at(key), field)) << key;
      if (field.section == nullptr || !seen.emplace(field.section->noun).second) continue;
      pending.emplace_back(field.section, &defs.at(std::string(field.section->noun)));
    }
    for (const auto& [key, unused] : object->at("properties").items()) {
      EXPECT_TRUE(keys.contains(key)) << key << " is not in the table";
    }
    EXPECT_EQ(object->value("required", json::array()).get<std::set<std::string>>(), required);
  }
  // Nothing in the schema is out of reach of the comparison.
  for (const auto& [name, unused] : defs.items()) {
    if (name == "name" || name == "strings" || name == "seconds" || name == "condition" ||
        name == "secret_reference") {
      continue;
    }
    EXPECT_TRUE(seen.contains(name)) << name;
  }
}

TEST(SchemaTest, NoKeyIsListedTwice) {
  std::vector<const Section*> pending = {&RootSection()};
  size_t sections = 0;
  while (!pending.empty()) {
    const Section* section = pending.back();
    pending.pop_back();
    ++sections;
    std::set<std::string_view> keys;
    for (const Field& field : section->fields) {
      EXPECT_TRUE(keys.insert(field.key).second) << field.key;
      EXPECT_EQ(section->Find(field.key), &field);
      EXPECT_EQ(field.type == Type::kWord, !field.words.empty()) << field.key;
      if (field.section != nullptr) pending.push_back(field.section);
    }
  }
  EXPECT_EQ(sections, 17u);
}

}  // namespace
}  // namespace mcplexer::yaml
