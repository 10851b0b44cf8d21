// SPDX-License-Identifier: Apache-2.0
// A directory that goes with its test.

#ifndef MCPLEXER_TESTS_UNIT_AUDIT_TEMPORARY_DIRECTORY_H_
#define MCPLEXER_TESTS_UNIT_AUDIT_TEMPORARY_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace mcplexer::test {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    // In memory where that is to be had: the tests sync and rewrite thousands of small files.
    const char* const memory = "/dev/shm";
    path_ = access(memory, W_OK) == 0 ? memory : std::filesystem::temp_directory_path().string();
    path_ += "/mcplexer-test-XXXXXX";
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string File(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void WriteFile(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  EXPECT_TRUE(file.flush()) << path;
}

}  // namespace mcplexer::test

#endif  // MCPLEXER_TESTS_UNIT_AUDIT_TEMPORARY_DIRECTORY_H_
