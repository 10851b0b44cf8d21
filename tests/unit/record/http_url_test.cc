// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/http_url.h"

#include <gtest/gtest.h>

namespace mcplexer::record {
namespace {

TEST(HttpUrlTest, CutsWhatAConnectionNeeds) {
  const auto url = ParseHttpUrl("https://mcp.example.com:8443/a/b?x=1#y");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->origin, "https://mcp.example.com:8443");
  EXPECT_EQ(url->target, "/a/b?x=1");
  EXPECT_TRUE(url->encrypted);
  EXPECT_FALSE(url->local);
  EXPECT_EQ(ParseHttpUrl("http://h")->target, "/");
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
}

}  // namespace
}  // namespace mcplexer::record
