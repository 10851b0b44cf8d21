// SPDX-License-Identifier: Apache-2.0
// W0202: what is declared and serves nothing: sets, templates, scopes, secrets, providers that
// nobody refers to, and servers that no call can reach and no rule speaks of.
//
// What only an unused declaration refers to is used, so of a chain that hangs loose its end is
// reported, once. Left alone is what others may use: files from outside the folder of the policy
// (`import "../..`), sets and templates in a file without workspaces, and everything where there is
// no workspace at all. Principals and groups say who somebody is, which needs no rule.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using syntax::BodyItem;
using syntax::Declaration;
using DeclarationKind = Declaration::Kind;

// What the sources refer to, whether or not a rule comes of it.
struct References {
  std::set<std::string> sets;
  std::set<std::string> templates;
  std::set<std::string> scopes;
  std::set<std::string> namespaces;  // of patterns that begin with one
  std::set<std::string> arguments;   // of templates: any of the above
};

class Reader {
 public:
  explicit Reader(const LintContext& context) {
    for (const syntax::File& file : context.files) {
      for (const Declaration& declaration : file.declarations) Read(declaration);
    }
    for (const model::Test& test : context.policy().tests) {
      for (const model::TestCall& call : test.calls) AddNamespace(call.name);
    }
  }

  References Take() { return std::move(found_); }

 private:
  void Read(const Declaration& declaration) {
    Read(declaration.patterns);
    for (const syntax::InvariantClause& clause : declaration.clauses) {
      Read(clause.patterns);
      Read(clause.except);
    }
    std::vector<const std::vector<BodyItem>*> open = {&declaration.body};
    while (!open.empty()) {
      const std::vector<BodyItem>& items = *open.back();
      open.pop_back();
      for (const BodyItem& item : items) {
        if (!item.items.empty()) open.push_back(&item.items);
        for (const syntax::Rule& rule : item.rule) Read(rule);
        for (const syntax::Use& use : item.use) {
          found_.templates.insert(use.name.text);
          for (const syntax::Value& argument : use.arguments) {
            found_.arguments.insert(argument.text);
          }
        }
      }
    }
  }

  void Read(const syntax::Rule& rule) {
    Read(rule.patterns);
    Read(rule.except);
    if (rule.scope) found_.scopes.insert(rule.scope->text);
    if (rule.via) found_.arguments.insert(rule.via->text);
    if (rule.resource_server) found_.arguments.insert(rule.resource_server->text);
  }

  void Read(const std::vector<syntax::Pattern>& patterns) {
    for (const syntax::Pattern& pattern : patterns) {
      if (pattern.kind == syntax::Pattern::Kind::kSet) {
        found_.sets.insert(pattern.text);
      } else {
        AddNamespace(pattern.text);
      }
    }
  }

  void AddNamespace(const std::string& text) {
    const size_t end = text.find("__");
    if (end != std::string::npos) found_.namespaces.insert(text.substr(0, end));
  }

  References found_;
};

// Files that somebody else may import, too: those that an import leads up to, and what they import.
std::set<FileId> SharedFiles(const LintContext& context) {
  namespace fs = std::filesystem;
  std::map<std::string, FileId> by_path;
  for (const syntax::File& file : context.files) {
    by_path.emplace(fs::path(context.sources.path(file.id)).lexically_normal().string(), file.id);
  }
  std::set<FileId> shared;
  for (bool grown = true; grown;) {
    grown = false;
    for (const syntax::File& file : context.files) {
      const fs::path folder = fs::path(context.sources.path(file.id)).parent_path();
      for (const Declaration& declaration : file.declarations) {
        if (declaration.kind != DeclarationKind::kImport) continue;
        const fs::path path = declaration.name.text;
        const bool leads_up = path.is_absolute() || declaration.name.text.starts_with("../");
        if (!leads_up && !shared.contains(file.id)) continue;
        const auto known = by_path.find((folder / path).lexically_normal().string());
        if (known != by_path.end() && shared.insert(known->second).second) grown = true;
      }
    }
  }
  return shared;
}

class UnusedNames {
 public:
  UnusedNames(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context),
        policy_(context.policy()),
        found_(Reader(context).Take()),
        diagnostics_(diagnostics) {}

  void Run() {
    if (policy_.workspaces.empty()) return;
    CollectUses();
    const std::set<FileId> shared = SharedFiles(context_);
    for (const syntax::File& file : context_.files) {
      if (IsStandardLibrary(context_.sources, file.id) || shared.contains(file.id)) continue;
      const bool is_library = std::ranges::none_of(file.declarations, [](const auto& one) {
        return one.kind == DeclarationKind::kWorkspace || one.kind == DeclarationKind::kRules;
      });
      for (const Declaration& declaration : file.declarations) Look(declaration, is_library);
    }
  }

