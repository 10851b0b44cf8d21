// SPDX-License-Identifier: Apache-2.0
// yaml-cpp is lenient where a policy can't be:
//
//   - It takes the byte 0x04 for the end of the file, so a control character would silently cut off
//     the rules behind it. YAML allows no control characters but tab and line ends.
//   - It ends a line at a carriage return alone, where editors and our own places do not, so what
//     looks like a comment could hold rules. Readers of YAML 1.1 and 1.2 disagree about three
//     Unicode line ends; they are refused likewise.
//   - It ignores a line that begins with `%` before the first document, whatever it says.

#include "compiler/yaml/screen.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/source/load.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using source::Span;

// The `%` of a directive before the first content, if there is one.
std::optional<size_t> FindDirective(std::string_view text) {
  size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (i < text.size()) {
    if (text[i] == '%') return i;
    const size_t first = text.find_first_not_of(" \t", i);
    if (first == std::string_view::npos) return std::nullopt;
    if (text[first] != '#' && text[first] != '\n' && text[first] != '\r') return std::nullopt;
    const size_t end = text.find_first_of("\r\n", first);
    if (end == std::string_view::npos) return std::nullopt;
    i = end + 1;
  }
  return std::nullopt;
}

}  // namespace

bool Screen(const source::SourceMap& sources, FileId file, const source::Limits& limits,
            source::Diagnostics& diagnostics) {
  if (!source::CheckText(sources, file, limits, diagnostics)) return false;
  const std::string_view text = sources.text(file);
  const auto refuse = [&](size_t at, size_t length, std::string message) {
    const auto begin = static_cast<uint32_t>(at);
    diagnostics.Report(Code::kYamlError, Span{file, begin, begin + static_cast<uint32_t>(length)},
                       std::move(message));
    return false;
  };
  if (const std::optional<size_t> at = FindDirective(text)) {
    return refuse(*at, 1, "a policy has no use for YAML directives");
  }
  return true;
}

}  // namespace mcplexer::yaml
