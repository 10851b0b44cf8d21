// SPDX-License-Identifier: Apache-2.0
// Golden files: a source and, below it, what comes of it.
//
//     ...the source...
//     //! expect:                         (`#! expect:` in YAML)
//     //! what came out, line by line
//
// MCPLEXER_UPDATE=1 writes what came out into the files; read the change before committing it.

#ifndef MCPLEXER_TESTS_TEXT_GOLDEN_H_
#define MCPLEXER_TESTS_TEXT_GOLDEN_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcplexer {

// A folder of the sources; empty when the tests are run without ctest and without the variable.
inline std::filesystem::path SourceFolder(const std::string& folder) {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  return root == nullptr ? std::filesystem::path() : std::filesystem::path(root) / folder;
}

inline std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline bool IsPolicy(const std::filesystem::path& path) {
  return path.extension() == ".plex" || path.extension() == ".yaml";
}

// What is in a folder of the sources, by name; nothing where there is no such folder.
inline std::vector<std::filesystem::path> PathsIn(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  const auto place = SourceFolder(folder);
  if (!std::filesystem::is_directory(place)) return paths;
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Golden {
  std::filesystem::path path;
  std::string name;      // of the file
  std::string text;      // the source
  std::string expected;  // with its comment marks; empty when the case says nothing

  std::string comment() const { return name.ends_with(".plex") ? "//!" : "#!"; }
  std::string mark() const { return comment() + " expect:\n"; }
};

inline Golden ReadGolden(const std::filesystem::path& path) {
  Golden golden;
  golden.path = path;
  golden.name = path.filename().string();
  golden.text = ReadAll(path);
  const size_t mark = golden.text.find(golden.mark());
  if (mark != std::string::npos) {
    golden.expected = golden.text.substr(mark + golden.mark().size());
    golden.text.resize(mark);
  }
  return golden;
}

// Compares what came out with what the file says, or writes it there.
inline void CheckGolden(const Golden& golden, const std::string& outcome) {
  SCOPED_TRACE(golden.path.string());
  std::string expected;
  std::istringstream lines(outcome);
  for (std::string line; std::getline(lines, line);) {
    expected += golden.comment() + (line.empty() ? "" : " ") + line + "\n";
  }
  const char* update = std::getenv("MCPLEXER_UPDATE");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(golden.path, std::ios::binary) << golden.text << golden.mark() << expected;
    return;
  }
  ASSERT_FALSE(golden.expected.empty()) << "the case expects nothing";
  EXPECT_EQ(golden.expected, expected);
}

// Each policy of a folder; `outcome(name, text)` is what comes of one.
template <typename Outcome>
void CheckGoldenFolder(const std::string& folder, const Outcome& outcome) {
  size_t cases = 0;
  for (const auto& path : PathsIn(folder)) {
    if (!IsPolicy(path)) continue;
    ++cases;
    const Golden golden = ReadGolden(path);
    CheckGolden(golden, outcome(golden.name, golden.text));
  }
  EXPECT_GT(cases, 0u) << "is MCPLEXER_SOURCE_DIR set?";
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_GOLDEN_H_
