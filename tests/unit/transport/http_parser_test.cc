// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_parser.h"

#include <gtest/gtest.h>

#include <string>

namespace mcplexer::transport {
namespace {

using Kind = HttpParser::Kind;

class HttpParserTest : public testing::Test, public HttpSink {
 protected:
  void OnHead(const HttpHead& head) override {
    ++heads_;
    head_ = head;
  }
  void OnBody(std::string_view bytes) override { body_ += bytes; }

  // What the message comes to when it arrives in two pieces: body, whether it ended, what is left.
  struct Outcome {
    bool ok = false;
    bool done = false;
    std::string body;
    std::string rest;
    bool operator==(const Outcome&) const = default;
  };
  Outcome Parse(Kind kind, std::string_view bytes, size_t cut) {
    body_.clear();
    heads_ = 0;
    HttpParser parser(kind, *this, limits_);
    Outcome outcome;
    outcome.ok = parser.Feed(bytes.substr(0, cut)) && parser.Feed(bytes.substr(cut));
    outcome.done = outcome.ok && parser.done();
    outcome.body = body_;
    if (outcome.ok) outcome.rest = parser.TakeRest();
    return outcome;
  }
  void ExpectWhole(Kind kind, std::string_view bytes, const std::string& body,
                   const std::string& rest) {
    for (size_t cut = 0; cut <= bytes.size(); ++cut) {
      EXPECT_EQ(Parse(kind, bytes, cut), (Outcome{true, true, body, rest})) << cut;
      EXPECT_EQ(heads_, 1);
    }
  }
  void ExpectRefused(Kind kind, std::string_view bytes) {
    for (size_t cut = 0; cut <= bytes.size(); ++cut) {
      EXPECT_FALSE(Parse(kind, bytes, cut).ok) << bytes << cut;
    }
  }

  HttpParserLimits limits_;
  HttpHead head_;
  std::string body_;
  int heads_ = 0;
};

TEST_F(HttpParserTest, ReadsARequestHoweverItIsCut) {
  ExpectWhole(Kind::kRequest,
              "POST /mcp?x HTTP/1.1\r\nHost: h\r\nX-A:  b \r\nContent-Length: 3\r\n\r\nabcGET",
              "abc", "GET");
  EXPECT_EQ(head_.method, "POST");
  EXPECT_EQ(head_.target, "/mcp?x");
  EXPECT_EQ(*head_.Find("x-a"), "b");
  EXPECT_EQ(head_.Find("x-b"), nullptr);
  EXPECT_TRUE(head_.keep_alive);
}

TEST_F(HttpParserTest, ReadsAResponseInChunks) {
  ExpectWhole(Kind::kResponse,
              "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=x\r\n"
              "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;e=1\r\nd\r\n0\r\nX: y\r\n\r\nHTTP",
              "abcd", "HTTP");
  EXPECT_EQ(head_.status, 200u);
  EXPECT_EQ(head_.MediaType(), "text/event-stream");
  EXPECT_EQ(head_.Find("x"), nullptr) << "what follows the body is not part of the head";
}

TEST_F(HttpParserTest, ReadsTheLastChunkByteByByte) {
  for (const std::string before : {"", "1\r\na\r\n"}) {
    HttpParser parser(Kind::kRequest, *this, limits_);
    const std::string bytes =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + before + "0\r\n\r\n";
    for (const char& byte : bytes) {
      EXPECT_FALSE(parser.done());
      ASSERT_TRUE(parser.Feed({&byte, 1}));
    }
    EXPECT_TRUE(parser.done());
  }
  EXPECT_EQ(body_, "a");
}

TEST_F(HttpParserTest, SkipsInformationalResponses) {
  ExpectWhole(Kind::kResponse,
              "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
              "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
              "", "");
  EXPECT_EQ(head_.status, 204u);
  EXPECT_EQ(head_.Find("link"), nullptr);
  EXPECT_FALSE(head_.keep_alive);
}

TEST_F(HttpParserTest, ABodyThatEndsWithTheConnectionIsToldApart) {
  HttpParser parser(Kind::kResponse, *this);
  ASSERT_TRUE(parser.Feed("HTTP/1.1 200 OK\r\n\r\nabc"));
  EXPECT_TRUE(head_.until_close);
  EXPECT_FALSE(parser.done());
  EXPECT_TRUE(parser.End());
  EXPECT_EQ(body_, "abc");
}

TEST_F(HttpParserTest, ACutMessageIsNotWhole) {
  for (const std::string_view bytes :
       {"", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "HTTP/1.1 200 OK\r\nX: y\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}) {
    HttpParser parser(Kind::kResponse, *this);
    ASSERT_TRUE(parser.Feed(bytes));
    EXPECT_FALSE(parser.done());
    EXPECT_FALSE(parser.End()) << bytes;
  }
}

TEST_F(HttpParserTest, WhatTwoReadersCouldDivideDifferentlyIsRefused) {
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string_view fields :
       {"Content-Length: 1\r\nContent-Length: 2\r\n", "Content-Length: +1\r\n",
        "Content-Length: 1, 2\r\n", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "X : y\r\n", "X\x01: y\r\n",
        "X: \x01\r\n", "Content-Length: 99999999999999999999\r\n"}) {
    ExpectRefused(Kind::kRequest, post + std::string(fields) + "\r\na");
  }
  ExpectRefused(Kind::kRequest, "POST  / HTTP/1.1\r\n\r\n");
  ExpectRefused(Kind::kRequest, "{\"jsonrpc\":\"2.0\"}\r\n\r\n");
  ExpectRefused(Kind::kRequest, "POST / HTTP/2.0\r\n\r\n");
  // Some take it for one that is followed by another, some for one with a body.
  ExpectRefused(Kind::kResponse, "HTTP/1.1 001 Continue\r\n\r\n");
  ExpectRefused(Kind::kResponse, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
  ExpectRefused(Kind::kResponse,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n");
}

TEST_F(HttpParserTest, HeadsHaveLimits) {
  limits_.head_bytes = 100;
  limits_.fields = 3;
  const std::string get = "GET / HTTP/1.1\r\n";
  EXPECT_TRUE(Parse(Kind::kRequest, get + "A: b\r\nC: d\r\nE: f\r\n\r\n", 0).done);
  EXPECT_FALSE(Parse(Kind::kRequest, get + "A: b\r\nC: d\r\nE: f\r\nG: h\r\n\r\n", 0).ok);
  EXPECT_FALSE(Parse(Kind::kRequest, get + "A: " + std::string(200, 'x'), 10).ok);
  EXPECT_FALSE(Parse(Kind::kRequest, std::string(200, 'x'), 10).ok);
  // Nor does the line before a chunk go on for ever.
  EXPECT_FALSE(
      Parse(Kind::kResponse,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(1000, 'x'), 70)
          .ok);
}

}  // namespace
}  // namespace mcplexer::transport
