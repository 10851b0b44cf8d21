// SPDX-License-Identifier: Apache-2.0
// The cases of tests/text/check and tests/text/lint: a policy and, below it, what that command has
// to say to it (golden.h says how that looks): the diagnostics, as people see them, and `3 rules, 1
// error, 0 warnings, no plan`.
//
// A folder is a case of several files; what is expected stands in its main.plex. Besides policies
// it may hold an inventory, mcplexer.lock, an older one, base.lock, and boundary.plex, which is
// what the policy may only narrow.

#ifndef MCPLEXER_TESTS_TEXT_CASES_H_
#define MCPLEXER_TESTS_TEXT_CASES_H_

#include <filesystem>
#include <vector>

#include "tests/text/golden.h"
#include "tests/text/project.h"

namespace mcplexer {

struct Case {
  Golden golden;  // the file that says what is expected
  Files files;    // by name; of that one only the source
  Command command = Command::kCheck;
};

inline Case ReadCase(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  Case result;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      if (IsPolicy(entry.path()) || entry.path().extension() == ".lock") {
        result.files[entry.path().filename().string()] = ReadAll(entry.path());
      }
    }
  }
  result.golden = ReadGolden(fs::is_directory(path) ? path / "main.plex" : path);
  result.files[result.golden.name] = result.golden.text;
  return result;
}

// By name, those of `check` first. None when a folder is missing.
inline std::vector<Case> ReadCases() {
  std::vector<Case> cases;
  for (const Command command : {Command::kCheck, Command::kLint}) {
    const auto paths = PathsIn(command == Command::kLint ? "tests/text/lint" : "tests/text/check");
    if (paths.empty()) return {};
    for (const auto& path : paths) {
      if (!std::filesystem::is_directory(path) && !IsPolicy(path)) continue;
      cases.push_back(ReadCase(path));
      cases.back().command = command;
    }
  }
  return cases;
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_CASES_H_
