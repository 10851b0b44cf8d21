// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/lock_file.h"

#include <fmt/format.h>

#include <filesystem>

namespace mcplexer::commands {
namespace {

namespace fs = std::filesystem;

fs::path Beside(const fs::path& path) {
  std::error_code ignored;
  return (fs::is_directory(path, ignored) ? path : path.parent_path()) / kLockFileName;
}

}  // namespace

std::string DefaultLockFile(const std::vector<std::string>& paths) {
  const fs::path file = Beside(paths.front()).lexically_normal();
  return file.string();
}

Result<std::string> FindLockFile(const std::vector<std::string>& paths) {
  std::error_code ignored;
  fs::path found;
  for (const std::string& path : paths) {
    const fs::path file = Beside(path).lexically_normal();
    if (!fs::exists(file, ignored) || (!found.empty() && fs::equivalent(file, found, ignored))) {
      continue;
    }
    if (!found.empty()) {
      return Fail(
          fmt::format("both `{}` and `{}` lie beside the sources; name one with "
                      "`--inventory`",
                      found.string(), file.string()));
    }
    found = file;
  }
  return found.string();
}

}  // namespace mcplexer::commands
