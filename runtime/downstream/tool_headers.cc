// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/tool_headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "runtime/transport/mcp_header.h"

namespace mcplexer::downstream {
namespace {

constexpr std::string_view kMark = "x-mcp-header";
// More of them than any tool has parameters.
constexpr size_t kMaxHeaders = 64;
// A server that invents names must not fill our memory; the next list brings back what is in use.
constexpr size_t kMaxTools = 10'000;

bool HasKind(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

// A header's name, RFC 9110 section 5.6.2.
bool IsToken(std::string_view text) {
  constexpr std::string_view kMore = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMore.find(c) != std::string_view::npos;
  });
}

// Reads one tool's schema.
class Reader {
 public:
  explicit Reader(const json::Document& doc) : doc_(doc) {}

  // The schema at `path`, or one that no chain of `properties` leads to.
  void Read(json::NodeId schema, std::vector<std::string>& path, bool reachable) {
    if (HasKind(doc_, schema, json::Type::kArray)) {
      for (const json::NodeId one : doc_.Elements(schema)) Read(one, path, false);
    }
    for (const auto [key, value] : doc_.Members(schema)) {
      if (!why.empty()) return;
      if (doc_.StringEquals(key, kMark)) {
        Mark(schema, value, path, reachable);
      } else if (doc_.StringEquals(key, "properties")) {
        ReadProperties(value, path, reachable);
      } else if (!IsData(key)) {
        Read(value, path, false);
      }
    }
  }

  std::string_view why;
  std::vector<std::pair<std::vector<std::string>, std::string>> found;

 private:
  // What holds values, not schemas.
  bool IsData(json::NodeId key) const {
    for (const std::string_view one : {"default", "const", "enum", "examples"}) {
      if (doc_.StringEquals(key, one)) return true;
    }
    return false;
  }

  void ReadProperties(json::NodeId properties, std::vector<std::string>& path, bool reachable) {
    std::string scratch;
    for (const auto [key, value] : doc_.Members(properties)) {
      path.emplace_back(doc_.Unescape(key, scratch));
      Read(value, path, reachable);
      path.pop_back();
    }
  }

  void Mark(json::NodeId schema, json::NodeId value, const std::vector<std::string>& path,
            bool reachable) {
    std::string scratch;
    const json::NodeId type = doc_.Find(schema, "type");
    const bool primitive =
        HasKind(doc_, type, json::Type::kString) &&
        (doc_.StringEquals(type, "string") || doc_.StringEquals(type, "integer") ||
         doc_.StringEquals(type, "boolean"));
    if (!reachable || path.empty()) {
      why = "x-mcp-header is where no argument can be found";
    } else if (!primitive) {
      why = "x-mcp-header is of a parameter that is no text, integer or boolean";
    } else if (!HasKind(doc_, value, json::Type::kString) ||
               !IsToken(doc_.Unescape(value, scratch))) {
      why = "x-mcp-header is no name of a header";
    } else {
      const std::string name(doc_.Unescape(value, scratch));
      std::string lower = name;
      for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      if (!names_.insert(lower).second) why = "x-mcp-header is there twice with one name";
      if (names_.size() > kMaxHeaders) why = "x-mcp-header is there too often";
      found.emplace_back(path, name);
    }
  }

  const json::Document& doc_;
  std::set<std::string> names_;
};

// The value as the header has it; false where it has none.
bool TextOf(const json::Document& doc, json::NodeId value, std::string* text) {
  switch (doc.TypeOf(value)) {
    case json::Type::kString: {
      std::string scratch;
      *text = transport::EncodeMcpHeader(doc.Unescape(value, scratch));
      return true;
    }
    case json::Type::kNumber:
    case json::Type::kTrue:
    case json::Type::kFalse:
      *text = doc.Raw(value);
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view ToolHeaders::Note(const json::Document& doc, json::NodeId tool) {
  const json::NodeId name = doc.Find(tool, "name");
  const json::NodeId schema = doc.Find(tool, "inputSchema");
  if (!HasKind(doc, name, json::Type::kString)) return {};
  Reader reader(doc);
  std::vector<std::string> path;
  if (schema.valid()) reader.Read(schema, path, true);
  std::string scratch;
  const std::string key(doc.Unescape(name, scratch));
  tools_.erase(key);
  if (!reader.why.empty()) return reader.why;
  if (tools_.size() >= kMaxTools) tools_.clear();
  for (auto& [where, header] : reader.found) {
    tools_[key].push_back({std::move(where), std::move(header)});
  }
  return {};
}

std::string ToolHeaders::Fields(const std::string& tool, const json::Document& doc,
                                json::NodeId arguments) const {
  std::string fields;
  const auto at = tools_.find(tool);
  if (at == tools_.end() || !arguments.valid()) return fields;
  for (const Parameter& parameter : at->second) {
    json::NodeId value = arguments;
    for (const std::string& step : parameter.path) {
      if (value.valid()) value = doc.Find(value, step);
    }
    std::string text;
    if (value.valid() && TextOf(doc, value, &text)) {
      fields += fmt::format("Mcp-Param-{}: {}\r\n", parameter.header, text);
    }
  }
  return fields;
}

}  // namespace mcplexer::downstream
