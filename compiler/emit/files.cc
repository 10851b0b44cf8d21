// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>

#include "runtime/plan/digest.h"

namespace mcplexer::emit {
namespace {

// The standard library is not beside the user's files and has the same name everywhere.
bool IsStandard(std::string_view path) { return path.starts_with("std/"); }

// Up to and with the last slash.
std::string_view DirectoryOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash + 1);
}

std::string_view CommonDirectory(const source::SourceMap& sources) {
  std::string_view common;
  bool first = true;
  for (size_t f = 0; f < sources.size(); ++f) {
    const std::string_view path = sources.path(FileId(f));
    if (IsStandard(path)) continue;
    const std::string_view directory = DirectoryOf(path);
    if (first) {
      common = directory;
    } else {
      const auto [end, other] = std::ranges::mismatch(common, directory);
      common = DirectoryOf(common.substr(0, static_cast<size_t>(end - common.begin())));
    }
    first = false;
  }
  return common;
}

}  // namespace

SourceFiles::SourceFiles(const source::SourceMap& sources) : numbers_(sources.size()) {
  const size_t prefix = CommonDirectory(sources).size();
  std::vector<std::string> shown;
  for (size_t f = 0; f < sources.size(); ++f) {
    const std::string& path = sources.path(FileId(f));
    shown.push_back(IsStandard(path) ? path : path.substr(prefix));
  }
  std::vector<uint32_t> sorted(shown.size());
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::ranges::stable_sort(sorted, {}, [&](uint32_t f) -> const std::string& { return shown[f]; });

  std::string canonical;
  for (uint32_t f : sorted) {
    numbers_[f] = static_cast<uint32_t>(paths_.size());
    const std::string_view text = sources.text(FileId(f));
    canonical += fmt::format("{}\n{}\n", shown[f], text.size());
    canonical += text;
    paths_.push_back(std::move(shown[f]));
  }
  digest_ = plan::Sha256(std::as_bytes(std::span(canonical)));
}

}  // namespace mcplexer::emit
