// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/commands/boundary.h"
#include "compiler/commands/diff_input.h"
#include "compiler/commands/output.h"
#include "compiler/commands/signing_key.h"
#include "compiler/commands/statistics.h"

namespace mcplexer::commands {
namespace {

// The boundary's own exit code where it cannot be used, after saying why.
int RunBoundary(const std::string& spec, const SourceOptions& options, Compilation& compilation) {
  const Result<DiffInput> boundary = ReadDiffInput(spec, options.home);
  if (!boundary) {
    Complain(boundary.error().message);
    return kUsage;
  }
  if (!boundary->compilation) {
    Complain(fmt::format("`{}` is a compiled plan; a boundary has to be sources", spec));
    return kUsage;
  }
  if (boundary->plan.empty()) {
    Complain(fmt::format("the boundary `{}` does not compile", spec));
    return Report(*boundary->compilation, SourceOptions());
  }
  if (!compilation.plan.empty()) CheckBoundary(*boundary->compilation, compilation);
  return kClean;
}

int RunCheck(const SourceOptions& options, const std::string& boundary) {
  const auto compilation = Compile(options.ToCompile());
  const int unusable = boundary.empty() ? kClean : RunBoundary(boundary, options, *compilation);
  const int exit_code = Report(*compilation, options);
  PrintCountLine(*compilation, options);
  const int crossed = CrossesBoundary(*compilation) ? kFindings : kClean;
  return std::max({exit_code, unusable, crossed});
}

struct PlanOptions {
  std::string output;
  std::string key;  // a file; empty: the plan is not signed
  bool sign = false;
  bool statistics = false;
};

int RunCompile(const SourceOptions& options, const PlanOptions& wanted) {
  std::optional<SigningKey> key;
  if (wanted.sign) {
    Result<SigningKey> read = SigningKey::Read(wanted.key);
    if (!read) {
      Complain(read.error().message);
      return kUsage;
    }
    key = *std::move(read);
  }
  const std::string& output = wanted.output;
  const auto compilation = Compile(options.ToCompile());
  const int exit_code =
      Report(*compilation, options, output == "-" ? StandardOutput::kTaken : StandardOutput::kFree);
  if (compilation->plan.empty()) return exit_code;
  if (key) key->Sign(compilation->plan);
  const std::string_view bytes(reinterpret_cast<const char*>(compilation->plan.data()),
                               compilation->plan.size());
  if (const Status written = WriteFile(output, bytes); !written) {
    Complain(written.error().message);
    return kUsage;
  }
  // Data goes to standard output, and with `-o -` the plan is the data, or a log of findings.
  if (wanted.statistics) {
    std::FILE* out = output == "-" || options.format == "sarif" ? stderr : stdout;
    fmt::print(out, "{}", StatisticsText(*compilation));
  }
  return exit_code;
}

}  // namespace

void AddCheck(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "check", "Check all that stands between sources and a plan: syntax, names, conflicts");
  auto options = std::make_shared<SourceOptions>();
  auto boundary = std::make_shared<std::string>();
  options->AddTo(*command, kFindingFormats);
  command
      ->add_option("--boundary", *boundary,
                   "Sources, or git:REV[:PATH], of a policy that this one may only narrow")
      ->type_name("ORG");
  command->footer(
      "Examples: mcplexerc check policies/\n"
      "          mcplexerc check . --boundary ../org/policy.plex");
  command->callback([options, boundary, &exit_code] { exit_code = RunCheck(*options, *boundary); });
}

void AddCompile(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("compile", "Compile sources to a plan");
  auto options = std::make_shared<SourceOptions>();
  auto plan = std::make_shared<PlanOptions>();
  options->AddTo(*command, kFindingFormats);
  command
      ->add_option("-o,--output", plan->output, "Where the plan is written; - is standard output")
      ->type_name("FILE")
      ->required();
  const CLI::Option* sign =
      command
          ->add_option("--sign", plan->key,
                       "Sign the plan with the secret key in this file (`keygen`); - is stdin")
          ->type_name("KEYFILE");
  command->add_flag("--stats", plan->statistics, "Print sizes and the worst case of a decision");
  command->footer("Example: mcplexerc compile policies/ -o compiled.plan");
  command->callback([options, plan, sign, &exit_code] {
    plan->sign = sign->count() > 0;
    exit_code = RunCompile(*options, *plan);
  });
}

}  // namespace mcplexer::commands
