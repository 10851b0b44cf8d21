// SPDX-License-Identifier: Apache-2.0
// A whole gateway session in memory: a client that writes frames and sees what comes back, a plan
// written by hand and really decided, servers that say what the test says, time that stands still.

#ifndef MCPLEXER_TESTS_UNIT_MCP_GATEWAY_FIXTURE_H_
#define MCPLEXER_TESTS_UNIT_MCP_GATEWAY_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/emit/plan_writer.h"
#include "runtime/base/check.h"
#include "runtime/mcp/client_connection.h"
#include "runtime/mcp/dual_era.h"
#include "runtime/mcp/gateway_session.h"
#include "runtime/mcp/session_era.h"
#include "runtime/mcp/session_policy.h"
#include "runtime/mcp/stateless_era.h"
#include "tests/unit/downstream/scripted_peer.h"
#include "tests/unit/plan/plan_builder.h"
#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::mcp {

class MemoryTransport final : public transport::Transport {
 public:
  void Start(transport::Receiver& receiver) override { receiver_ = &receiver; }
  void Send(std::string frame) override { sent.push_back(std::move(frame)); }
  size_t QueuedBytes() const override { return 0; }
  void SetReading(bool on) override { reading = on; }
  void CloseWriting() override {}

  transport::Receiver& receiver() { return *receiver_; }

  std::vector<std::string> sent;
  bool reading = true;

 private:
  transport::Receiver* receiver_ = nullptr;
};

// Writes down "intent N: DECISION REASON NAME ARGUMENTS" and "outcome N: STATUS".
class ListJournal final : public Journal {
 public:
  Result<uint64_t> AppendIntent(const audit::Intent& intent) override {
    if (full) return Fail("no space left");
    ++last_;
    lines.push_back("intent " + std::to_string(last_) + ": " + std::string(intent.decision) + " " +
                    std::string(intent.reason) + " " + std::string(intent.name) + " " +
                    std::string(intent.arguments));
    return last_;
  }
  Status AppendOutcome(const audit::Outcome& outcome) override {
    lines.push_back("outcome " + std::to_string(outcome.intent) + ": " +
                    std::string(audit::ToString(outcome.status)));
    return {};
  }

  std::vector<std::string> lines;
  bool full = false;

 private:
  uint64_t last_ = 0;
};

class GatewayTest : public testing::Test, protected ConnectionObserver {
 protected:
  static constexpr std::chrono::seconds kCallTimeout{60};

  // Servers gh and pg; in /w everything of gh but deletions and merges, in /w/db also pg.
  static plan::testing::PlanBuilder DefaultPlan() {
    plan::testing::PlanBuilder builder;
    builder.Server("gh").Server("pg").Scope("dev").Workspace("w", "/w");
    builder.Rule({.id = "w.reads", .workspace = "w", .names = {"gh__*"}, .scope = "dev"});
    builder.Rule({.id = "w.no_delete",
                  .workspace = "w",
                  .effect = plan::Effect::kDeny,
                  .names = {"gh__delete*"}});
    builder.Rule({.id = "w.merge",
                  .workspace = "w",
                  .effect = plan::Effect::kApprove,
                  .names = {"gh__merge"},
                  .priority = 1});
    builder.Rule({.id = "w.db", .workspace = "w", .names = {"pg__*"}, .paths = {"db", "db/*"}});
    return builder;
  }

