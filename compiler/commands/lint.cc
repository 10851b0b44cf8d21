// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/lint.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/lint.h"
#include "compiler/commands/output.h"

namespace mcplexer::commands {
namespace {

const std::vector<std::string> kFormats = {"text", "short", "json"};

struct LintCommandOptions {
  SourceOptions sources;
  std::vector<std::string> enable;
  std::string inventory_base;
};

int RunLint(const LintCommandOptions& options) {
  std::set<source::Code> enabled;
  for (const std::string& text : options.enable) enabled.insert(*source::FindCode(text));
  CompileOptions compile = options.sources.ToCompile();
  compile.inventory_base = options.inventory_base;
  const auto compilation = Compile(compile);
  Lint(*compilation, enabled);
  const int exit_code = Report(*compilation, options.sources);
  fmt::print("{}\n", CountLine(*compilation));
  return exit_code;
}

std::string IsLintCode(const std::string& text) {
  const auto code = source::FindCode(text);
  for (const analysis::LintCheck& check : analysis::LintChecks()) {
    for (const analysis::LintCode& listed : check.codes) {
      if (code == listed.code) return "";
    }
  }
  return fmt::format("`{}` is not the code of a finding of `lint`", text);
}

}  // namespace

void AddLint(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "lint", "Check, and say what is worth a second look in a policy that compiles");
  auto options = std::make_shared<LintCommandOptions>();
  options->sources.AddTo(*command, kFormats);
  command->add_option("--enable", options->enable, "Report findings that are off by default, too")
      ->type_name("CODE")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(IsLintCode);
  command
      ->add_option(
          "--inventory-base", options->inventory_base,
          "An older lock file: tools that came since are reported where an allow reaches them")
      ->type_name("FILE");
  command->footer("Example: mcplexerc lint policies/");
  command->callback([options, &exit_code] { exit_code = RunLint(*options); });
}

}  // namespace mcplexer::commands
