// SPDX-License-Identifier: Apache-2.0
// What must not change a decision, or only in one direction, done to random small policies: by what
// the comparison over all calls says, and by trying all calls. MCPLEXER_ROUNDS sets how many. (That
// formatting and converting keep the plan is in tests/text.)

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/analysis/difference.h"
#include "compiler/commands/compilation.h"
#include "compiler/commands/same_decisions.h"
#include "compiler/reference/interpreter.h"
#include "compiler/source/fix.h"
#include "compiler/source/limits.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::commands {
namespace {

using Verdict = analysis::Comparison::Verdict;
using Lines = std::vector<std::string>;
using reference::Outcome;

std::unique_ptr<Compilation> CompileFiles(const Lines& texts) {
  auto compilation = std::make_unique<Compilation>();
  const source::Limits limits;
  std::vector<syntax::File> trees;
  for (const std::string& text : texts) {
    const FileId file =
        compilation->sources.Add("f" + std::to_string(trees.size()) + ".plex", text);
    trees.push_back(
        syntax::ParsePlex(compilation->sources, file, limits, compilation->diagnostics));
    trees.back().id = file;
  }
  CompileTrees(std::move(trees), "", *compilation);
  return compilation;
}

bool IsRule(const std::string& line) {
  return line.starts_with("  allow") || line.starts_with("  approve") || line.starts_with("  deny");
}

// Declarations, then each workspace.
Lines FilesOf(const std::string& world) {
  Lines files(1);
  std::istringstream text(world);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("workspace")) files.emplace_back();
    files.back() += line + "\n";
  }
  return files;
}

std::string WithShuffledRules(const std::string& file, std::mt19937& random) {
  Lines lines;
  std::vector<size_t> places;
  std::istringstream text(file);
  for (std::string line; std::getline(text, line);) {
    if (IsRule(line)) places.push_back(lines.size());
    lines.push_back(line);
  }
  Lines rules;
  for (const size_t place : places) rules.push_back(lines[place]);
  std::ranges::shuffle(rules, random);
  for (size_t i = 0; i < places.size(); ++i) lines[places[i]] = rules[i];
  std::string shuffled;
  for (const std::string& line : lines) shuffled += line + "\n";
  return shuffled;
}

// How much each call gets: nothing, something after approval, or without; and with what. Approvals
// of such worlds are all on the same terms.
std::vector<std::tuple<int, bool>> Decisions(const Compilation& compilation) {
  const reference::Interpreter interpreter(compilation.policy, "/home");
  static const std::vector<reference::Call> kCalls = analysis::AllCalls();
  std::vector<std::tuple<int, bool>> decisions;
  for (const reference::Call& call : kCalls) {
    const Outcome outcome = interpreter.Decide(call);
    const int passes = outcome.verdict == Outcome::Verdict::kAllow     ? 2
                       : outcome.verdict == Outcome::Verdict::kApprove ? 1
                                                                       : 0;
    decisions.emplace_back(passes, outcome.scope.valid());
  }
  return decisions;
}

TEST(MetamorphicTest, TheOrderOfRulesAndFilesChangesNothing) {
  std::mt19937 random(3);
  size_t compared = 0;
  for (int round = 0; round < analysis::Rounds(25); ++round) {
    const std::string world = analysis::RandomWorld(random);
    SCOPED_TRACE(world);
    Lines files = FilesOf(world);
    const auto before = CompileFiles(files);
    for (std::string& file : files) file = WithShuffledRules(file, random);
    std::ranges::shuffle(files, random);
    const auto after = CompileFiles(files);
    EXPECT_EQ(before->plan.empty(), after->plan.empty());
    if (before->plan.empty() || after->plan.empty()) continue;
    ++compared;
    analysis::CompareOptions options;
    options.deciders = true;
    const auto comparison = analysis::Compare(before->policy, after->policy, options);
    EXPECT_TRUE(comparison.complete());
    EXPECT_TRUE(comparison.differences.empty());
    EXPECT_EQ(SameDecisions(*before, *after), Sameness::kSame);
    EXPECT_EQ(Decisions(*before), Decisions(*after));
  }
  EXPECT_GT(compared, 5u);
}

TEST(MetamorphicTest, DeletingWhatLintCallsRedundantChangesNothing) {
  std::mt19937 random(4);
  size_t deleted = 0;
  for (int round = 0; round < analysis::Rounds(25); ++round) {
    const std::string world = analysis::RandomWorld(random);
    SCOPED_TRACE(world);
    const auto before = CompileFiles({world});
    if (before->plan.empty()) continue;
    Lint(*before, {});
    for (const auto kind : {source::Applicability::kSafe, source::Applicability::kUnsafe}) {
      source::Diagnostics redundant;
      for (const source::Diagnostic& finding : before->diagnostics.all()) {
        const bool is = finding.code == source::Code::kRedundantRule ||
                        finding.code == source::Code::kDuplicateRule;
        if (is) redundant.Add(finding);
      }
      const source::FixedTexts fixed =
          source::ApplyFixes(before->sources, redundant, kind, [](FileId) { return true; });
      if (fixed.applied == 0) continue;
      deleted += fixed.applied;
      const auto after = CompileFiles({fixed.texts.begin()->second});
      EXPECT_EQ(after->rule_count() + fixed.applied, before->rule_count());
      EXPECT_EQ(SameDecisions(*before, *after), Sameness::kSame);
      EXPECT_EQ(Decisions(*before), Decisions(*after));
    }
  }
  EXPECT_GT(deleted, 5u);
}

TEST(MetamorphicTest, AnotherDenyNeverWidens) {
  std::mt19937 random(5);
  size_t narrower = 0;
  for (int round = 0; round < analysis::Rounds(25); ++round) {
    std::string world = analysis::RandomWorld(random);
    const auto before = CompileFiles({world});
    const size_t end =
        random() % 2 == 0 ? world.find("\n}\nworkspace inner") + 1 : world.size() - 2;
    world.insert(
        end, "  deny " + analysis::RandomTarget(random) + analysis::RandomCondition(random) + "\n");
    SCOPED_TRACE(world);
    const auto after = CompileFiles({world});
    if (before->plan.empty() || after->plan.empty()) continue;
    const auto comparison = analysis::Compare(before->policy, after->policy);
    EXPECT_TRUE(comparison.complete());
    const Verdict verdict = comparison.verdict();
    EXPECT_TRUE(verdict == Verdict::kEquivalent || verdict == Verdict::kNarrower);
    const auto was = Decisions(*before);
    const auto is = Decisions(*after);
    EXPECT_EQ(verdict == Verdict::kEquivalent, was == is);
    for (size_t c = 0; c < was.size(); ++c) EXPECT_TRUE(is[c] == was[c] || std::get<0>(is[c]) == 0);
    narrower += verdict == Verdict::kNarrower ? 1 : 0;
  }
  EXPECT_GT(narrower, 5u);
}

}  // namespace
}  // namespace mcplexer::commands
