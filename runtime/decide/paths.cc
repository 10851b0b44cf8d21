// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/paths.h"

#include <algorithm>

namespace mcplexer::decide {
namespace {

// Whether an absolute path is in normal form, as nearly all are. Says no of some that are.
bool IsPlain(std::string_view path) {
  for (size_t slash = 0; slash != path.npos; slash = path.find('/', slash + 1)) {
    if (slash + 1 == path.size() || path[slash + 1] == '/' || path[slash + 1] == '.') return false;
  }
  return true;
}

}  // namespace

bool NormalizePath(std::string_view base, std::string_view path, std::string& out) {
  if (path.empty() || path.find('\0') != std::string_view::npos) return false;
  if (path.front() == '/' && IsPlain(path)) {
    out = path;
    return true;
  }
  out.clear();
  if (path.front() != '/') out = base;
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      out += '/';
      out += segment;
      continue;
    }
    if (out.empty()) return false;
    out.resize(out.rfind('/'));
  }
  return true;
}

bool ContainsPath(std::string_view root, std::string_view path) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

bool PathLess(std::string_view a, std::string_view b) {
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return rank(x) < rank(y); });
}

}  // namespace mcplexer::decide
