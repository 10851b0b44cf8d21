// SPDX-License-Identifier: Apache-2.0
// Either surface to the other and back: the plan stays the same, byte for byte but for places.

#include "compiler/convert/convert.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "compiler/syntax/dump.h"
#include "tests/reference/compile_text.h"
#include "tests/reference/generator.h"
#include "tests/text/golden.h"
#include "tests/text/same_plan.h"

namespace mcplexer {
namespace {

convert::Conversion Convert(Surface from, const std::string& text) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("policy", text);
  if (from == Surface::kPlex) {
    return convert::ToYaml(sources, syntax::ParsePlex(sources, file, {}, diagnostics));
  }
  return convert::ToPlex(sources, yaml::ParseYaml(sources, file, {}, diagnostics), {});
}

std::string Problems(const convert::Conversion& conversion) {
  std::string all;
  for (const convert::Loss& problem : conversion.problems) all += problem.what + "\n";
  return all;
}

// .plex to YAML to .plex; both have the plan of `text`, if it has one. Whether it has.
bool CheckRoundTrip(const std::string& text) {
  const auto before = CompileAs(Surface::kPlex, text);
  const convert::Conversion yaml = Convert(Surface::kPlex, text);
  EXPECT_EQ(Problems(yaml), "") << text;
  if (!yaml.problems.empty()) return false;
  const auto between = CompileAs(Surface::kYaml, yaml.text);
  EXPECT_TRUE(PlanWithoutPlaces(*before) == PlanWithoutPlaces(*between))
      << text << yaml.text << testing::MessagesOf(*between);
  const convert::Conversion plex = Convert(Surface::kYaml, yaml.text);
  EXPECT_EQ(Problems(plex), "") << yaml.text;
  const auto after = CompileAs(Surface::kPlex, plex.text);
  EXPECT_TRUE(PlanWithoutPlaces(*before) == PlanWithoutPlaces(*after))
      << plex.text << testing::MessagesOf(*after);
  // What is parsed only, invariants and tests, is compared as it was written.
  EXPECT_EQ(Convert(Surface::kPlex, plex.text).text, yaml.text);
  return !before->plan.empty();
}

TEST(ConvertTest, FilesKeepTheirPlan) {
  size_t plans = 0;
  for (const char* folder : {"tests/text/model", "tests/text/convert"}) {
    for (const auto& path : PathsIn(folder)) {
      const Golden golden = ReadGolden(path);
      if (path.extension() != ".plex") continue;
      SCOPED_TRACE(path.string());
      if (CompileAs(Surface::kPlex, golden.text)->plan.empty()) continue;
      // The one thing that only .plex can say in what compiles.
      if (golden.text.find("\\u0000") != std::string::npos) continue;
      plans += CheckRoundTrip(golden.text) ? 1 : 0;
    }
  }
  EXPECT_GT(plans, 1u);
}

TEST(ConvertTest, RandomPoliciesKeepTheirPlan) {
  testing::Random random(23);
  size_t plans = 0;
  for (int i = 0; i < 10; ++i) {
    plans += CheckRoundTrip(testing::RandomPolicy(random)) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(plans, 2u);
}

struct Findings {
  std::map<source::Code, size_t> accepted;
  std::map<source::Code, size_t> all;
};

Findings FindingsOf(Surface surface, const std::string& text) {
  const auto compilation = CompileAs(surface, text);
  commands::Lint(*compilation, {});
  Findings findings;
  for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
    if (source::Info(diagnostic.code).severity == source::Severity::kError) continue;
    ++findings.all[diagnostic.code];
    if (diagnostic.suppressed) ++findings.accepted[diagnostic.code];
  }
  return findings;
}

TEST(ConvertTest, CommentsAcceptTheSameFindings) {
  const std::string head =
      "secret k = env(\"K\")\n"
      "scope s { type = env  set K = secret(k) }\n"
      "server a { command = [\"a\"] }\n"
      "server b { command = [\"b\"] }\n"
      "workspace w {\n  root = \"/w\"\n";
  const std::string comment = "// allow(S0603): both are ours";
  for (const std::string& rules : {
           "  allow *__get_x using s  " + comment + "\n  allow *__get_y using s\n",
           "  " + comment + "\n  allow *__get_x using s\n  allow *__get_y using s\n",
           "  allow *__get_y using s\n  " + comment +
               "\n  allow *__get_x\n    using s\n    in \"src\"\n    as wrapped\n",
           // Longer than a line.
           "  " + comment + "\n  allow *__get_x using s in \"" + std::string(60, 's') + "\", \"" +
               std::string(60, 't') + "\"\n  allow *__get_y using s\n",
       }) {
    const std::string text = head + rules + "}\n";
    SCOPED_TRACE(text);
    const Findings before = FindingsOf(Surface::kPlex, text);
    EXPECT_EQ(before.accepted,
              (std::map<source::Code, size_t>{{source::Code::kBroadCredentials, 1}}));
    EXPECT_EQ(before.all.at(source::Code::kBroadCredentials), 2U);
    const convert::Conversion yaml = Convert(Surface::kPlex, text);
    const Findings between = FindingsOf(Surface::kYaml, yaml.text);
    EXPECT_EQ(between.accepted, before.accepted) << yaml.text;
    EXPECT_EQ(between.all, before.all) << yaml.text;
    const convert::Conversion plex = Convert(Surface::kYaml, yaml.text);
    const Findings after = FindingsOf(Surface::kPlex, plex.text);
    EXPECT_EQ(after.accepted, before.accepted) << plex.text;
    EXPECT_EQ(after.all, before.all) << plex.text;
  }
}

// The cases of tests/text/convert: what comes out in the other surface, what is in its way, and
// what is lost.
TEST(ConvertTest, EachCaseBecomesWhatItSays) {
  CheckGoldenFolder("tests/text/convert", [](const std::string& name, const std::string& text) {
    const Surface from = name.ends_with(".plex") ? Surface::kPlex : Surface::kYaml;
    const convert::Conversion conversion = Convert(from, text);
    source::SourceMap sources;
    sources.Add(name, text);
    std::string all = conversion.text;
    const auto add = [&](const char* kind, const std::vector<convert::Loss>& losses) {
      for (const convert::Loss& loss : losses) {
        const source::Position at = sources.position(loss.span.file, loss.span.begin);
        all += std::string(kind) + std::to_string(at.line) + ": " + loss.what + "\n";
      }
    };
    add("problem in line ", conversion.problems);
    add("loss in line ", conversion.losses);
    return all;
  });
}

}  // namespace
}  // namespace mcplexer
