// SPDX-License-Identifier: Apache-2.0
// A client of the stateless era in front of the scripted gateway.

#ifndef MCPLEXER_TESTS_UNIT_MCP_STATELESS_FIXTURE_H_
#define MCPLEXER_TESTS_UNIT_MCP_STATELESS_FIXTURE_H_

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {

inline constexpr const char* kOurMeta =
    R"("_meta":{"io.modelcontextprotocol/serverInfo":{"name":"mcplexer","version":"9.9"}})";

class StatelessTest : public GatewayTest {
 protected:
  // Members of `_meta` that introduce a client.
  std::string Introduction(const std::string& name = "tester") const {
    return R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
           R"("io.modelcontextprotocol/clientInfo":{"name":")" +
           name + R"(","version":"1.50"},"io.modelcontextprotocol/clientCapabilities":)" +
           client_capabilities_;
  }
  // `more`: members of params behind `_meta`; `meta`: more of its members.
  void Ask(const std::string& id, const std::string& method, const std::string& more = "",
           const std::string& meta = "", const std::string& name = "tester") {
    Write(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method +
          R"(","params":{"_meta":{)" + Introduction(name) + (meta.empty() ? "" : "," + meta) + "}" +
          (more.empty() ? "" : "," + more) + "}}");
  }
  void AskTool(const std::string& id, const std::string& name, const std::string& more = "",
               const std::string& arguments = "{}") {
    Ask(id, "tools/call",
        R"("name":")" + name + R"(","arguments":)" + arguments + (more.empty() ? "" : "," + more));
  }
  // What the server asks of the client, with its own id.
  void Question(size_t launched, const std::string& id, const std::string& method,
                const std::string& params) {
    server(launched).Say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + "\"" +
                         (params.empty() ? "" : R"(,"params":)" + params) + "}");
  }
  static std::string Refused(const std::string& id, int code, const std::string& message) {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":{"code":)" + std::to_string(code) +
           R"(,"message":")" + message + "\"}}";
  }
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_TESTS_UNIT_MCP_STATELESS_FIXTURE_H_
