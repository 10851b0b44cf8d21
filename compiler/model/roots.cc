// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/roots.h"

#include <fmt/format.h>

namespace mcplexer::model {
namespace {

// The longest path that the system calls of Linux take.
constexpr size_t kLongestPath = 4'096;
constexpr std::string_view kHomeVariable = "${HOME}";

tl::unexpected<TextError> Bad(std::string message, size_t offset, size_t length) {
  return tl::unexpected<TextError>({std::move(message), offset, length});
}

}  // namespace

tl::expected<Root, TextError> ParseRoot(std::string_view text) {
  if (text.empty()) return Bad("the directory is empty", 0, 0);
  if (text.size() > kLongestPath) {
    return Bad(fmt::format("a directory of more than {} bytes", kLongestPath), 0, text.size());
  }
  Root root;
  size_t at = 0;
  if (text.front() == '~') {
    root.home = true;
    at = 1;
  } else if (text.starts_with(kHomeVariable)) {
    root.home = true;
    at = kHomeVariable.size();
  }
  if (at < text.size() && text[at] != '/') {
    if (root.home) {
      return Bad("a `/` must follow the home directory; other users' homes have no short form", at,
                 1);
    }
    return Bad("a directory is absolute or begins with `~`", 0, text.size());
  }
  while (at < text.size()) {
    const size_t begin = at + 1;  // behind the slash
    const size_t next = text.find('/', begin);
    const size_t end = next == std::string_view::npos ? text.size() : next;
    const std::string_view segment = text.substr(begin, end - begin);
    at = end;
    if (segment.empty()) {
      if (end == text.size()) break;  // a trailing slash, or `/` itself
      return Bad("an empty segment (`//`) in a directory", begin - 1, 2);
    }
    if (segment == ".") continue;
    if (segment == "..") return Bad("`..` in a directory", begin, 2);
    for (size_t i = 0; i < segment.size(); ++i) {
      const auto c = static_cast<unsigned char>(segment[i]);
      if (c < 0x20 || c == 0x7F) return Bad("a control character in a directory", begin + i, 1);
    }
    if (const size_t dollar = segment.find("${"); dollar != std::string_view::npos) {
      return Bad("only `${HOME}` is replaced in a directory, and only at its beginning",
                 begin + dollar, 2);
    }
    root.rest += '/';
    root.rest += segment;
  }
  return root;
}

std::string RootText(const Root& root) {
  if (root.home) return "~" + root.rest;
  return root.rest.empty() ? "/" : root.rest;
}

Root Resolve(const Root& root, std::string_view home) {
  if (!root.home || home.empty()) return root;
  return {false, (home == "/" ? "" : std::string(home)) + root.rest};
}

}  // namespace mcplexer::model
