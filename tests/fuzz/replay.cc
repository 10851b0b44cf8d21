// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over files, without clang: every input that is kept in tests/fuzz/corpus, of
// which some were found because they once went wrong, is a test of every build.
//
// usage: TARGET_replay FILE_OR_DIRECTORY...
// Status 1 when there is nothing to run; what a target finds wrong aborts, after the file's name.

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesIn(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& file : FilesIn(argv[i])) {
      std::ifstream stream(file, std::ios::binary);
      if (!stream) {
        fmt::print(stderr, "{} cannot be read\n", file.string());
        return 1;
      }
      const std::string bytes(std::istreambuf_iterator<char>(stream), {});
      // Before the target runs: it may end the program.
      fmt::print("{}\n", file.string());
      std::fflush(stdout);
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
      ++count;
    }
  }
  fmt::print("{} inputs\n", count);
  return count > 0 ? 0 : 1;
}
