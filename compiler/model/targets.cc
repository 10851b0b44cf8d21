// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/targets.h"

#include <fmt/format.h>

#include <algorithm>

namespace mcplexer::model {
namespace {

// A set of a thousand patterns in a hundred thousand rules is a mistake, and 6 GB.
constexpr size_t kMostPatterns = 4'000'000;

class PatternStep {
 public:
  PatternStep(Context& context, syntax::CallKind kind) : context_(context), kind_(kind) {}

  void Add(const NamePattern& pattern) {
    const bool resource = kind_ == syntax::CallKind::kResource;
    const PatternLanguage language = pattern.regex ? PatternLanguage::kRegex
                                     : resource    ? PatternLanguage::kUriGlob
                                                   : PatternLanguage::kNameGlob;
    if (!context_.patterns.Check(language, pattern.text, pattern.span)) return;
    if (!resource) context_.patterns.CheckNamespace(pattern);
    if (++context_.patterns_lowered > kMostPatterns) {
      context_.reporter.Report(
          Code::kLimitExceeded, Span{},
          fmt::format("more than {} patterns in rules, sets written out", kMostPatterns));
      return;
    }
    result_.push_back(pattern);
  }

  std::vector<NamePattern> Take() { return std::move(result_); }

 private:
  Context& context_;
  syntax::CallKind kind_;
  std::vector<NamePattern> result_;
};

}  // namespace

std::vector<NamePattern> LowerPatterns(Context& context, syntax::CallKind kind,
                                       const std::vector<syntax::Pattern>& patterns) {
  PatternStep step(context, kind);
  for (const syntax::Pattern& pattern : patterns) {
    if (pattern.kind != syntax::Pattern::Kind::kSet) {
      step.Add({pattern.kind == syntax::Pattern::Kind::kRegex, pattern.text, pattern.span});
    } else if (context.names.tools.Resolve({pattern.text, pattern.span}, context.reporter) !=
               nullptr) {
      for (const NamePattern& member : context.sets.Find(pattern.text)) step.Add(member);
    }
  }
  return step.Take();
}

std::vector<PrincipalId> LowerPrincipalNames(Context& context,
                                             const std::vector<syntax::Name>& names) {
  const std::vector<Principal>& all = context.policy.principals;
  std::vector<PrincipalId> result;
  for (const syntax::Name& name : names) {
    if (name.text == kAnonymous) {
      result.push_back(PrincipalId(0u));
    } else if (const auto* principal = context.names.principals.Find(name.text)) {
      result.push_back(PrincipalId(principal->id + 1));  // behind the anonymous one
    } else if (const auto* entry = context.names.groups.Find(name.text)) {
      const GroupId group(entry->id);
      for (size_t i = 0; i < all.size(); ++i) {
        const std::vector<GroupId>& groups = all[i].groups;
        if (std::binary_search(groups.begin(), groups.end(), group)) result.emplace_back(i);
      }
    } else {
      source::Diagnostic& diagnostic =
          context.reporter.Report(Code::kUndefinedName, name.span,
                                  fmt::format("no principal or group is named `{}`", name.text));
      std::vector<std::string_view> known = context.names.principals.names();
      const std::vector<std::string_view> groups = context.names.groups.names();
      known.insert(known.end(), groups.begin(), groups.end());
      known.push_back(kAnonymous);
      context.reporter.Suggest(diagnostic, name, known);
    }
  }
  if (names.empty()) {
    for (size_t i = 0; i < all.size(); ++i) result.emplace_back(i);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<GroupId> LowerGroupNames(Context& context, const std::vector<syntax::Name>& names) {
  std::vector<GroupId> result;
  for (const syntax::Name& name : names) {
    const GroupId group = IdOf<GroupId>(context.names.groups.Resolve(name, context.reporter));
    if (group.valid()) result.push_back(group);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

CallKind LowerKind(syntax::CallKind kind) {
  switch (kind) {
    case syntax::CallKind::kTool:
      return CallKind::kTool;
    case syntax::CallKind::kResource:
      return CallKind::kResource;
    case syntax::CallKind::kPrompt:
      return CallKind::kPrompt;
  }
  return CallKind::kTool;
}

Effect LowerEffect(syntax::Effect effect) {
  switch (effect) {
    case syntax::Effect::kAllow:
      return Effect::kAllow;
    case syntax::Effect::kApprove:
      return Effect::kApprove;
    case syntax::Effect::kDeny:
      return Effect::kDeny;
  }
  return Effect::kDeny;
}

}  // namespace mcplexer::model
