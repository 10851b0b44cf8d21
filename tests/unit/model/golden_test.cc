// SPDX-License-Identifier: Apache-2.0
// Cases of tests/text/model: a policy and, below it, what the model makes of it.
//
//     ...the policy...
//     //! expect:
//     //! the policy as Dump writes it, when nothing is wrong with it
//     //! the diagnostics, as people see them
//
// MCPLEXER_UPDATE=1 writes what came out into the files; read the change before committing it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/source/render.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

constexpr std::string_view kMark = "//! expect:\n";

std::vector<std::filesystem::path> Cases() {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  std::vector<std::filesystem::path> cases;
  if (root == nullptr) return cases;
  const auto folder = std::filesystem::path(root) / "tests/text/model";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".plex") cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string Outcome(const std::string& name, const std::string& text) {
  const auto lowered = LowerFiles({{name, text}});
  std::string all;
  if (!lowered->diagnostics.has_errors()) all += Dump(lowered->policy);
  for (const source::Diagnostic& diagnostic : lowered->diagnostics.all()) {
    all += RenderText(lowered->sources, diagnostic);
  }
  std::string out;
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) {
    out += line.empty() ? "//!\n" : "//! " + line + "\n";
  }
  return out;
}

TEST(GoldenTest, EachCaseLowersToWhatItSays) {
  const std::vector<std::filesystem::path> cases = Cases();
  ASSERT_FALSE(cases.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  const char* update = std::getenv("MCPLEXER_UPDATE");
  for (const std::filesystem::path& path : cases) {
    SCOPED_TRACE(path.filename().string());
    const std::string all = ReadAll(path);
    const size_t mark = std::min(all.find(kMark), all.size());
    const std::string text = all.substr(0, mark);
    const std::string outcome = Outcome(path.filename().string(), text);
    if (update != nullptr && std::string_view(update) == "1") {
      std::ofstream(path, std::ios::binary) << text << kMark << outcome;
      continue;
    }
    ASSERT_LT(mark, all.size()) << "the case expects nothing";
    EXPECT_EQ(all.substr(mark + kMark.size()), outcome);
  }
}

}  // namespace
}  // namespace mcplexer::model
