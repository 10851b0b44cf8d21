// SPDX-License-Identifier: Apache-2.0
// What the steps of Lower share: the names of everything and the policy that grows. Steps run in
// the order of lower.cc; each fills its part of the policy and reads what earlier ones filled.

#ifndef MCPLEXER_COMPILER_MODEL_CONTEXT_H_
#define MCPLEXER_COMPILER_MODEL_CONTEXT_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/model/lower.h"
#include "compiler/model/names.h"
#include "compiler/model/pattern_check.h"
#include "compiler/model/policy.h"
#include "compiler/model/reporter.h"
#include "compiler/model/tool_sets.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

struct Names {
  NameTable servers{"server"};
  NameTable scopes{"scope"};
  NameTable secrets{"secret"};
  NameTable providers{"provider"};
  NameTable workspaces{"workspace"};
  NameTable principals{"principal"};
  NameTable groups{"group"};
  NameTable tools{"set of patterns"};
  NameTable templates{"template"};
  NameTable invariants{"invariant"};
};

// The name in `for` that stands for whoever is not known.
inline constexpr std::string_view kAnonymous = "anonymous";

struct Context {
  Context(const std::vector<syntax::File>& all_files, const source::SourceMap& source_map,
          const LowerOptions& lower_options, source::Diagnostics& diagnostics)
      : files(all_files),
        sources(source_map),
        options(lower_options),
        reporter(source_map, lower_options.limits, diagnostics),
        patterns(lower_options.limits, reporter) {}

  const std::vector<syntax::File>& files;
  const source::SourceMap& sources;
  const LowerOptions& options;
  Reporter reporter;
  Names names;
  PatternCheck patterns;
  ToolSets sets;
  std::map<WorkspaceId, std::set<std::string, std::less<>>> tags;  // conditions.cc's
  size_t patterns_lowered = 0;                                     // targets.cc's
  size_t items_expanded = 0;  // by templates.cc, over all workspaces
  Policy policy;
};

// The steps. Each reads the declarations of its kinds through `names` and reports what is wrong.
void LowerSecrets(Context& context);
void LowerProviders(Context& context);
void LowerScopes(Context& context);
void LowerServers(Context& context);
void LowerPrincipals(Context& context);
void LowerWorkspaces(Context& context);
void LowerRules(Context& context);
void LowerInvariants(Context& context);
void LowerTests(Context& context);
// Every text of the sources that looks like a credential, comments included (S0605).
void CheckCredentials(Context& context);

// By the path of the file, then by the place in it: what "in the order of the sources" means,
// whatever the order in which files were given.
void SortByPlace(const source::SourceMap& sources,
                 std::vector<const syntax::Declaration*>& declarations);

// The policy's id of a declared name.
template <typename IdType>
IdType IdOf(const NameTable::Entry* entry) {
  return entry == nullptr ? IdType() : IdType(entry->id);
}

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_CONTEXT_H_
