// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "tests/unit/inventory/built.h"

namespace mcplexer::inventory {
namespace {

Inventory With(const std::string& tools) {
  Inventory inventory;
  inventory.Set(BuiltServer("s", tools));
  return inventory;
}

std::string Report(const Inventory& before, const Inventory& after) {
  std::string out;
  for (const Change& change : Compare(before, after)) {
    out += ChangeText(change);
    EXPECT_TRUE(nlohmann::json::accept(ChangeJson(change))) << ChangeJson(change);
  }
  return out;
}

TEST(DriftTest, NothingChanged) {
  EXPECT_EQ(Report(With(R"([{"name":"a","n":1.0}])"), With(R"([{"n":1,"name":"a"}])")), "");
}

TEST(DriftTest, TheWorstComesFirst) {
  EXPECT_EQ(
      Report(With(R"([{"name":"a","description":"Reads a file.","inputSchema":{"type":"object"}},
                      {"name":"b","annotations":{"readOnlyHint":true}},{"name":"gone"},
                      {"name":"c","title":"C"}])"),
             With(R"([{"name":"a","description":"Reads any file.","inputSchema":{"type":"string"}},
                      {"name":"b","annotations":{"readOnlyHint":false,"destructiveHint":true}},
                      {"name":"added"},{"name":"c","title":"D"}])")),
      "[effect] s: tool `b`: `annotations` changed\n"
      "    readOnlyHint: true -> false\n"
      "    destructiveHint: added true\n"
      "[text] s: tool `a`: `description` changed\n"
      "    Reads [-a-] {+any+} file.\n"
      "[text] s: tool `c`: `title` changed\n"
      "    [-C-] {+D+}\n"
      "[added] s: tool `added` added\n"
      "[removed] s: tool `gone` removed\n"
      "[shape] s: tool `a`: `inputSchema` changed\n"
      "    type: [-object-] {+string+}\n");
}

TEST(DriftTest, SaysWhatATextHides) {
  EXPECT_EQ(Report(With(R"([{"name":"a","description":"Adds."}])"),
                   With(R"([{"name":"a","description":"Adds.\u200b\u202e"}])")),
            "[text] s: tool `a`: `description` changed\n"
            "    [-Adds.-] {+Adds.\\u{200b}\\u{202e}+}\n");
}

TEST(DriftTest, TextInASchemaIsText) {
  const std::string before =
      R"([{"name":"a","inputSchema":{"properties":{"x":{"description":"one","type":"string"}}}}])";
  const auto after = [](const std::string& x) {
    return With(R"([{"name":"a","inputSchema":{"properties":{"x":)" + x + "}}}]");
  };
  const auto risk = [&](const std::string& x) {
    const auto changes = Compare(With(before), after(x));
    EXPECT_EQ(changes.size(), 1u);
    return changes.at(0).risk;
  };
  EXPECT_EQ(risk(R"({"description":"two","type":"string"})"), Risk::kText);
  EXPECT_EQ(risk(R"({"description":"one","type":"number"})"), Risk::kShape);
  EXPECT_EQ(risk(R"({"description":"one","type":"string"},"y":{"description":"z"})"), Risk::kText);
}

TEST(DriftTest, PathsArePointers) {
  const auto changes =
      Compare(With(R"([{"name":"a","inputSchema":{"properties":{"x/y":{"enum":["1"]}},"k":1}}])"),
              With(R"([{"name":"a","inputSchema":{"properties":{"x/y":{"enum":["1","2"]}}}}])"));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(ChangeText(changes[0]),
            "[shape] s: tool `a`: `inputSchema` changed\n"
            "    k: removed 1\n"
            "    properties/x~1y/enum: [\"1\"] -> [\"1\",\"2\"]\n");
  EXPECT_EQ(ChangeJson(changes[0]),
            R"({"risk":"shape","change":"changed","server":"s","kind":"tool","item":"a",)"
            R"("member":"inputSchema","differences":[{"path":"/k","before":1},)"
            R"({"path":"/properties/x~1y/enum","before":["1"],"after":["1","2"]}]})"
            "\n");
}

TEST(DriftTest, ServersComeAndGoAndSpeak) {
  Inventory before = With("[]");
  before.Set(BuiltServer("old", R"([{"name":"x"}])"));
  Inventory after = With("[]");
  after.Set(BuiltServer("new", "[]"));
  after.servers.back().instructions = "Obey";
  after.servers.back().info = R"({"name":"test","version":"2.0"})";
  EXPECT_EQ(Report(before, after),
            "[text] s: `instructions` changed\n"
            "    {+Obey+}\n"
            "[added] new: server added\n"
            "[removed] old: server removed\n"
            "[other] s: `serverInfo` changed\n"
            "    version: [-1.0-] {+2.0+}\n");
}

TEST(DriftTest, OnlyMoreDangerIsAnEffect) {
  const auto tool = [](const std::string& annotations) {
    return With(R"([{"name":"a","annotations":)" + annotations + "}]");
  };
  const std::string kSafe = R"({"readOnlyHint":true})";
  const std::string kAdds = R"({"destructiveHint":false})";
  const std::string kDestroys = R"({"destructiveHint":true})";
  const auto risk = [&](const std::string& before, const std::string& after) {
    return Compare(tool(before), tool(after)).at(0).risk;
  };
  EXPECT_EQ(risk(kSafe, kAdds), Risk::kEffect);
  EXPECT_EQ(risk(kSafe, "{}"), Risk::kEffect);
  EXPECT_EQ(risk(kAdds, "{}"), Risk::kEffect);
  EXPECT_EQ(risk(kAdds, kDestroys), Risk::kEffect);
  EXPECT_EQ(risk(kDestroys, kSafe), Risk::kOther);
  EXPECT_EQ(risk("{}", kSafe), Risk::kOther);
  EXPECT_EQ(risk(kSafe, R"({"readOnlyHint":true,"destructiveHint":true})"), Risk::kOther);
}

// Compare finds nothing exactly when the digests agree, and applying nothing else than the
// differences explains all of the change.
TEST(DriftTest, ADifferenceIsThereExactlyWhenTheValuesDiffer) {
  std::mt19937 random(5);
  const auto value = [&](auto&& self, int depth) -> nlohmann::json {
    switch (random() % (depth > 0 ? 5u : 3u)) {
      case 0:
        return random() % 3;
      case 1:
        return std::string(random() % 2, 'x');
      case 2:
        return nullptr;
      case 3: {
        auto list = nlohmann::json::array();
        for (auto i = random() % 3; i > 0; --i) list.push_back(self(self, depth - 1));
        return list;
      }
      default: {
        auto object = nlohmann::json::object();
        for (auto i = random() % 3; i > 0; --i) {
          object[std::string(1, static_cast<char>('a' + random() % 3))] = self(self, depth - 1);
        }
        return object;
      }
    }
  };
  for (int round = 0; round < 5'000; ++round) {
    // nlohmann writes these values in canonical form.
    nlohmann::json before = value(value, 3);
    const nlohmann::json after = value(value, 3);
    const auto differences = DiffJson(before.dump(), after.dump());
    EXPECT_EQ(differences.empty(), before == after);
    for (const Difference& difference : differences) {
      nlohmann::json patch = {{{"op", !difference.before  ? "add"
                                      : !difference.after ? "remove"
                                                          : "replace"},
                               {"path", difference.path}}};
      if (difference.after) patch[0]["value"] = nlohmann::json::parse(*difference.after);
      before = before.patch(patch);
    }
    EXPECT_EQ(before, after);
  }
}

}  // namespace
}  // namespace mcplexer::inventory
