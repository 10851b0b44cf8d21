// SPDX-License-Identifier: Apache-2.0
// W0506: two patterns that are the same but for upper and lower case, in rules that do different
// things. Case matters in names and directories, so each is matched by other calls than its author
// may think; most often one of them is a slip of the pen.
//
// Texts are compared, not languages: `[a-z]*` beside `[A-Z]*` is meant, as is a regular expression.
// Where the inventory has tools for both, they are meant as well.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::NamePattern;
using model::Rule;

// Rules that one spelling is looked at in. Each pair of them is compared.
constexpr size_t kMostUses = 20;

std::string Folded(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
  });
  return text;
}

struct Use {
  RuleId rule;
  const NamePattern* name = nullptr;  // null: one of its directories
  source::Span span;
};

bool HasSet(const std::string& text) { return text.find('[') != std::string::npos; }

// What is written alike but for case: spelling -> where.
using Spellings = std::map<std::string, std::vector<Use>>;

class CaseTwins {
 public:
  CaseTwins(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), policy_(context.policy()), diagnostics_(diagnostics) {}

  void Run() {
    std::map<std::tuple<model::CallKind, ServerId, std::string>, Spellings> names;
    std::map<std::pair<WorkspaceId, std::string>, Spellings> paths;
    const auto add = [](Spellings& spellings, const std::string& text, const Use& use) {
      if (spellings[text].size() < kMostUses) spellings[text].push_back(use);
    };
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      const Reach::Kind reach = context_.reach()[r].kind;
      if (reach == Reach::Kind::kUnmatched || reach == Reach::Kind::kCovered) continue;
      for (const NamePattern& pattern : rule.names) {
        if (pattern.regex || HasSet(pattern.text)) continue;
        add(names[{rule.kind, rule.server, Folded(pattern.text)}], pattern.text,
            {RuleId(r), &pattern, pattern.span});
      }
      for (const syntax::Name& path : rule.paths) {
        if (HasSet(path.text)) continue;
        add(paths[{rule.workspace, Folded(path.text)}], path.text, {RuleId(r), nullptr, path.span});
      }
    }
    for (const auto& [key, spellings] : names) Compare(spellings);
    for (const auto& [key, spellings] : paths) Compare(spellings);
  }

 private:
  void Compare(const Spellings& spellings) {
    for (auto one = spellings.begin(); one != spellings.end(); ++one) {
      for (auto other = std::next(one); other != spellings.end(); ++other) {
        for (const Use& a : one->second) {
          const auto twin =
              std::ranges::find_if(other->second, [&](const Use& b) { return AreTwins(a, b); });
          if (twin == other->second.end()) continue;
          // In the order of the policy.
          const bool in_order = a.rule < twin->rule;
          Report(in_order ? a : *twin, in_order ? one->first : other->first, in_order ? *twin : a,
                 in_order ? other->first : one->first);
          break;
        }
      }
    }
  }

  bool AreTwins(const Use& a, const Use& b) const {
    const Rule& x = policy_.rules[a.rule.index()];
    const Rule& y = policy_.rules[b.rule.index()];
    if (SameOutcome(policy_, x, y)) return false;
    const auto outward = [&](const Rule& from, const Rule& to) {
      return std::ranges::count(policy_.Chain(from.workspace), to.workspace) > 0;
    };
    if (!outward(x, y) && !outward(y, x)) return false;
    // Directories of rules about different things have nothing to do with each other.
    const Space& space = context_.space();
    if (a.name == nullptr) {
      return space.NamesOverlap(space.box(a.rule).names, space.box(b.rule).names);
    }
    return !IsKnown(a) || !IsKnown(b);
  }

  // Whether the inventory has a tool that the pattern matches.
  bool IsKnown(const Use& use) const {
    if (use.name == nullptr) return false;
    const auto language = LanguageOf(*use.name, Subject::kName);
    return language && std::ranges::any_of(
                           context_.tools().MatchedBy(use.rule),
                           [&](const KnownTool* tool) { return language->Matches(tool->exposed); });
  }

  void Report(const Use& first, const std::string& first_text, const Use& second,
              const std::string& second_text) {
    const Rule& a = policy_.rules[first.rule.index()];
    const Rule& b = policy_.rules[second.rule.index()];
    auto& diagnostic =
        ReportRule(
            diagnostics_, source::Code::kCaseTwin, b, second.span,
            fmt::format("`{}` is `{}` but for case, and `{}` and `{}` do different things",
                        source::Printable(second_text), source::Printable(first_text), b.id, a.id))
            .Mark(OutcomeText(policy_, b))
            .Also(first.span, OutcomeText(policy_, a));
    for (const Use* use : {&second, &first}) Example(diagnostic, *use);
    const bool second_known = IsKnown(second);
    if (second_known || IsKnown(first)) {
      diagnostic.Help(fmt::format("case matters, and of the two only `{}` matches a known tool",
                                  source::Printable(second_known ? second_text : first_text)));
    } else if (second.name != nullptr) {
      diagnostic.Help("case matters: write both as the server writes its names");
    } else {
      diagnostic.Help("case matters: write both as the directory is called");
    }
  }

  // A call that the rule decides by this pattern.
  void Example(source::Diagnostic& diagnostic, const Use& use) {
    const Rule& rule = policy_.rules[use.rule.index()];
    Query query;
    query.matching = {use.rule};
    Area area;
    if (use.name != nullptr) {
      auto names = LanguagesOf(context_.space(), rule.kind, rule.server, {*use.name}, {});
      if (!names || names->empty()) return;
      area.names = *std::move(names);
      area.principals = rule.principals;
      query.area = &area;
    }
    if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
    if (rule.require.valid()) query.goals.push_back({rule.require, Wanted::kTrue});
    query.spoils = [&](RuleId other) { return context_.search.Precedes(other, use.rule); };
    const Answer answer = context_.search.Find(query);
    if (answer.kind != Answer::Kind::kFound) return;
    diagnostic.Example(DescribeDecision(context_.search, answer.call));
  }

  const LintContext& context_;
  const model::Policy& policy_;
  source::Diagnostics& diagnostics_;
};

}  // namespace

void CheckCaseTwins(const LintContext& context, source::Diagnostics& diagnostics) {
  CaseTwins(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
