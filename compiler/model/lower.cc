// SPDX-License-Identifier: Apache-2.0
//
// Names first, all of them, because the order of declarations means nothing; then the steps, each
// over one kind of declaration. Tables are maps by name, so ids, and with them the whole policy, do
// not depend on the order of files either. Only rules keep an order, that of their places.
#include "compiler/model/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/model/context.h"
#include "compiler/model/credentials.h"
#include "compiler/model/roots.h"
#include "compiler/model/templates.h"

namespace mcplexer::model {
namespace {

using DeclarationKind = syntax::Declaration::Kind;

NameTable* TableOf(Names& names, DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::kServer:
      return &names.servers;
    case DeclarationKind::kScope:
      return &names.scopes;
    case DeclarationKind::kSecret:
      return &names.secrets;
    case DeclarationKind::kProvider:
      return &names.providers;
    case DeclarationKind::kWorkspace:
      return &names.workspaces;
    case DeclarationKind::kPrincipal:
      return &names.principals;
    case DeclarationKind::kTools:
      return &names.tools;
    case DeclarationKind::kTemplate:
      return &names.templates;
    case DeclarationKind::kInvariant:
      return &names.invariants;
    case DeclarationKind::kTest:    // has a title
    case DeclarationKind::kImport:  // the loader's
    case DeclarationKind::kRules:   // names a workspace
      return nullptr;
  }
  return nullptr;
}

// The declarations in the order of their places, so that of two with one name the same one counts
// whatever the order of the files.
std::vector<const syntax::Declaration*> InOrder(const Context& context) {
  std::vector<const syntax::Declaration*> all;
  for (const syntax::File& file : context.files) {
    for (const syntax::Declaration& declaration : file.declarations) all.push_back(&declaration);
  }
  SortByPlace(context.sources, all);
  return all;
}

void CollectNames(Context& context) {
  Names& names = context.names;
  std::map<std::string_view, Span> titles;
  for (const syntax::Declaration* declaration : InOrder(context)) {
    if (NameTable* table = TableOf(names, declaration->kind)) {
      table->Add(declaration->name, declaration, context.reporter);
    } else if (declaration->kind == DeclarationKind::kTest) {
      const auto [at, added] = titles.try_emplace(declaration->name.text, declaration->name.span);
      if (added) continue;
      context.reporter
          .Report(Code::kDuplicateName, declaration->name.span,
                  fmt::format("test `{}` is declared more than once", declaration->name.text))
          .Also(at->second, "declared here first");
    }
  }
  for (NameTable* table : {&names.servers, &names.scopes, &names.secrets, &names.providers,
                           &names.workspaces, &names.principals}) {
    table->Number();
  }
}

}  // namespace

void SortByPlace(const source::SourceMap& sources,
                 std::vector<const syntax::Declaration*>& declarations) {
  std::sort(declarations.begin(), declarations.end(),
            [&](const syntax::Declaration* a, const syntax::Declaration* b) {
              if (a->span.file == b->span.file) return a->span.begin < b->span.begin;
              const std::string& path_a = sources.path(a->span.file);
              const std::string& path_b = sources.path(b->span.file);
              return path_a != path_b ? path_a < path_b : a->span.file < b->span.file;
            });
}

void CheckCredentials(Context& context) {
  for (const syntax::File& file : context.files) {
    for (const Credential& credential : FindCredentials(context.sources.text(file.id))) {
      const auto begin = static_cast<uint32_t>(credential.offset);
      const Span span{file.id, begin, static_cast<uint32_t>(begin + credential.length)};
      context.reporter
          .Report(Code::kSecretLiteral, span,
                  fmt::format("{} looks like {}", Redacted(context.sources.text(span)),
                              credential.what))
          .Help(
              "revoke it, keep the new one in the environment or the sealed store, and write "
              "`secret(NAME)`");
    }
  }
}

Policy Lower(const std::vector<syntax::File>& files, const source::SourceMap& sources,
             const LowerOptions& options, source::Diagnostics& diagnostics) {
  Context context(files, sources, options, diagnostics);
  if (!options.home.empty()) {
    const auto home = ParseRoot(options.home);
    if (home && !home->home) {
      context.policy.home = RootText(*home);
    } else {
      context.reporter.Report(
          Code::kBadValue, Span{},
          fmt::format("`{}` cannot be the home directory: it is not absolute", options.home));
    }
  }
  CollectNames(context);
  LowerSecrets(context);
  LowerProviders(context);
  LowerScopes(context);
  LowerServers(context);
  LowerPrincipals(context);
  LowerWorkspaces(context);
  context.patterns.SetServers(context.policy.servers);
  context.sets.Build(context.names.tools, context.patterns, context.reporter);
  CheckTemplates(context);
  LowerRules(context);
  LowerInvariants(context);
  LowerTests(context);
  CheckCredentials(context);
  return std::move(context.policy);
}

}  // namespace mcplexer::model
