// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/suggest.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

namespace mcplexer::source {
namespace {

// The definition, written down as it is: recursion over prefixes.
size_t SimpleDistance(std::string_view a, std::string_view b) {
  std::map<std::pair<size_t, size_t>, size_t> known;
  const std::function<size_t(size_t, size_t)> distance = [&](size_t i, size_t j) -> size_t {
    if (i == 0 || j == 0) return i + j;
    const auto [at, fresh] = known.try_emplace({i, j}, 0);
    if (!fresh) return at->second;
    size_t best = std::min({distance(i - 1, j) + 1, distance(i, j - 1) + 1,
                            distance(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1)});
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
      best = std::min(best, distance(i - 2, j - 2) + 1);
    }
    return known[{i, j}] = best;
  };
  return distance(a.size(), b.size());
}

TEST(SuggestTest, DistanceIsThatOfTheDefinitionOnAllShortWords) {
  std::vector<std::string> words = {""};
  for (size_t i = 0; i < words.size() && words[i].size() < 4; ++i) {
    for (const char c : {'a', 'b', 'c'}) words.push_back(words[i] + c);
  }
  ASSERT_EQ(words.size(), 121u);
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      EXPECT_EQ(EditDistance(a, b, 10), SimpleDistance(a, b)) << a << " " << b;
      EXPECT_EQ(EditDistance(a, b, 1), std::min<size_t>(SimpleDistance(a, b), 2)) << a << " " << b;
    }
  }
}

TEST(SuggestTest, FindsTheNearestName) {
  const std::vector<std::string> names = {"server", "scope", "secret", "workspace", "in"};
  const auto suggest = [&](std::string_view name) {
    return Suggest(name, std::span<const std::string>(names));
  };
  EXPECT_EQ(suggest("sever"), "server");
  EXPECT_EQ(suggest("sevrer"), "server");
  EXPECT_EQ(suggest("scop"), "scope");
  EXPECT_EQ(suggest("wrkspce"), "workspace");
  EXPECT_EQ(suggest("server"), std::nullopt) << "a name is no correction of itself";
  EXPECT_EQ(suggest("provider"), std::nullopt);
  EXPECT_EQ(suggest("x"), std::nullopt);
  EXPECT_EQ(suggest(""), std::nullopt);
  EXPECT_EQ(suggest(std::string(1'000'000, 's')), std::nullopt);
}

TEST(SuggestTest, PrefersWhatGoesOnWhereTheNameEnds) {
  const std::vector<std::string> names = {"delete_branch", "delete_repository",
                                          "delete_repositories"};
  const auto suggest = [&](std::string_view name) {
    return Suggest(name, std::span<const std::string>(names));
  };
  EXPECT_EQ(suggest("delete_repo"), "delete_repository");
  EXPECT_EQ(suggest("delete_branc"), "delete_branch");
  EXPECT_EQ(suggest("delete_barnch"), "delete_branch");
  EXPECT_EQ(suggest("de"), std::nullopt);
}

TEST(SuggestTest, AnOnlyNeighbourIsASingleEditAwayAndAlone) {
  const std::vector<std::string_view> names = {"reads", "read", "writes", "writes", "db1", "db2"};
  const auto neighbour = [&](std::string_view name) { return OnlyNeighbour(name, names); };
  EXPECT_EQ(neighbour("wirtes"), "writes");
  EXPECT_EQ(neighbour("readss"), "reads");
  EXPECT_EQ(neighbour("rea"), "read");
  EXPECT_EQ(neighbour("readz"), std::nullopt) << "`read` and `reads`";
  EXPECT_EQ(neighbour("db3"), std::nullopt);
  EXPECT_EQ(neighbour("wrtse"), std::nullopt);
  EXPECT_EQ(neighbour("reads"), "read") << "a name is no neighbour of itself";
}

TEST(SuggestTest, ATypingSlipIsOfLettersInAWordOrBetweenWords) {
  for (const auto& [written, meant] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"githib", "github"},
                                                                  {"gihtub", "github"},
                                                                  {"githubb", "github"},
                                                                  {"gthub_dev", "github_dev"},
                                                                  {"githubdev", "github_dev"},
                                                                  {"db-ro", "db_ro"}}) {
    EXPECT_TRUE(IsTypingSlip(written, meant)) << written;
  }
  for (const auto& [written, meant] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"prod_ro", "prod_rw"},
                                                                  {"team_a", "team_b"},
                                                                  {"database1", "database2"},
                                                                  {"database", "database2"},
                                                                  {"read", "reads"},
                                                                  {"div", "dev"},
                                                                  {"github", "github"},
                                                                  {"gitub_dve", "github_dev"}}) {
    EXPECT_FALSE(IsTypingSlip(written, meant)) << written;
  }
}

}  // namespace
}  // namespace mcplexer::source
