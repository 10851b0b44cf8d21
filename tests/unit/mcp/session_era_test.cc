// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class SessionEraTest : public GatewayTest {};

const std::string kTasks = R"("tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}},)";

std::string Initialize(const std::string& version) {
  return R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
         version + R"(","capabilities":{},"clientInfo":{"name":"c","version":"1"}}})";
}

TEST_F(SessionEraTest, AnswersInitializeItselfWithTheVersionAskedFor) {
  for (const char* version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
    Make();
    Write(Initialize(version));
    const bool has_tasks = std::string_view(version) == "2025-11-25";
    EXPECT_EQ(ReadOne(),
              R"({"jsonrpc":"2.0","id":0,"result":{"protocolVersion":")" + std::string(version) +
                  R"(","capabilities":{"tools":{"listChanged":true},)" + (has_tasks ? kTasks : "") +
                  R"("logging":{}},"serverInfo":{"name":"mcplexer","version":"9.9"}}})");
  }
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(SessionEraTest, AnswersAnUnknownVersionWithTheLatest) {
  for (const char* version : {"2026-07-28", "1.0", ""}) {
    Make();
    Write(Initialize(version));
    EXPECT_THAT(ReadOne(), HasSubstr(R"("protocolVersion":"2025-11-25")"));
  }
}

TEST_F(SessionEraTest, NothingButPingAndInitializeIsServedBeforeInitialize) {
  Make();
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
  EXPECT_EQ(ReadOne(),
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"the session is )"
            R"(not initialized"}})");
  Call("2", "gh__get");
  EXPECT_THAT(ReadOne(), HasSubstr("-32600"));
  Write(R"({"jsonrpc":"2.0","id":"p","method":"ping"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":"p","result":{}})");
  EXPECT_THAT(journal_.lines, IsEmpty());
}

TEST_F(SessionEraTest, AClientOfTheStatelessEraIsToldAndMayFallBack) {
  Make();
  Write(R"({"jsonrpc":"2.0","id":0,"method":"server/discover","params":{}})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":0,"error":{"code":-32602)"));
  Write(Initialize("2025-11-25"));
  EXPECT_THAT(ReadOne(), HasSubstr("result"));
}

TEST_F(SessionEraTest, WhatIsNotCarriedIsUnknown) {
  Open();
  for (const char* method : {"sampling/createMessage", "roots/list", "prompts/list",
                             "resources/list", "resources/templates/list", "x", ""}) {
    Write(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"("})");
    EXPECT_THAT(ReadOne(), HasSubstr("-32601"));
  }
}

TEST_F(SessionEraTest, AdvertisesWhatThePolicyCouldLetTheClientUseBeforeAnyServerIsStarted) {
  plan::testing::PlanBuilder builder = DefaultPlan();
  builder.Rule({.id = "w.p",
                .workspace = "w",
                .kind = plan::CallKind::kPrompt,
                .names = {"gh__*"},
                .paths = {"p"}});
  builder.Rule({.id = "w.r",
                .workspace = "w",
                .kind = plan::CallKind::kResource,
                .names = {"gh:file:///*"},
                .paths = {"r"}});
  const auto capabilities = [&](const std::string& directory) {
    Make(builder, directory);
    Write(Initialize("2025-06-18"));
    const std::string answer = ReadOne();
    const size_t begin = answer.find(R"("capabilities":)") + 15;
    return answer.substr(begin, answer.find(R"(,"serverInfo")") - begin);
  };
  EXPECT_EQ(capabilities("/w"), R"({"tools":{"listChanged":true},"logging":{}})");
  EXPECT_EQ(capabilities("/w/p"), R"({"tools":{"listChanged":true},"prompts":{"listChanged":true},)"
                                  R"("completions":{},"logging":{}})");
  EXPECT_EQ(capabilities("/w/r"),
            R"({"tools":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true},)"
            R"("completions":{},"logging":{}})");
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(SessionEraTest, InitializeComesOnceAndWithAVersion) {
  Make();
  Write(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
  Write(Initialize("2025-11-25"));
  Read();
  Write(Initialize("2025-11-25"));
  EXPECT_THAT(ReadOne(), HasSubstr("-32600"));
}

TEST_F(SessionEraTest, NotificationsAndResponsesAreNeverAnswered) {
  Open();
  for (const char* frame : {
           R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
           R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}})",
           R"({"jsonrpc":"2.0","method":"notifications/cancelled"})",
           R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"gh__get"}})",
           R"({"jsonrpc":"2.0","method":"x"})",
           R"({"jsonrpc":"2.0","id":1,"result":{}})",
           R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}})",
       }) {
    Write(frame);
    EXPECT_THAT(Read(), IsEmpty()) << frame;
  }
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(SessionEraTest, WhatCannotBeReadIsAnsweredAndTheNextMessageServed) {
  Open();
  for (const char* frame : {"{", "hello", "\xff\xfe", "{\"a\":\"\xc3\"}", "{} {}", "nul"}) {
    Write(frame);
    EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32700,)")) << frame;
  }
  for (const char* frame : {"1", "\"x\"", "{}", R"({"jsonrpc":"2.0"})", "null",
                            R"({"jsonrpc":"2.0","id":null,"method":"ping"})",
                            R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})"}) {
    Write(frame);
    EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32600,)")) << frame;
  }
  Write(std::string(200, '[') + std::string(200, ']'));
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32600,)"));
  transport_.receiver().OnOversizedFrame();
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32600,)"));
  Write(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":1,"result":{}})");
}

