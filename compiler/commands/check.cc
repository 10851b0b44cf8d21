// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/check.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string_view>

#include "compiler/commands/output.h"
#include "compiler/commands/statistics.h"

namespace mcplexer::commands {
namespace {

int RunCheck(const SourceOptions& options) {
  const auto compilation = Compile(options.ToCompile());
  const int exit_code = Report(*compilation, options);
  PrintCountLine(*compilation, options);
  return exit_code;
}

int RunCompile(const SourceOptions& options, const std::string& output, bool statistics) {
  const auto compilation = Compile(options.ToCompile());
  const int exit_code =
      Report(*compilation, options, output == "-" ? StandardOutput::kTaken : StandardOutput::kFree);
  if (compilation->plan.empty()) return exit_code;
  const std::string_view bytes(reinterpret_cast<const char*>(compilation->plan.data()),
                               compilation->plan.size());
  if (const Status written = WriteFile(output, bytes); !written) {
    Complain(written.error().message);
    return kUsage;
  }
  // Data goes to standard output, and with `-o -` the plan is the data, or a log of findings.
  if (statistics) {
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
  options->AddTo(*command, kFindingFormats);
  command->footer("Example: mcplexerc check policies/");
  command->callback([options, &exit_code] { exit_code = RunCheck(*options); });
}

void AddCompile(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("compile", "Compile sources to a plan");
  auto options = std::make_shared<SourceOptions>();
  auto output = std::make_shared<std::string>();
  auto statistics = std::make_shared<bool>(false);
  options->AddTo(*command, kFindingFormats);
  command->add_option("-o,--output", *output, "Where the plan is written; - is standard output")
      ->type_name("FILE")
      ->required();
  command->add_flag("--stats", *statistics, "Print sizes and the worst case of a decision");
  command->footer("Example: mcplexerc compile policies/ -o compiled.plan");
  command->callback([options, output, statistics, &exit_code] {
    exit_code = RunCompile(*options, *output, *statistics);
  });
}

}  // namespace mcplexer::commands
