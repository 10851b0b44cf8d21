// SPDX-License-Identifier: Apache-2.0
//
// A runner reads a step's output line by line and obeys a line that begins with `::command`, and
// also one that holds `##[command]` anywhere, unless it has the first form. A line of ours
// therefore always has the first form or holds no text of a policy. Inside, GitHub's own escapes
// keep a value in its place: `%`, line ends, and in properties `:` and `,`. Whatever a terminal
// would not show has been made visible before.

#include "compiler/commands/workflow_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/source/printable.h"
#include "compiler/source/render.h"

namespace mcplexer::commands {
namespace {

using source::Diagnostic;
using source::Severity;

enum class Part : uint8_t { kMessage, kProperty };

std::string Escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    const bool special =
        c == '%' || c == '\r' || c == '\n' || (part == Part::kProperty && (c == ':' || c == ','));
    out += special ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return out;
}

std::string_view CommandFor(Severity severity) {
  return severity == Severity::kNote ? "notice" : SeverityText(severity);
}

std::string PlaceOf(const source::SourceMap& sources, source::Span span) {
  if (!span.valid()) return "";
  const source::Position begin = sources.position(span.file, span.begin);
  const source::Position end = sources.position(span.file, span.end);
  std::string out = fmt::format(
      "file={},line={},endLine={},",
      Escaped(source::Printable(sources.path(span.file)), Part::kProperty), begin.line, end.line);
  // Columns are for places on one line; the last one is included.
  if (begin.line == end.line) {
    out += fmt::format("col={},endColumn={},", begin.column,
                       end.column > begin.column ? end.column - 1 : begin.column);
  }
  return out;
}

std::string CommandOf(const source::SourceMap& sources, const Diagnostic& diagnostic) {
  const source::CodeInfo& info = source::Info(diagnostic.code);
  std::string message = source::Printable(diagnostic.message);
  for (const source::Note& note : diagnostic.notes) {
    message += fmt::format("\n{}: {}", NoteText(note.kind), source::Printable(note.text));
  }
  return fmt::format("::{} {}title={}::{}\n", CommandFor(info.severity),
                     PlaceOf(sources, diagnostic.primary.span),
                     Escaped(fmt::format("{}: {}", info.text, info.title), Part::kProperty),
                     Escaped(message, Part::kMessage));
}

}  // namespace

std::string WorkflowCommands(const Compilation& compilation) {
  std::string out;
  std::string rest;
  for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kNote}) {
    std::vector<std::string> commands;
    if (severity == Severity::kError) {
      for (const std::string& error : compilation.input_errors) {
        commands.push_back(fmt::format("::error title=mcplexerc::{}\n",
                                       Escaped(source::Printable(error), Part::kMessage)));
      }
    }
    for (const Diagnostic& diagnostic : compilation.diagnostics.all()) {
      if (diagnostic.suppressed || source::Info(diagnostic.code).severity != severity) continue;
      commands.push_back(CommandOf(compilation.sources, diagnostic));
    }
    const size_t shown = std::min(commands.size(), kAnnotationsOfAKind);
    for (size_t i = 0; i < shown; ++i) out += commands[i];
    const size_t hidden = commands.size() - shown;
    if (hidden == 0) continue;
    rest += fmt::format("{}{} {}{}", rest.empty() ? "" : ", ", hidden, SeverityText(severity),
                        hidden == 1 ? "" : "s");
  }
  if (!rest.empty()) {
    out += fmt::format("not shown, because GitHub keeps {} of each kind: {}\n", kAnnotationsOfAKind,
                       rest);
  }
  return out;
}

}  // namespace mcplexer::commands