  std::shared_ptr<const decide::Engine> MakeEngine(const plan::testing::PlanBuilder& builder) {
    emit::PlanSections sections = builder.Sections();
    for (plan::ServerRecord& server : sections.servers) {
      server.start = start_;
      server.idle_timeout_ms = idle_timeout_ms_;
      server.call_timeout_ms = static_cast<uint32_t>(kCallTimeout.count() * 1000);
    }
    auto loaded = plan::Plan::Load(emit::Serialize(sections, {}));
    MCPLEXER_CHECK(loaded.has_value());
    auto engine = decide::Engine::Create(
        std::make_shared<const plan::Plan>(std::move(*loaded)), "/home/u",
        [](const std::string&) -> Result<std::optional<std::string>> { return std::nullopt; });
    MCPLEXER_CHECK(engine.has_value());
    return *engine;
  }
  GatewaySession::PolicyFactory MakePolicies() {
    return [engine = engine_, directory = directory_](const std::string& client) {
      return std::make_unique<SessionPolicy>(engine, directory, PrincipalId(uint32_t{0}), client);
    };
  }
  void Make(const plan::testing::PlanBuilder& builder = DefaultPlan(),
            const std::string& directory = "/w/src") {
    engine_ = MakeEngine(builder);
    directory_ = directory;
    connection_ = std::make_unique<ClientConnection>(transport_);
    session_ = std::make_unique<GatewaySession>(engine_->plan(), MakePolicies(), journal_,
                                                launcher_, timers_, *connection_, "session-1");
    era_ = std::make_unique<SessionEra>(*session_, *connection_, "9.9");
    stateless_ = std::make_unique<StatelessEra>(
        StatelessHost{&engine_->plan(), MakePolicies(), journal_, launcher_, timers_,
                      [this] { return "random-" + std::to_string(++last_random_); }, "9.9"},
        *connection_, stateless_limits_);
    dual_ = std::make_unique<DualEra>(*era_, *stateless_);
    connection_->Start(*dual_, *this);
  }
  // Another plan takes the place of the one in force, which goes.
  void Renew(const plan::testing::PlanBuilder& builder) {
    const auto before = std::exchange(engine_, MakeEngine(builder));
    session_->Renew(engine_->plan(), MakePolicies());
    stateless_->Renew(engine_->plan(), MakePolicies());
  }
  // Made and initialized, with what came of that forgotten.
  void Open(const plan::testing::PlanBuilder& builder = DefaultPlan(),
            const std::string& directory = "/w/src", const std::string& version = "2025-11-25") {
    Make(builder, directory);
    Write(R"({"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":")" +
          version + R"(","capabilities":)" + client_capabilities_ +
          R"(,"clientInfo":{"name":"tester","version":"1.50"}}})");
    MCPLEXER_CHECK(transport_.sent.size() == 1);
    transport_.sent.clear();
  }

  void Write(std::string_view frame) { transport_.receiver().OnFrame(frame); }
  // What the client has been sent since the last call.
  std::vector<std::string> Read() { return std::exchange(transport_.sent, {}); }
  std::string ReadOne() {
    EXPECT_EQ(transport_.sent.size(), 1u);
    return transport_.sent.empty() ? "" : Read().front();
  }
  void Call(const std::string& id, const std::string& name, const std::string& arguments = "{}") {
    Write(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" + name +
          R"(","arguments":)" + arguments + "}}");
  }

  downstream::Script& server(size_t launched = 0) { return *launcher_.launched.at(launched); }
  // Answers the server's initialize; what it was sent besides is kept.
  void Introduce(size_t launched = 0, const std::string& capabilities = "{}") {
    downstream::Script& script = server(launched);
    const std::string id = IdOf(script.sent.front());
    script.sent.erase(script.sent.begin());
    script.Say(R"({"jsonrpc":"2.0","id":)" + id +
               R"(,"result":{"protocolVersion":"2025-06-18","capabilities":)" + capabilities +
               "}}");
    std::erase(script.sent, R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  }
  void Request(const std::string& id, const std::string& method, const std::string& params = "{}") {
    Write(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params +
          "}");
  }
  // Answers the last request that a server got.
  void Reply(size_t launched, const std::string& result) {
    server(launched).Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server(launched).sent.back()) +
                         R"(,"result":)" + result + "}");
  }
  void Notice(size_t launched, const std::string& method, const std::string& params = "{}") {
    server(launched).Say(R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params +
                         "}");
  }
  static std::string Answered(const std::string& id, const std::string& result) {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + result + "}";
  }
  // The bytes of a message's id.
  static std::string IdOf(const std::string& frame) {
    const size_t begin = frame.find(R"("id":)") + 5;
    return frame.substr(begin, frame.find_first_of(",}", begin) - begin);
  }
  // The message with a number as its id, as the server gets it.
  static std::string WithId(std::string frame, const std::string& id) {
    const size_t begin = frame.find(R"("id":)") + 5;
    return frame.replace(begin, frame.find_first_of(",}", begin) - begin, id);
  }

  void OnClientClosed() override {}
  void OnClientCongested(bool congested) override {
    session_->SetReading(!congested);
    stateless_->SetReading(!congested);
  }

  std::string client_capabilities_ = "{}";
  uint32_t idle_timeout_ms_ = 0;  // never
  plan::Start start_ = plan::Start::kLazy;
  std::string directory_;
  MemoryTransport transport_;
  transport::ManualTimers timers_;
  downstream::ScriptedLauncher launcher_;
  ListJournal journal_;
  std::shared_ptr<const decide::Engine> engine_;
  std::unique_ptr<ClientConnection> connection_;
  std::unique_ptr<GatewaySession> session_;
  std::unique_ptr<SessionEra> era_;
  StatelessLimits stateless_limits_;
  int last_random_ = 0;
  std::unique_ptr<StatelessEra> stateless_;
  std::unique_ptr<DualEra> dual_;
};

using Lines = std::vector<std::string>;

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_TESTS_UNIT_MCP_GATEWAY_FIXTURE_H_
