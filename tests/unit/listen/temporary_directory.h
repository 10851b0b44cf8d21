// SPDX-License-Identifier: Apache-2.0
// A directory that goes away with the test.

#ifndef MCPLEXER_TESTS_UNIT_LISTEN_TEMPORARY_DIRECTORY_H_
#define MCPLEXER_TESTS_UNIT_LISTEN_TEMPORARY_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <string>

namespace mcplexer::listen {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "mcplexer-listen-XXXXXX";
    path_ = std::filesystem::canonical(::mkdtemp(name.data()));
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_TESTS_UNIT_LISTEN_TEMPORARY_DIRECTORY_H_
