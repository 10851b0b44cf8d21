// SPDX-License-Identifier: Apache-2.0
// The cases of tests/text/check and tests/text/lint: a policy and, below it, what that command has
// to say to it.
//
//     ...the policy...
//     //! expect:                         (`#! expect:` in YAML)
//     //! the diagnostics, as people see them
//     //! 3 rules, 1 error, 0 warnings, no plan
//
// A folder is a case of several files; what is expected stands in its main.plex.

#ifndef MCPLEXER_TESTS_TEXT_CASES_H_
#define MCPLEXER_TESTS_TEXT_CASES_H_

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/text/project.h"

namespace mcplexer {

struct Case {
  std::filesystem::path path;  // of the file that says what is expected
  std::string root;            // its name, as the compiler is given it
  Files files;                 // what is expected cut off
  std::string expected;        // with its comment marks; empty when the case says nothing
  Command command = Command::kCheck;

  std::string_view comment() const { return root.ends_with(".plex") ? "//!" : "#!"; }
  std::string mark() const { return std::string(comment()) + " expect:\n"; }
};

inline bool IsPolicy(const std::filesystem::path& path) {
  return path.extension() == ".plex" || path.extension() == ".yaml";
}

inline Case ReadCase(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  Case result;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      if (IsPolicy(entry.path())) {
        result.files[entry.path().filename().string()] = ReadAll(entry.path());
      }
    }
    result.path = path / "main.plex";
  } else {
    result.files[path.filename().string()] = ReadAll(path);
    result.path = path;
  }
  result.root = result.path.filename().string();
  std::string& text = result.files[result.root];
  const size_t mark = text.find(result.mark());
  if (mark != std::string::npos) {
    result.expected = text.substr(mark + result.mark().size());
    text.resize(mark);
  }
  return result;
}

// By name, those of `check` first. None when a folder is missing.
inline std::vector<Case> ReadCases() {
  std::vector<Case> cases;
  for (const Command command : {Command::kCheck, Command::kLint}) {
    std::vector<std::filesystem::path> paths;
    const auto folder =
        SourceFolder(command == Command::kLint ? "tests/text/lint" : "tests/text/check");
    if (!std::filesystem::is_directory(folder)) return {};
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.is_directory() || IsPolicy(entry.path())) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
      cases.push_back(ReadCase(path));
      cases.back().command = command;
    }
  }
  return cases;
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_CASES_H_
