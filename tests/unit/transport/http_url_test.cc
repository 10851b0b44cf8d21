// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_url.h"

#include <gtest/gtest.h>

#include <string>

namespace mcplexer::transport {
namespace {

TEST(HttpUrlTest, CutsWhatAConnectionNeeds) {
  const auto url = ParseHttpUrl("https://mcp.example.com:8443/a/b?x=1#y");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->origin, "https://mcp.example.com:8443");
  EXPECT_EQ(url->target, "/a/b?x=1");
  EXPECT_TRUE(url->encrypted);
  EXPECT_FALSE(url->local);
  EXPECT_EQ(url->authority, "mcp.example.com:8443");
  EXPECT_EQ(url->host, "mcp.example.com");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(ParseHttpUrl("http://h")->target, "/");
  EXPECT_EQ(ParseHttpUrl("http://h")->port, "80");
  EXPECT_EQ(ParseHttpUrl("https://h")->port, "443");
  EXPECT_EQ(ParseHttpUrl("http://[::1]:8080/x")->host, "::1");
  EXPECT_EQ(ParseHttpUrl("http://[::1]:8080/x")->port, "8080");
  EXPECT_EQ(ParseHttpUrl("http://[::1]/x")->authority, "[::1]");
  EXPECT_EQ(ParseHttpUrl("http://h?q")->target, "/?q");
}

TEST(HttpUrlTest, KnowsThisMachine) {
  EXPECT_TRUE(ParseHttpUrl("http://localhost/")->local);
  EXPECT_TRUE(ParseHttpUrl("http://127.0.0.1:80")->local);
  EXPECT_TRUE(ParseHttpUrl("http://[::1]:80/x")->local);
  EXPECT_FALSE(ParseHttpUrl("http://127.0.0.1.example.com/")->local);
  EXPECT_FALSE(ParseHttpUrl("http://[::2]/")->local);
}

TEST(HttpUrlTest, RefusesWhatIsNone) {
  EXPECT_FALSE(ParseHttpUrl("ftp://h/"));
  EXPECT_FALSE(ParseHttpUrl("http:///x"));
  EXPECT_FALSE(ParseHttpUrl("http://a:b@h/"));
  EXPECT_FALSE(ParseHttpUrl("http://h/a b"));
  EXPECT_FALSE(ParseHttpUrl("http://h/\r\nX: y"));
  EXPECT_FALSE(ParseHttpUrl("http://h/\xC3\xA4"));
  EXPECT_FALSE(ParseHttpUrl("http://[::1/"));
  EXPECT_FALSE(ParseHttpUrl("http://:80/"));
  for (const char* port : {"", "0", "65536", "8x", "-1"}) {
    EXPECT_FALSE(ParseHttpUrl(std::string("http://h:") + port)) << port;
  }
}

TEST(HttpUrlTest, ResolvesReferencesWithinTheOrigin) {
  const HttpUrl base = *ParseHttpUrl("http://Host:8080/a/b/sse?x=1");
  const auto resolved = [&](std::string_view reference) {
    const auto url = ResolveSameOrigin(base, reference);
    return url ? url->target : url.error().message;
  };
  EXPECT_EQ(resolved("/messages?sessionId=1"), "/messages?sessionId=1");
  EXPECT_EQ(resolved("messages/1"), "/a/b/messages/1");
  EXPECT_EQ(resolved("?sessionId=1"), "/a/b/sse?sessionId=1");
  EXPECT_EQ(resolved("../m/./x/../y?z=../w"), "/a/m/y?z=../w");
  EXPECT_EQ(resolved("../../../.."), "/");
  EXPECT_EQ(resolved("./"), "/a/b/");
  EXPECT_EQ(resolved("/m#part"), "/m");
  EXPECT_EQ(resolved("http://HOST:8080/m"), "/m");
  EXPECT_EQ(resolved("//host:8080/m"), "/m");
  for (const char* foreign :
       {"http://host/m", "http://host:8081/m", "https://host:8080/m", "//other:8080/m",
        "http://host.evil:8080/", "http://host:8080.evil/"}) {
    EXPECT_FALSE(ResolveSameOrigin(base, foreign)) << foreign;
  }
  for (const char* none : {"ftp://host:8080/", "javascript:x", "http://u@host:8080/", "/a b",
                           "/\r\nX: y", "http:///m", "///m"}) {
    EXPECT_FALSE(ResolveSameOrigin(base, none)) << none;
  }
  EXPECT_EQ(ResolveSameOrigin(*ParseHttpUrl("https://h"), "x")->target, "/x");
  EXPECT_EQ(ResolveSameOrigin(*ParseHttpUrl("https://h"), "https://h:443/x")->target, "/x");
}

}  // namespace
}  // namespace mcplexer::transport
