// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <vector>

#include "compiler/import/document.h"
#include "compiler/source/diagnostic.h"
#include "compiler/yaml/document.h"

namespace mcplexer::importer {
namespace {

class YamlConverter {
 public:
  YamlConverter(const yaml::Document& from, const source::SourceMap& sources)
      : from_(from), sources_(sources) {}

  Document Convert() {
    Put("", from_.root());
    while (!open_.empty()) {
      Frame& frame = open_.back();
      if (frame.next == frame.entries.size()) {
        to_.Close();
        open_.pop_back();
        continue;
      }
      const yaml::Entry entry = frame.entries[frame.next++];
      Put(entry.key.valid() ? std::string(from_.text(entry.key)) : std::string(), entry.value);
    }
    return std::move(to_);
  }

 private:
  struct Frame {
    std::vector<yaml::Entry> entries;  // without keys in a list
    size_t next = 0;
  };

  void Put(std::string key, yaml::NodeId id) {
    const source::Span span = from_.span(id);
    const uint32_t line = sources_.position(span.file, span.begin).line;
    const std::string text(from_.text(id));
    Frame frame;
    switch (from_[id].kind) {
      case yaml::Node::Kind::kNull:
        to_.Add(Kind::kNull, std::move(key), "", line);
        return;
      case yaml::Node::Kind::kPlain:
        to_.Add(PlainKind(text), std::move(key), text, line);
        return;
      case yaml::Node::Kind::kQuoted:
        to_.Add(Kind::kText, std::move(key), text, line);
        return;
      case yaml::Node::Kind::kList:
        for (const yaml::NodeId child : from_.Children(id)) {
          frame.entries.push_back({yaml::NodeId(), child});
        }
        to_.Open(Kind::kList, std::move(key), line);
        open_.push_back(std::move(frame));
        return;
      case yaml::Node::Kind::kMap:
        frame.entries = from_.Entries(id);
        to_.Open(Kind::kMap, std::move(key), line);
        open_.push_back(std::move(frame));
        return;
    }
  }

  static Kind PlainKind(std::string_view text) {
    if (text == "true" || text == "false") return Kind::kBool;
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    const bool number = !digits.empty() && digits.size() < 19 &&
                        digits.find_first_not_of("0123456789") == std::string_view::npos;
    return number ? Kind::kNumber : Kind::kText;
  }

  const yaml::Document& from_;
  const source::SourceMap& sources_;
  Document to_;
  std::vector<Frame> open_;
};

}  // namespace

Result<Document> ReadYaml(std::string_view text, const Limits& limits) {
  source::Limits yaml_limits;
  yaml_limits.file_bytes = limits.bytes;
  yaml_limits.nesting = limits.depth;
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("configuration", std::string(text));
  const auto parsed = yaml::ReadDocument(sources, file, yaml_limits, diagnostics);
  if (!parsed || diagnostics.has_errors()) {
    diagnostics.Sort();
    if (diagnostics.all().empty()) return Fail("this is not YAML");
    // The message itself may quote the text.
    const source::Diagnostic& first = diagnostics.all().front();
    return Fail(fmt::format("line {}: {}", sources.position(file, first.primary.span.begin).line,
                            source::Info(first.code).title));
  }
  if (parsed->empty()) return Document();
  if (parsed->size() > limits.nodes) return Fail("it holds too many values");
  return YamlConverter(*parsed, sources).Convert();
}

}  // namespace mcplexer::importer
