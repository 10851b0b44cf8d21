// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "compiler/source/printable.h"

namespace mcplexer::model {
namespace {

namespace fs = std::filesystem;

bool IsPolicyFile(std::string_view name) {
  return !name.starts_with('.') &&
         (IsPlex(name) || name == "mcplexer.yaml" || name.ends_with(".mcplexer.yaml"));
}

bool IsSkippedFolder(std::string_view name) {
  return name.starts_with('.') || name == "build" || name == "node_modules";
}

class Finder {
 public:
  explicit Finder(FileSystem& file_system) : file_system_(file_system) {}

  Found Run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) Find(path);
    std::sort(found_.files.begin(), found_.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.shown < b.shown; });
    return std::move(found_);
  }

 private:
  void Find(const std::string& path) {
    const auto canonical = file_system_.Canonical(path);
    if (!canonical) {
      found_.unreadable.push_back(canonical.error());
    } else if (file_system_.IsDirectory(path)) {
      Search(path);
    } else if (!IsPlex(path) && !IsYaml(path)) {
      found_.unreadable.push_back(
          {fmt::format("`{}` is neither .plex nor .yaml", source::Printable(path))});
    } else {
      found_.files.push_back({*canonical, ShownPath(path)});
    }
  }

  void Search(const std::string& top) {
    std::vector<std::string> folders = {top};
    while (!folders.empty()) {
      const std::string folder = std::move(folders.back());
      folders.pop_back();
      const auto canonical = file_system_.Canonical(folder);
      if (!canonical) {
        found_.unreadable.push_back(canonical.error());
        continue;
      }
      if (!searched_.insert(*canonical).second) continue;
      const auto entries = file_system_.List(folder);
      if (!entries) {
        found_.unreadable.push_back(entries.error());
        continue;
      }
      for (const FileSystem::Entry& entry : *entries) {
        const std::string path = (fs::path(folder) / entry.name).string();
        if (entry.directory) {
          if (!IsSkippedFolder(entry.name)) folders.push_back(path);
        } else if (IsPolicyFile(entry.name)) {
          if (auto file = file_system_.Canonical(path)) {
            found_.files.push_back({std::move(*file), ShownPath(path)});
          } else {
            found_.unreadable.push_back(file.error());
          }
        }
      }
    }
  }

  FileSystem& file_system_;
  Found found_;
  std::set<std::string> searched_;  // folders, canonical
};

}  // namespace

bool IsPlex(std::string_view path) { return path.ends_with(".plex"); }
bool IsYaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

std::string ShownPath(const std::string& path) {
  const std::string text = fs::path(path).lexically_normal().string();
  return text.empty() ? "." : text;
}

Found FindFiles(const std::vector<std::string>& paths, FileSystem& file_system) {
  return Finder(file_system).Run(paths);
}

}  // namespace mcplexer::model
