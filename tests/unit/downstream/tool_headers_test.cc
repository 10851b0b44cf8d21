// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/tool_headers.h"

#include <gtest/gtest.h>

#include <string>

namespace mcplexer::downstream {
namespace {

class ToolHeadersTest : public testing::Test {
 protected:
  std::string Note(const std::string& schema) {
    const std::string tool = R"({"name":"t","inputSchema":)" + schema + "}";
    json::Document doc;
    EXPECT_TRUE(doc.Parse(tool));
    return std::string(headers_.Note(doc, doc.Root()));
  }
  std::string Fields(const std::string& arguments, const std::string& tool = "t") {
    json::Document doc;
    EXPECT_TRUE(doc.Parse(arguments));
    return headers_.Fields(tool, doc, doc.Root());
  }

  ToolHeaders headers_;
};

TEST_F(ToolHeadersTest, ValuesAreSaidInHeaders) {
  EXPECT_EQ(
      Note(R"({"type":"object","properties":{)"
           R"("region":{"type":"string","x-mcp-header":"Region"},)"
           R"("n":{"type":"integer","x-mcp-header":"N"},)"
           R"("in":{"type":"object","properties":{"b":{"type":"boolean","x-mcp-header":"B"}}},)"
           R"("x-mcp-header":{"type":"string"}}})"),
      "");
  EXPECT_EQ(Fields(R"({"region":"us-west1","n":-7,"in":{"b":true},"x-mcp-header":"y"})"),
            "Mcp-Param-Region: us-west1\r\nMcp-Param-N: -7\r\nMcp-Param-B: true\r\n");
  EXPECT_EQ(Fields(R"({"region":"a\r\nb: c","n":null,"in":[]})"),
            "Mcp-Param-Region: =?base64?YQ0KYjogYw==?=\r\n");
  EXPECT_EQ(Fields(R"({"region":{"a":1}})"), "");
  EXPECT_EQ(Fields(R"({"region":"x"})", "other"), "");
  EXPECT_EQ(Note(R"({"type":"object"})"), "");
  EXPECT_EQ(Fields(R"({"region":"x"})"), "");
}

TEST_F(ToolHeadersTest, WhatIsNotRightMakesTheToolUnusable) {
  const auto property = [](const std::string& schema) {
    return R"({"type":"object","properties":{"a":)" + schema + "}}";
  };
  for (const std::string& schema : std::vector<std::string>{
           R"({"type":"object","x-mcp-header":"A"})",
           property(R"({"type":"string","x-mcp-header":""})"),
           property(R"({"type":"string","x-mcp-header":"a b"})"),
           property(R"({"type":"string","x-mcp-header":"a\r\nb"})"),
           property(R"({"type":"string","x-mcp-header":1})"),
           property(R"({"type":"number","x-mcp-header":"A"})"),
           property(R"({"type":["string"],"x-mcp-header":"A"})"),
           property(R"({"type":"array","items":{"type":"string","x-mcp-header":"A"}})"),
           property(R"({"oneOf":[{"type":"string","x-mcp-header":"A"}]})"),
           R"({"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},)"
           R"("b":{"type":"string","x-mcp-header":"a"}}})",
           R"({"$defs":{"d":{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}}})"}) {
    EXPECT_NE(Note(schema), "") << schema;
    EXPECT_EQ(Fields(R"({"a":"x"})"), "");
  }
  EXPECT_EQ(Note(property(R"({"type":"object","default":{"x-mcp-header":"no schema"}})")), "");
}

}  // namespace
}  // namespace mcplexer::downstream
