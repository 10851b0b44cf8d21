// SPDX-License-Identifier: Apache-2.0
// Several clients in one process, on one thread, with one log: nothing of one is another's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SessionsTest : public GatewayTest {
 protected:
  // A second client beside the fixture's.
  struct Other final : ConnectionObserver {
    explicit Other(SessionsTest& t)
        : connection(transport),
          session(
              t.engine_->plan(),
              [&t](const std::string& client) {
                return std::make_unique<SessionPolicy>(t.engine_, "/w/src",
                                                       PrincipalId(uint32_t{0}), client);
              },
              t.journal_, t.launcher_, t.timers_, connection, "session-2"),
          era(session, connection, "9.9") {
      connection.Start(era, *this);
    }
    void OnClientClosed() override {}
    void OnClientCongested(bool congested) override { session.SetReading(!congested); }
    void Write(std::string_view frame) { transport.receiver().OnFrame(frame); }

    MemoryTransport transport;
    ClientConnection connection;
    GatewaySession session;
    SessionEra era;
  };
};

TEST_F(SessionsTest, IdsServersTasksAndQuestionsAreEachClientsOwn) {
  client_capabilities_ = R"({"roots":{}})";
  Open();
  Other other(*this);
  other.Write(R"({"jsonrpc":"2.0","id":"i","method":"initialize","params":)"
              R"({"protocolVersion":"2025-11-25","capabilities":{}}})");
  other.transport.sent.clear();

  const std::string call =
      R"({"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"gh__get"}})";
  Write(call);
  other.Write(call);
  ASSERT_EQ(launcher_.launched.size(), 2u);
  Introduce(0);
  Introduce(1);
  server(0).Say(R"({"jsonrpc":"2.0","id":5,"method":"roots/list"})");
  EXPECT_THAT(ReadOne(), HasSubstr("roots/list"));
  server(1).Say(R"({"jsonrpc":"2.0","id":5,"method":"roots/list"})");
  EXPECT_THAT(server(1).sent.back(), HasSubstr("-32601")) << "the other offers no roots";
  other.Write(R"({"jsonrpc":"2.0","id":1,"result":{"roots":[]}})");
  EXPECT_THAT(server(0).sent.back(), testing::Not(HasSubstr(R"("id":5,"result")")));

  server(1).Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server(1).sent.front()) +
                R"(,"result":{"task":{"taskId":"t"}}})");
  EXPECT_THAT(other.transport.sent,
              ElementsAre(R"({"jsonrpc":"2.0","id":0,"result":{"task":{"taskId":"gh/dev/t"}}})"));
  EXPECT_THAT(Read(), IsEmpty());
  Request("3", "tasks/get", R"({"taskId":"gh/dev/t"})");
  EXPECT_THAT(ReadOne(), HasSubstr("unknown task"));

  other.Write(R"({"jsonrpc":"2.0","id":9,"method":"logging/setLevel","params":{"level":"error"}})");
  Notice(0, "notifications/message", R"({"level":"debug","data":1})");
  EXPECT_THAT(ReadOne(), HasSubstr("debug"));
  other.transport.receiver().OnCongestion(true);
  EXPECT_TRUE(server(0).reading);
  EXPECT_FALSE(server(1).reading);
  other.session.Stop("the client has gone");
  EXPECT_FALSE(server(0).retired);
}

}  // namespace
}  // namespace mcplexer::mcp