 private:
  void CollectUses() {
    for (const model::Rule& rule : policy_.rules) {
      if (rule.scope.valid()) scopes_.insert(rule.scope);
    }
    for (const model::Scope& scope : policy_.scopes) {
      if (scope.provider.valid()) providers_.insert(scope.provider);
      for (const model::Injection& injection : scope.injections) {
        for (const model::TemplatePart& part : injection.parts) secrets_.insert(part.secret);
      }
      for (const auto& [key, value] : scope.attributes) attributes_.insert(value);
    }
    for (const model::Provider& provider : policy_.providers) {
      for (const auto& [key, value] : provider.attributes) attributes_.insert(value);
    }
    for (const model::Principal& principal : policy_.principals) secrets_.insert(principal.token);
    const auto& workspaces = policy_.workspaces;
    all_servers_ = std::ranges::any_of(workspaces, &model::Workspace::default_allow);
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Box& box = context_.space().box(RuleId(r));
      if (policy_.rules[r].server.valid()) servers_.insert(policy_.rules[r].server);
      if (box.empty || policy_.rules[r].effect == model::Effect::kDeny) continue;
      for (const auto& [field, language] : context_.space().name_sets()[box.names].parts) {
        servers_.insert(context_.space().name_fields()[field].server);
      }
    }
  }

  void Look(const Declaration& declaration, bool is_library) {
    const std::string& name = declaration.name.text;
    const bool argument = found_.arguments.contains(name);
    switch (declaration.kind) {
      case DeclarationKind::kTools:
        if (is_library || argument || found_.sets.contains(name)) return;
        return Report(declaration, "no rule uses the set `{}`", source::Applicability::kSafe);
      case DeclarationKind::kTemplate:
        if (is_library || found_.templates.contains(name)) return;
        return Report(declaration, "no workspace uses the template `{}`",
                      source::Applicability::kSafe);
      case DeclarationKind::kScope:
        if (argument || found_.scopes.contains(name)) return;
        if (Has(policy_.scopes, scopes_, name)) return;
        return Report(declaration, "no rule uses the scope `{}`");
      case DeclarationKind::kSecret:
        if (attributes_.contains(name) || Has(policy_.secrets, secrets_, name)) return;
        return Report(declaration, "nothing uses the secret `{}`");
      case DeclarationKind::kProvider:
        if (Has(policy_.providers, providers_, name)) return;
        return Report(declaration, "no scope uses the provider `{}`");
      case DeclarationKind::kServer:
        return LookAtServer(declaration, argument);
      default:
        return;
    }
  }

  void LookAtServer(const Declaration& declaration, bool argument) {
    const auto server =
        std::ranges::find(policy_.servers, declaration.name.text, &model::Server::name);
    if (all_servers_ || argument || server == policy_.servers.end()) return;
    if (found_.namespaces.contains(server->name_space)) return;
    if (Has(policy_.servers, servers_, server->name)) return;
    Report(declaration, "no rule lets a call through to the server `{}`");
  }

  // Whether `name` is one of `all` that is in `used`.
  template <typename Declared, typename Id>
  static bool Has(const std::vector<Declared>& all, const std::set<Id>& used,
                  const std::string& name) {
    const auto at = std::ranges::find(all, name, &Declared::name);
    return at != all.end() && used.contains(Id(static_cast<size_t>(at - all.begin())));
  }

  // The plan holds no sets and templates, so without one it is the same.
  void Report(const Declaration& declaration, fmt::format_string<const std::string&> message,
              source::Applicability fix = source::Applicability::kUnsafe) {
    auto& diagnostic = diagnostics_.Report(source::Code::kUnusedName, declaration.name.span,
                                           fmt::format(message, declaration.name.text));
    diagnostic.Help(declaration.kind == DeclarationKind::kServer
                        ? "allow what is wanted of it, or delete it"
                        : "delete it, or use it where it was meant to be used");
    if (auto edit = WithoutLines(context_.sources, declaration.span)) {
      diagnostic.Offer({fix, "delete the declaration", {*edit}});
    }
  }

  const LintContext& context_;
  const model::Policy& policy_;
  const References found_;
  source::Diagnostics& diagnostics_;
  std::set<ScopeId> scopes_;
  std::set<ProviderId> providers_;
  std::set<SecretId> secrets_;
  std::set<ServerId> servers_;
  std::set<std::string> attributes_;  // values, of which some are names
  bool all_servers_ = false;
};

}  // namespace

void CheckUnusedNames(const LintContext& context, source::Diagnostics& diagnostics) {
  UnusedNames(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
