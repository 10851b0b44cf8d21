// SPDX-License-Identifier: Apache-2.0
//
// Numbers in parentheses are sections of the OASIS standard.
//
// * Columns count UTF-16 code units, SARIF's default, so that a reader that knows no other is
// right,
//   too (3.14.17).
// * Paths are relative to %SRCROOT%, the directory that the compiler ran in, which a reader knows
//   and we do not say (3.14.14). They are percent-encoded, whatever a file is called.
// * In messages braces are doubled, because `{0}` is a placeholder (3.11.5), and brackets escaped
//   where they would make a link (3.11.6): patterns have both. The pages of the rules take no
//   arguments and are left as they are, since readers show them as they come.
// * A result is the same one in the next version of a file as long as its code, its file and the
//   text of its line stay (3.27.17): a fingerprint holds these and the number among equals, no line
//   number. The line of a secret is left out; a hash of something short can be reversed.
// * No excerpts of the sources: a log is uploaded, and a source may hold a secret.

#include "compiler/commands/sarif.h"

#include <fmt/format.h>

#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "compiler/commands/pages.h"
#include "compiler/source/printable.h"
#include "compiler/source/render.h"
#include "runtime/base/version.h"
#include "runtime/plan/digest.h"

namespace mcplexer::commands {
namespace {

using Json = nlohmann::ordered_json;
using source::Code;
using source::CodeInfo;
using source::Diagnostic;
using source::Severity;
using source::Span;

// With links between the pages, which lead nowhere outside the folder, reduced to their text.
std::string PageText(std::string_view page) {
  std::string out;
  while (!page.empty()) {
    const size_t open = page.find('[');
    const size_t middle = page.find("](", open);
    const size_t close = page.find(')', middle);
    const bool link = open != std::string_view::npos && close != std::string_view::npos &&
                      page.substr(middle, close - middle).ends_with(".md") &&
                      page.substr(open, middle - open).find('\n') == std::string_view::npos;
    if (link) {
      out += page.substr(0, open);
      out += page.substr(open + 1, middle - open - 1);
      page.remove_prefix(close + 1);
    } else {
      const size_t end = open == std::string_view::npos ? page.size() : open + 1;
      out += page.substr(0, end);
      page.remove_prefix(end);
    }
  }
  return out;
}

// GitHub's scale: from 7.0 on `high`, from 4.0 on `medium`.
std::string_view SecuritySeverity(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "8.5";
    case Severity::kWarning:
      return "6.0";
    case Severity::kNote:
      break;
  }
  return "3.0";
}

Json Rule(const CodeInfo& info) {
  const std::string page = PageText(Page(info.text));
  Json rule = {{"id", info.text},
               {"shortDescription", {{"text", info.title}}},
               {"fullDescription", {{"text", info.title}}},
               {"help", {{"text", page}, {"markdown", page}}},
               {"defaultConfiguration", {{"level", SeverityText(info.severity)}}}};
  if (info.text.starts_with('S')) {
    rule["properties"] = {{"tags", Json::array({"security"})},
                          {"security-severity", SecuritySeverity(info.severity)}};
  }
  return rule;
}

std::string Escaped(std::string_view text) {
  const bool link = text.find("](") != std::string_view::npos;
  std::string out;
  for (const char c : source::Printable(text)) {
    if (c == '{' || c == '}') out += c;
    if (link && (c == '[' || c == ']')) out += '\\';
    out += c;
  }
  return out;
}

std::string MessageOf(const Diagnostic& diagnostic) {
  std::string text = Escaped(diagnostic.message);
  for (const source::Note& note : diagnostic.notes) {
    text += fmt::format("\n{}: {}", NoteText(note.kind), Escaped(note.text));
  }
  return text;
}

std::string Uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 ||
                                       std::string_view("-._~/").find(c) != std::string_view::npos);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const Compilation& compilation)
      : compilation_(compilation), sources_(compilation.sources) {}

  std::string Write() {
    Json rules = Json::array();
    for (const CodeInfo& info : source::AllCodes()) rules.push_back(Rule(info));
    Json results = Json::array();
    for (const Diagnostic& one : compilation_.diagnostics.all()) results.push_back(Result(one));
    Json invocation = {{"executionSuccessful", compilation_.input_errors.empty()}};
    for (const std::string& error : compilation_.input_errors) {
      invocation["toolExecutionNotifications"].push_back(
          {{"level", "error"}, {"message", {{"text", Escaped(error)}}}});
    }
    Json run = {
        {"tool",
         {{"driver",
           {{"name", "mcplexerc"}, {"semanticVersion", kVersion}, {"rules", std::move(rules)}}}}},
        {"invocations", Json::array({std::move(invocation)})},
        {"originalUriBaseIds",
         {{"%SRCROOT%", {{"description", {{"text", "the directory that mcplexerc was run in"}}}}}}},
        {"columnKind", "utf16CodeUnits"},
        {"results", std::move(results)}};
    const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({std::move(run)})}};
    // As for JSON: ASCII, and bytes that are not UTF-8 become U+FFFD.
    return log.dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
  }

 private:
  Json Artifact(FileId file) const {
    const std::string& path = sources_.path(file);
    Json artifact = {{"uri", Uri(path)}};
    if (!path.starts_with('/')) artifact["uriBaseId"] = "%SRCROOT%";
    return artifact;
  }

  uint32_t Column(FileId file, uint32_t line, uint32_t offset) const {
    const uint32_t start = sources_.line_start(file, line);
    const std::string_view before = sources_.text(Span{file, start, offset});
    uint32_t column = 1;
    for (size_t at = 0; at < before.size();) {
      const source::CodePoint point = source::Decode(before, at);
      column += point.value > 0xFFFF ? 2 : 1;
      at += point.length;
    }
    return column;
  }

  Json Region(Span span) const {
    const uint32_t begin = sources_.position(span.file, span.begin).line;
    const uint32_t end = sources_.position(span.file, span.end).line;
    return {{"startLine", begin},
            {"startColumn", Column(span.file, begin, span.begin)},
            {"endLine", end},
            {"endColumn", Column(span.file, end, span.end)}};
  }

  Json Location(const source::Label& label) const {
    Json location = {
        {"physicalLocation",
         {{"artifactLocation", Artifact(label.span.file)}, {"region", Region(label.span)}}}};
    if (!label.text.empty()) location["message"] = {{"text", Escaped(label.text)}};
    return location;
  }

  Json FixOf(const source::Fix& fix) const {
    std::map<FileId, Json> replacements;
    for (const source::Edit& edit : fix.edits) {
      replacements[edit.span.file].push_back({{"deletedRegion", Region(edit.span)},
                                              {"insertedContent", {{"text", edit.replacement}}}});
    }
    Json changes = Json::array();
    for (auto& [file, edits] : replacements) {
      changes.push_back({{"artifactLocation", Artifact(file)}, {"replacements", std::move(edits)}});
    }
    return {{"description", {{"text", Escaped(fix.description)}}},
            {"artifactChanges", std::move(changes)}};
  }

  std::string Fingerprint(const Diagnostic& diagnostic) {
    const Span span = diagnostic.primary.span;
    std::string text(source::Info(diagnostic.code).text);
    if (span.valid()) {
      text += '\n' + sources_.path(span.file) + '\n';
      if (diagnostic.code != Code::kSecretLiteral) {
        const uint32_t line = sources_.position(span.file, span.begin).line;
        for (const char c : sources_.line_text(span.file, line)) {
          if (c != ' ' && c != '\t') text += c;
        }
      }
    } else {
      text += '\n' + diagnostic.message;
    }
    text += fmt::format("\n{}", ++seen_[text]);
    const plan::Digest digest = plan::Sha256(std::as_bytes(std::span(text)));
    std::string out;
    for (const auto byte : digest) out += fmt::format("{:02x}", static_cast<unsigned>(byte));
    return out;
  }

  Json Result(const Diagnostic& diagnostic) {
    const CodeInfo& info = source::Info(diagnostic.code);
    Json result = {{"ruleId", info.text},
                   {"ruleIndex", static_cast<size_t>(diagnostic.code)},
                   {"level", SeverityText(info.severity)},
                   {"message", {{"text", MessageOf(diagnostic)}}}};
    if (diagnostic.primary.span.valid()) {
      result["locations"] = Json::array({Location(diagnostic.primary)});
    }
    for (const source::Label& label : diagnostic.secondary) {
      if (label.span.valid()) result["relatedLocations"].push_back(Location(label));
    }
    result["partialFingerprints"] = {{"mcplexerFinding/v1", Fingerprint(diagnostic)}};
    for (const source::Fix& fix : diagnostic.fixes) result["fixes"].push_back(FixOf(fix));
    if (diagnostic.suppressed) {
      result["suppressions"] = Json::array({{{"kind", "inSource"},
                                             {"status", "accepted"},
                                             {"justification", Escaped(*diagnostic.suppressed)}}});
    }
    return result;
  }

  const Compilation& compilation_;
  const source::SourceMap& sources_;
  std::map<std::string, uint32_t> seen_;  // what a fingerprint holds -> how many had it
};

}  // namespace

std::string SarifLog(const Compilation& compilation) { return Writer(compilation).Write(); }

}  // namespace mcplexer::commands
