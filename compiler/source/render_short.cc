// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "compiler/source/printable.h"
#include "compiler/source/render.h"

namespace mcplexer::source {

std::string_view SeverityText(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      break;
  }
  return "error";
}

std::string_view NoteText(NoteKind kind) {
  switch (kind) {
    case NoteKind::kExample:
      return "example";
    case NoteKind::kHelp:
      return "help";
    case NoteKind::kNote:
      break;
  }
  return "note";
}

std::string RenderShort(const SourceMap& sources, const Diagnostic& diagnostic) {
  const CodeInfo& info = Info(diagnostic.code);
  std::string place;
  if (const Span span = diagnostic.primary.span; span.valid()) {
    const Position at = sources.position(span.file, span.begin);
    place = fmt::format("{}:{}:{}: ", Printable(sources.path(span.file)), at.line, at.column);
  }
  return fmt::format("{}{}[{}]: {}\n", place, SeverityText(info.severity), info.text,
                     Printable(diagnostic.message));
}

}  // namespace mcplexer::source
