// SPDX-License-Identifier: Apache-2.0
#include "compiler/convert/yaml_record.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace mcplexer::convert {
namespace {

constexpr size_t kWidth = 100;

// Records in records are as deep as the table of keys, which is three.
class Writer {
 public:
  std::string Run(const YamlRecord& root) {
    Comments(root.comments, 0);
    if (!root.comments.empty() && !root.fields.empty()) out_ += '\n';
    for (const YamlField& field : root.fields) Write(field, 0, "");
    return std::move(out_);
  }

 private:
  void Comments(const std::vector<std::string>& lines, size_t indent) {
    for (const std::string& line : lines) {
      out_ += fmt::format("{:{}}#{}{}\n", "", indent, line.empty() ? "" : " ", line);
    }
  }

  // `dash`: what stands before the key instead of the last two spaces.
  void Write(const YamlField& field, size_t indent, std::string_view dash) {
    const std::string head = fmt::format("{:{}}{}{}:", "", indent - dash.size(), dash, field.key);
    if (!field.records.empty()) {
      out_ += head + "\n";
      for (const YamlRecord& record : field.records) Write(record, indent + 2);
      return;
    }
    if (field.items.empty()) {
      out_ += fmt::format("{} {}\n", head, field.text);
      return;
    }
    const std::string flow = fmt::format("{} [{}]\n", head, fmt::join(field.items, ", "));
    if (flow.size() <= kWidth + 1) {
      out_ += flow;
      return;
    }
    out_ += head + "\n";
    for (const std::string& item : field.items)
      out_ += fmt::format("{:{}}- {}\n", "", indent + 2, item);
  }

  void Write(const YamlRecord& record, size_t indent) {
    Comments(record.comments, indent);
    bool first = true;
    for (const YamlField& field : record.fields) {
      Write(field, indent + 2, std::exchange(first, false) ? "- " : "");
    }
  }

  std::string out_;
};

}  // namespace

std::string WriteYaml(const YamlRecord& root) { return Writer().Run(root); }

}  // namespace mcplexer::convert
