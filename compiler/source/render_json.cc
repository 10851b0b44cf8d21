// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "compiler/source/render.h"

namespace mcplexer::source {
namespace {

using Json = nlohmann::ordered_json;

void AddPlace(const SourceMap& sources, const Label& label, Json& out) {
  const Span span = label.span;
  if (span.valid()) {
    const Position begin = sources.position(span.file, span.begin);
    const Position end = sources.position(span.file, span.end);
    out["path"] = sources.path(span.file);
    out["line"] = begin.line;
    out["column"] = begin.column;
    out["end_line"] = end.line;
    out["end_column"] = end.column;
    out["offset"] = span.begin;
    out["end_offset"] = span.end;
  }
  if (!label.text.empty()) out["label"] = label.text;
}

Json Fixes(const SourceMap& sources, const Diagnostic& diagnostic) {
  Json fixes = Json::array();
  for (const Fix& fix : diagnostic.fixes) {
    Json edits = Json::array();
    for (const Edit& edit : fix.edits) {
      Json place = Json::object();
      AddPlace(sources, {edit.span, ""}, place);
      place["replacement"] = edit.replacement;
      edits.push_back(std::move(place));
    }
    const bool safe = fix.applicability == Applicability::kSafe;
    fixes.push_back({{"applicability", safe ? "safe" : "unsafe"},
                     {"description", fix.description},
                     {"edits", std::move(edits)}});
  }
  return fixes;
}

}  // namespace

std::string RenderJson(const SourceMap& sources, const Diagnostic& diagnostic) {
  const CodeInfo& info = Info(diagnostic.code);
  Json out;
  out["code"] = info.text;
  out["severity"] = SeverityText(info.severity);
  out["title"] = info.title;
  out["message"] = diagnostic.message;
  AddPlace(sources, diagnostic.primary, out);
  out["secondary"] = Json::array();
  for (const Label& label : diagnostic.secondary) {
    Json place = Json::object();
    AddPlace(sources, label, place);
    out["secondary"].push_back(std::move(place));
  }
  out["notes"] = Json::array();
  for (const Note& note : diagnostic.notes) {
    out["notes"].push_back({{"kind", NoteText(note.kind)}, {"text", note.text}});
  }
  if (!diagnostic.fixes.empty()) out["fixes"] = Fixes(sources, diagnostic);
  // ASCII only, so that the output is as harmless in a terminal as it is in a log; bytes that are
  // not UTF-8 become U+FFFD.
  return out.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace mcplexer::source
