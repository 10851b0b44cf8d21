// SPDX-License-Identifier: Apache-2.0
// Three steps: the text to a document (document.cc), the document against the table of keys
// (check.cc), and the document to declarations, here.

#include "compiler/yaml/parse.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/yaml/check.h"
#include "compiler/yaml/document.h"
#include "compiler/yaml/fields.h"
#include "compiler/yaml/lower.h"
#include "compiler/yaml/record.h"

namespace mcplexer::yaml {
namespace {

using syntax::BodyItem;
using syntax::Declaration;

struct SectionKind {
  std::string_view key;
  Declaration::Kind kind;
  std::string_view name;  // the key of an entry that names what it declares
};

constexpr SectionKind kSections[] = {
    {"secrets", Declaration::Kind::kSecret, "name"},
    {"oauth_providers", Declaration::Kind::kProvider, "id"},
    {"auth_scopes", Declaration::Kind::kScope, "id"},
    {"downstream_servers", Declaration::Kind::kServer, "id"},
    {"principals", Declaration::Kind::kPrincipal, "name"},
    {"tools", Declaration::Kind::kTools, "name"},
    {"templates", Declaration::Kind::kTemplate, "name"},
    {"workspaces", Declaration::Kind::kWorkspace, "id"},
    {"invariants", Declaration::Kind::kInvariant, "name"},
    {"tests", Declaration::Kind::kTest, "name"},
};

void LowerWorkspace(const Context& context, const Record& record, Declaration& declaration) {
  // A workspace's attributes stand in its body, among its rules.
  for (syntax::Attribute& attribute : declaration.attributes) {
    BodyItem item;
    item.kind = BodyItem::Kind::kAttribute;
    item.span = attribute.span;
    item.attribute.push_back(std::move(attribute));
    declaration.body.push_back(std::move(item));
  }
  declaration.attributes.clear();
  const std::optional<NodeId> uses = record.Get("use");
  if (!uses) return;
  for (const NodeId node : context.document.Children(*uses)) {
    const Record entry(context, node);
    std::optional<syntax::Name> name = entry.GetName("template");
    if (!entry.sound() || !name) continue;
    BodyItem item;
    item.kind = BodyItem::Kind::kUse;
    item.span = entry.span();
    syntax::Use& use = item.use.emplace_back();
    use.span = item.span;
    use.name = std::move(*name);
    if (const std::optional<NodeId> arguments = entry.Get("arguments")) {
      use.arguments = LowerFreeValue(context, *arguments).items;
    }
    declaration.body.push_back(std::move(item));
  }
}

void LowerTemplate(const Context& context, const Record& record, Declaration& declaration) {
  declaration.parameters = record.GetNames("parameters");
  const std::optional<NodeId> rules = record.Get("route_rules");
  if (!rules) return;
  for (const NodeId node : context.document.Children(*rules)) {
    std::optional<BodyItem> item = LowerEntry(context, Record(context, node));
    if (item) declaration.body.push_back(std::move(*item));
  }
}

std::optional<Declaration> LowerDeclaration(const Context& context, const SectionKind& section,
                                            const Section& fields, NodeId node) {
  const Record record(context, node);
  std::optional<syntax::Name> name = record.GetName(section.name);
  if (!name) return std::nullopt;
  Declaration declaration;
  declaration.kind = section.kind;
  declaration.name = std::move(*name);
  declaration.span = record.span();
  declaration.attributes = LowerAttributes(context, fields, record);
  switch (section.kind) {
    case Declaration::Kind::kSecret:
      LowerSecret(context, record, declaration);
      break;
    case Declaration::Kind::kServer:
      LowerServer(context, record, declaration);
      break;
    case Declaration::Kind::kScope:
      LowerScope(context, record, declaration);
      break;
    case Declaration::Kind::kWorkspace:
      LowerWorkspace(context, record, declaration);
      break;
    case Declaration::Kind::kTools:
      LowerPatternsOf(context, record, "tool_match", declaration.patterns);
      break;
    case Declaration::Kind::kTemplate:
      LowerTemplate(context, record, declaration);
      break;
    case Declaration::Kind::kInvariant:
      LowerInvariant(context, record, declaration);
      break;
    case Declaration::Kind::kTest:
      LowerTest(context, record, declaration);
      break;
    default:
      break;
  }
  return declaration;
}

// One declaration for each workspace that rules name, in the order of the text.
void LowerRouteRules(const Context& context, NodeId list, std::vector<Declaration>& declarations) {
  std::map<std::string, size_t, std::less<>> places;
  for (const NodeId node : context.document.Children(list)) {
    const Record record(context, node);
    std::optional<BodyItem> item = LowerEntry(context, record);
    std::optional<syntax::Name> workspace = record.GetName("workspace_id");
    if (!item || !workspace) continue;
    const auto [place, is_new] = places.emplace(workspace->text, declarations.size());
    if (is_new) {
      Declaration& declaration = declarations.emplace_back();
      declaration.kind = Declaration::Kind::kRules;
      declaration.span = item->span;
      declaration.name = std::move(*workspace);
    }
    declarations[place->second].body.push_back(std::move(*item));
  }
}

void LowerImports(const Context& context, NodeId list, std::vector<Declaration>& declarations) {
  for (const NodeId node : context.document.Children(list)) {
    Declaration& declaration = declarations.emplace_back();
    declaration.kind = Declaration::Kind::kImport;
    declaration.name = context.NameOf(node);
    declaration.span = declaration.name.span;
  }
}

}  // namespace

syntax::File ParseYaml(const source::SourceMap& sources, FileId file, const source::Limits& limits,
                       source::Diagnostics& diagnostics) {
  syntax::File result;
  result.id = file;
  const std::optional<Document> document = ReadDocument(sources, file, limits, diagnostics);
  if (!document) return result;
  result.comments = document->Comments(sources.text(file));
  if (document->empty()) return result;
  const Usable usable = Check(*document, limits, diagnostics);
  const Context context = {sources, file, *document, usable, limits, diagnostics};
  const Record root(context, document->root());
  for (const auto& [key, value] : root.entries()) {
    const std::string_view name = document->text(key);
    const Field* field = RootSection().Find(name);
    if (field == nullptr || !usable[value.index()]) continue;
    if (name == "imports") LowerImports(context, value, result.declarations);
    if (name == "route_rules") LowerRouteRules(context, value, result.declarations);
    for (const SectionKind& section : kSections) {
      if (section.key != name) continue;
      for (const NodeId node : document->Children(value)) {
        std::optional<Declaration> declaration =
            LowerDeclaration(context, section, *field->section, node);
        if (declaration) result.declarations.push_back(std::move(*declaration));
      }
    }
  }
  return result;
}

}  // namespace mcplexer::yaml
