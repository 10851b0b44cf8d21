// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/file_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "compiler/source/load.h"
#include "compiler/source/printable.h"

namespace mcplexer::model {
namespace {

namespace fs = std::filesystem;

auto CannotRead(const std::string& path, const std::error_code& error) {
  return Fail(fmt::format("cannot read `{}`: {}", source::Printable(path), error.message()));
}

class DiskFileSystem : public FileSystem {
 public:
  Result<std::string> Canonical(const std::string& path) override {
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    if (error) return CannotRead(path, error);
    return canonical.string();
  }

  bool IsDirectory(const std::string& path) override {
    std::error_code error;
    return fs::is_directory(path, error);
  }

  Result<std::vector<Entry>> List(const std::string& path) override {
    std::error_code error;
    std::vector<Entry> entries;
    fs::directory_iterator at(path, error);
    if (error) return CannotRead(path, error);
    while (at != fs::directory_iterator()) {
      std::error_code none;
      const fs::file_status status = at->status(none);
      if (fs::exists(status)) {
        entries.push_back({at->path().filename().string(), fs::is_directory(status)});
      }
      at.increment(error);
      if (error) return CannotRead(path, error);
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return entries;
  }

  Result<FileId> Load(const std::string& path, const std::string& shown,
                      const source::Limits& limits, source::SourceMap& sources) override {
    return source::LoadFile(path, shown, limits, sources);
  }
};

}  // namespace

FileSystem& Disk() {
  static DiskFileSystem disk;
  return disk;
}

}  // namespace mcplexer::model