TEST_F(SessionEraTest, AnEnvelopeWithAKeyTwiceIsRefused) {
  Open();
  Write(R"({"jsonrpc":"2.0","id":5,"method":"ping","x":1,"x":2})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":5,"error":{"code":-32600,)"));
  Write(R"({"jsonrpc":"2.0","id":5,"method":"ping","m\u0065thod":"tools/call"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-32600,)"));
}

TEST_F(SessionEraTest, IdsKeepTheirTypeAndText) {
  Open();
  for (const char* id : {"0", "-1", "9223372036854775808", "18446744073709551616", "\"\"", "\"0\"",
                         R"("\u00e9\n")"}) {
    Write(R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":"ping"})");
    EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"result":{}})");
  }
}

TEST_F(SessionEraTest, BatchesAreRefusedUnlessTheVersionHasThem) {
  const std::string batch = R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])";
  Make();
  Write(batch);
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32600,)"));
  for (const char* version : {"2024-11-05", "2025-06-18", "2025-11-25"}) {
    Open(DefaultPlan(), "/w", version);
    Write(batch);
    EXPECT_THAT(ReadOne(), HasSubstr(R"("id":null,"error":{"code":-32600,)"));
  }
}

TEST_F(SessionEraTest, ABatchIsAnsweredByOneWhenItsLastAnswerIsThere) {
  Open(DefaultPlan(), "/w", "2025-03-26");
  Write(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},)"
        R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"gh__get"}},)"
        R"({"jsonrpc":"2.0","method":"notifications/initialized"},7,)"
        R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"gh__get"}}])");
  EXPECT_THAT(Read(), IsEmpty());
  Introduce();
  ASSERT_EQ(server().sent.size(), 2u);
  const std::string second = IdOf(server().sent[0]);
  const std::string third = IdOf(server().sent[1]);
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}})");
  EXPECT_THAT(Read(), IsEmpty());
  server().Say(R"({"jsonrpc":"2.0","id":)" + second + R"(,"result":{"content":[]}})");
  EXPECT_EQ(ReadOne(),
            R"([{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":null,"error":)"
            R"({"code":-32600,"message":"not an object"}},)"
            R"({"jsonrpc":"2.0","id":2,"result":{"content":[]}}])");
  Write("[]");
  EXPECT_THAT(ReadOne(), HasSubstr("-32600"));
  Write(R"([{"jsonrpc":"2.0","method":"notifications/initialized"}])");
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(SessionEraTest, EagerServersStartOnceTheClientIsReadyWhereTheyAreWithinReach) {
  start_ = plan::Start::kEager;
  Open();
  EXPECT_THAT(launcher_.launched, IsEmpty());
  Write(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  EXPECT_EQ(launcher_.launched.size(), 1u) << "pg is for another directory";
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(SessionEraTest, AClientThatDoesNotReadIsNotReadFrom) {
  Open();
  Call("1", "gh__get");
  Introduce();
  transport_.receiver().OnCongestion(true);
  EXPECT_FALSE(transport_.reading);
  EXPECT_FALSE(server().reading);
  transport_.receiver().OnCongestion(false);
  EXPECT_TRUE(transport_.reading);
  EXPECT_TRUE(server().reading);
}

}  // namespace
}  // namespace mcplexer::mcp
