// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/uri_template.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mcplexer::mcp {
namespace {

bool Matches(std::string_view uri_template, std::string_view uri) {
  size_t budget = 1'000'000;
  return MatchesTemplate(uri_template, uri, &budget);
}

TEST(UriTemplateTest, LiteralsMatchThemselves) {
  EXPECT_TRUE(Matches("file:///a", "file:///a"));
  EXPECT_FALSE(Matches("file:///a", "file:///ab"));
  EXPECT_FALSE(Matches("file:///ab", "file:///a"));
  EXPECT_TRUE(Matches("", ""));
}

TEST(UriTemplateTest, AVariableStaysWithinItsSegment) {
  EXPECT_TRUE(Matches("test://template/{id}/data", "test://template/123/data"));
  EXPECT_TRUE(Matches("test://template/{id}/data", "test://template/a%20b c:d/data"));
  EXPECT_TRUE(Matches("test://template/{id}/data", "test://template//data")) << "no value";
  EXPECT_FALSE(Matches("test://template/{id}/data", "test://template/1/2/data"));
  EXPECT_FALSE(Matches("test://template/{id}/data", "test://template/1?x/data"));
  EXPECT_TRUE(Matches("x://{a}-{b}", "x://1-2-3"));
  EXPECT_FALSE(Matches("x://{a}-{b}", "x://12"));
}

// The examples of RFC 6570, section 3.2, with var = value, path = /foo/bar, x = 1024, y = 768.
TEST(UriTemplateTest, EachOperatorMatchesWhatItExpandsTo) {
  EXPECT_TRUE(Matches("{var}", "value"));
  EXPECT_TRUE(Matches("{+path}/here", "/foo/bar/here"));
  EXPECT_TRUE(Matches("X{#path,x}", "X#/foo/bar,1024"));
  EXPECT_TRUE(Matches("X{.x,y}", "X.1024.768"));
  EXPECT_TRUE(Matches("{/var,x}/here", "/value/1024/here"));
  EXPECT_TRUE(Matches("{;x,y}", ";x=1024;y=768"));
  EXPECT_TRUE(Matches("m{?x,y}", "m?x=1024&y=768"));
  EXPECT_TRUE(Matches("?fixed=yes{&x}", "?fixed=yes&x=1024"));
  EXPECT_TRUE(Matches("m{?x,y}", "m")) << "values may be missing";
  EXPECT_FALSE(Matches("m{?x,y}", "mx=1024"));
  EXPECT_FALSE(Matches("X{.x}", "X1024"));
}

TEST(UriTemplateTest, WhatIsNoTemplateStandsForNothing) {
  for (const char* uri_template : {"a{", "a{b", "a}", "a{}", "a{=b}", "a{!b}", "a{|b}", "a{b}}"}) {
    EXPECT_FALSE(Matches(uri_template, "a")) << uri_template;
    EXPECT_FALSE(Matches(uri_template, uri_template)) << uri_template;
  }
}

// Every template over a small alphabet against every URI, with trying all splits of the URI.
bool Oracle(std::string_view t, std::string_view uri) {
  if (t.empty()) return uri.empty();
  if (!t.starts_with('{')) {
    return !uri.empty() && uri.front() == t.front() && Oracle(t.substr(1), uri.substr(1));
  }
  const size_t end = t.find('}');
  const bool reserved = t[1] == '+';
  for (size_t n = 0; n <= uri.size(); ++n) {
    if (n != 0 && !reserved && uri[n - 1] == '/') break;
    if (Oracle(t.substr(end + 1), uri.substr(n))) return true;
  }
  return false;
}

TEST(UriTemplateTest, AgreesWithTryingEverySplit) {
  const std::vector<std::string> parts = {"a", "/", "{v}", "{+v}"};
  std::vector<std::string> templates = {""};
  std::vector<std::string> uris = {""};
  for (size_t at = 0; templates.size() < 341; ++at) {
    for (const std::string& part : parts) templates.push_back(templates[at] + part);
  }
  for (size_t at = 0; uris.size() < 364; ++at) {
    for (const char c : {'a', '/', 'b'}) uris.push_back(uris[at] + c);
  }
  size_t matched = 0;
  for (const std::string& uri_template : templates) {
    for (const std::string& uri : uris) {
      const bool matches = Oracle(uri_template, uri);
      matched += matches ? 1 : 0;
      ASSERT_EQ(Matches(uri_template, uri), matches) << uri_template << " " << uri;
    }
  }
  EXPECT_GT(matched, 1000u);
}

TEST(UriTemplateTest, WorkIsBounded) {
  size_t budget = 1000;
  const std::string uri(100, 'a');
  EXPECT_TRUE(MatchesTemplate("{+a}", uri, &budget));
  EXPECT_EQ(budget, 1000u - 5 * 101);
  EXPECT_FALSE(MatchesTemplate("{+a}{+b}", uri, &budget)) << "too much to be tried";
  EXPECT_TRUE(MatchesTemplate("{+a}", "aaa", &budget));
}

}  // namespace
}  // namespace mcplexer::mcp
