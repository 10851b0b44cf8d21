// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/links.h"

#include <string>

namespace mcplexer::mcp {
namespace {

using Visit = std::function<void(std::string_view uri)>;

void VisitUri(const json::Document& doc, json::NodeId object, const Visit& visit) {
  if (!object.valid()) return;
  const json::NodeId uri = doc.Find(object, "uri");
  if (!uri.valid() || doc.TypeOf(uri) != json::Type::kString) return;
  std::string scratch;
  visit(doc.Unescape(uri, scratch));
}

void VisitContent(const json::Document& doc, json::NodeId content, const Visit& visit) {
  if (!content.valid()) return;
  const json::NodeId type = doc.Find(content, "type");
  if (!type.valid()) return;
  if (doc.StringEquals(type, "resource_link")) VisitUri(doc, content, visit);
  if (doc.StringEquals(type, "resource")) VisitUri(doc, doc.Find(content, "resource"), visit);
}

json::Document::ElementRange ElementsOf(const json::Document& doc, json::NodeId object,
                                        std::string_view key) {
  const json::NodeId node = doc.Find(object, key);
  return node.valid() ? doc.Elements(node) : json::Document::ElementRange(nullptr, 0, 0);
}

}  // namespace

void ForEachLink(const json::Document& doc, json::NodeId result, const Visit& visit) {
  for (const json::NodeId content : ElementsOf(doc, result, "content")) {
    VisitContent(doc, content, visit);
  }
  for (const json::NodeId message : ElementsOf(doc, result, "messages")) {
    VisitContent(doc, doc.Find(message, "content"), visit);
  }
  for (const json::NodeId contents : ElementsOf(doc, result, "contents")) {
    VisitUri(doc, contents, visit);
  }
}

}  // namespace mcplexer::mcp
