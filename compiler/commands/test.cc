// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/test.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/commands/output.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/report.h"
#include "compiler/testing/run.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

struct TestOptions {
  SourceOptions sources;
  std::string run;  // empty: every test
  bool coverage = false;
  std::optional<double> min_coverage;

  bool measures() const { return coverage || min_coverage.has_value(); }
};

// The tests that --run means, or nothing after a complaint: a run without tests shows nothing, and
// must not look like one that passed.
std::vector<const model::Test*> Chosen(const Compilation& compilation, const TestOptions& options) {
  std::vector<const model::Test*> chosen;
  re2::RE2::Options quiet;
  quiet.set_log_errors(false);
  const re2::RE2 pattern(options.run, quiet);
  if (!pattern.ok()) {
    Complain(fmt::format("--run `{}`: {}", options.run, pattern.error()));
    return chosen;
  }
  for (const model::Test& test : compilation.policy.tests) {
    if (re2::RE2::PartialMatch(test.title, pattern)) chosen.push_back(&test);
  }
  if (!chosen.empty()) return chosen;
  Complain(compilation.policy.tests.empty()
               ? fmt::format("no test in {}", Count(compilation.file_count(), "file"))
               : fmt::format("none of {} has a title that matches --run `{}`",
                             Count(compilation.policy.tests.size(), "test"), options.run));
  return chosen;
}

std::string Render(const testing::Report& report, const std::string& format) {
  if (format == "json") return testing::JsonReport(report);
  if (format == "junit") return testing::JunitReport(report);
  return testing::TextReport(report);
}

// What the run means for scripts.
int Judge(const testing::Run& run, const testing::Coverage& coverage, const TestOptions& options) {
  int exit_code = run.failed_count() == 0 ? kClean : kFindings;
  if (options.min_coverage && !coverage.Reaches(*options.min_coverage)) {
    Complain(fmt::format("{} % of the rules decide a call, and --min-coverage is {} %",
                         testing::PercentText(coverage.permille()), *options.min_coverage));
    exit_code = kFindings;
  }
  for (const std::string& disagreement : run.disagreements) {
    Complain("internal error: " + disagreement);
    exit_code = kInternal;
  }
  return exit_code;
}

int RunTest(const TestOptions& options) {
  const auto compilation = Compile({options.sources.paths, options.sources.home});
  SourceOptions shown = options.sources;
  if (shown.format == "junit") shown.format = "text";
  const int sources_code = commands::Report(*compilation, shown);
  if (compilation->plan.empty()) return sources_code;
  const std::vector<const model::Test*> tests = Chosen(*compilation, options);
  if (tests.empty()) return kUsage;
  Result<plan::Plan> loaded = plan::Plan::Load(compilation->plan);
  if (!loaded) {
    Complain("internal error: " + loaded.error().message);
    return kInternal;
  }
  const auto plan = std::make_shared<const plan::Plan>(*std::move(loaded));
  const Result<testing::Run> run = testing::RunTests(compilation->policy, plan, tests);
  if (!run) {
    Complain(run.error().message);
    return kUsage;
  }
  const testing::Coverage coverage = testing::Measure(compilation->policy, *run);
  fmt::print("{}", Render({compilation->policy, *plan, compilation->sources, *run,
                           options.measures() ? &coverage : nullptr},
                          options.sources.format));
  if (options.measures() && options.sources.format == "junit") {
    fmt::print(stderr, "{}",
               testing::CoverageText(compilation->policy, compilation->sources, coverage));
  }
  return std::max(sources_code, Judge(*run, coverage, options));
}

}  // namespace

void AddTest(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("test", "Run the tests in the sources");
  auto options = std::make_shared<TestOptions>();
  options->sources.AddTo(*command, {"text", "json", "junit"});
  command->add_option("--run", options->run, "Only tests whose title matches, anywhere in it")
      ->type_name("RE");
  command->add_flag("--coverage", options->coverage, "Show which rules decide some call");
  command
      ->add_option("--min-coverage", options->min_coverage,
                   "Fail when fewer percent of the rules decide some call; implies --coverage")
      ->type_name("N")
      ->check(CLI::Range(0.0, 100.0));
  command->footer("Example: mcplexerc test policies/ --min-coverage 80");
  command->callback([options, &exit_code] { exit_code = RunTest(*options); });
}

}  // namespace mcplexer::commands
