// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_gate.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "runtime/listen/client_stream.h"

namespace mcplexer::listen {
namespace {

using Fields = std::vector<transport::HttpHead::Field>;

class NoIdentity final : public TlsIdentity {
 public:
  std::shared_ptr<ClientStream> Accept(boost::asio::ip::tcp::socket) override { return nullptr; }
};

class HttpGateTest : public testing::Test {
 protected:
  // The status that refuses the request, 0 when it may go on. `more` replaces what is named alike.
  uint32_t Status(const std::string& method, const Fields& more, bool add = false) {
    transport::HttpHead head;
    head.method = method;
    head.target = target_;
    head.fields = {{"host", "localhost:80"},
                   {"accept", "application/json, text/event-stream"},
                   {"content-type", "application/json"}};
    for (const auto& field : more) {
      if (!add) std::erase_if(head.fields, [&](const auto& one) { return one.name == field.name; });
    }
    head.fields.insert(head.fields.end(), more.begin(), more.end());
    std::erase_if(head.fields, [](const auto& one) { return one.value == "-"; });
    const auto refusal = gate_.Check(head);
    return refusal ? refusal->status : 0;
  }
  uint32_t Post(const Fields& more, bool add = false) { return Status("POST", more, add); }

  HttpGate gate_{{"127.0.0.1", 80}};
  std::string target_ = "/w/a/mcp";
};

TEST_F(HttpGateTest, HostHasToBeOursOnce) {
  for (const char* host : {"localhost", "LocalHost:80", "127.0.0.1", "[::1]:80"}) {
    EXPECT_EQ(Post({{"host", host}}), 0u) << host;
  }
  for (const char* host : {"localhost:81", "localhost.evil", "127.0.0.1.nip.io", "", "::1", "a"}) {
    EXPECT_EQ(Post({{"host", host}}), 403u) << host;
  }
  EXPECT_EQ(Post({{"host", "-"}}), 400u);
  EXPECT_EQ(Post({{"host", "localhost"}}, true), 400u);
}

TEST_F(HttpGateTest, OriginMayBeMissingAndElseHasToBeOurs) {
  EXPECT_EQ(Post({{"origin", "http://localhost"}}), 0u);
  for (const char* origin :
       {"https://localhost", "null", "", "http://evil", "http://localhost.evil"}) {
    EXPECT_EQ(Post({{"origin", origin}}), 403u) << origin;
  }
  EXPECT_EQ(Post({{"origin", "http://localhost"}, {"origin", "http://evil"}}), 403u);
}

TEST(HttpGateOverTlsTest, OriginAndDefaultPortAreThoseOfHttps) {
  HttpAddress address{"127.0.0.1", 443};
  address.tls = std::make_shared<NoIdentity>();
  const HttpGate gate(address);
  const auto status = [&](const std::string& host, const std::string& origin) {
    transport::HttpHead head;
    head.method = "DELETE";
    head.target = "/w/a/mcp";
    head.fields = {{"host", host}, {"origin", origin}};
    const auto refusal = gate.Check(head);
    return refusal ? refusal->status : 0;
  };
  EXPECT_EQ(status("localhost", "https://localhost"), 0u);
  EXPECT_EQ(status("127.0.0.1:443", "https://127.0.0.1:443"), 0u);
  EXPECT_EQ(status("localhost", "http://localhost"), 403u);
  EXPECT_EQ(status("localhost:80", "https://localhost"), 403u);
}

TEST_F(HttpGateTest, BothTypesHaveToBeAccepted) {
  for (const char* accept : {"*/*", "application/*, text/*",
                             "text/event-stream;q=0.5,APPLICATION/JSON", "text/html, */*;q=0.1"}) {
    EXPECT_EQ(Post({{"accept", accept}}), 0u) << accept;
  }
  for (const char* accept :
       {"", "application/json", "text/event-stream", "text/*",
        "application/json, text/event-stream;q=0", "application/jsonx, text/event-stream"}) {
    EXPECT_EQ(Post({{"accept", accept}}), 406u) << accept;
  }
  EXPECT_EQ(Post({{"accept", "application/json"}, {"accept", "text/event-stream"}}), 0u);
  EXPECT_EQ(Status("GET", {{"accept", "text/event-stream"}}), 0u);
  EXPECT_EQ(Status("GET", {{"accept", "application/json"}}), 406u);
  EXPECT_EQ(Status("DELETE", {{"accept", "-"}}), 0u);
}

TEST_F(HttpGateTest, WhatIsSentHasToBeJson) {
  EXPECT_EQ(Post({{"content-type", "Application/JSON; charset=utf-8"}}), 0u);
  for (const char* type :
       {"-", "text/plain", "application/jsonx", "application/x-www-form-urlencoded"}) {
    EXPECT_EQ(Post({{"content-type", type}}), 415u) << type;
  }
  EXPECT_EQ(Post({{"content-encoding", "gzip"}}), 415u);
}

TEST_F(HttpGateTest, VersionsAndHeadersThatAreThereTwice) {
  EXPECT_EQ(Post({{"mcp-protocol-version", "2025-03-26"}}), 0u);
  EXPECT_EQ(Post({{"mcp-protocol-version", "2026-07-28"}}), 0u);
  EXPECT_EQ(Post({{"mcp-protocol-version", "x"}, {"mcp-protocol-version", "x"}}), 400u);
  EXPECT_EQ(Status("GET", {{"mcp-protocol-version", "x"}, {"accept", "*/*"}}), 400u);
  EXPECT_EQ(Status("GET", {{"mcp-protocol-version", "2026-07-28"}, {"accept", "*/*"}}), 405u);
  EXPECT_EQ(Post({{"mcp-session-id", "a"}, {"mcp-session-id", "a"}}), 400u);
  EXPECT_EQ(Status("PUT", {}), 405u);
  target_ = "/";
  EXPECT_EQ(Post({}), 404u);
}

TEST(WorkspaceInTest, IsTheNameBetween) {
  EXPECT_EQ(WorkspaceIn("/w/acme-1/mcp"), "acme-1");
  for (const char* target : {"", "/", "/w/mcp", "/w//mcp", "/w/a/b/mcp", "/w/a/mcp/", "/w/a/mcp?x",
                             "/w/a%2f/mcp", "http://h/w/a/mcp", "/w/a"}) {
    EXPECT_EQ(WorkspaceIn(target), "") << target;
  }
}

TEST(HttpAddressTest, IsOneOfThisMachine) {
  EXPECT_EQ(ParseHttpAddress("127.0.0.1:80")->port, 80);
  EXPECT_EQ(ParseHttpAddress("localhost:0")->host, "127.0.0.1");
  EXPECT_EQ(ParseHttpAddress("[::1]:65535")->host, "::1");
  for (const char* text : {"", ":80", "80", "0.0.0.0:80", "[::]:80", "10.0.0.1:80", "h:80",
                           "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:8o"}) {
    EXPECT_FALSE(ParseHttpAddress(text)) << text;
  }
}

}  // namespace
}  // namespace mcplexer::listen
