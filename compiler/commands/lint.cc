// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/lint.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/lint.h"
#include "compiler/commands/fix_files.h"
#include "compiler/commands/output.h"
#include "compiler/source/fix.h"

namespace mcplexer::commands {
namespace {

struct LintCommandOptions {
  SourceOptions sources;
  std::vector<std::string> enable;
  std::string inventory_base;
  bool fix = false;
  bool unsafe_fixes = false;
  bool dry_run = false;
};

std::set<source::Code> EnabledCodes(const LintCommandOptions& options) {
  std::set<source::Code> enabled;
  for (const std::string& text : options.enable) enabled.insert(*source::FindCode(text));
  return enabled;
}

CompileOptions ToCompile(const LintCommandOptions& options) {
  CompileOptions compile = options.sources.ToCompile();
  compile.inventory_base = options.inventory_base;
  return compile;
}

int RunFix(const LintCommandOptions& options) {
  const SourceOptions& sources = options.sources;
  const Result<Fixed> fixed =
      FixAll({ToCompile(options), EnabledCodes(options), options.unsafe_fixes}, model::Disk());
  if (!fixed) {
    Complain(fixed.error().message);
    return kInternal;
  }
  const auto output = options.dry_run ? StandardOutput::kTaken : StandardOutput::kFree;
  if (options.dry_run) {
    for (const FixedFile& file : fixed->files) {
      const std::string diff = source::UnifiedDiff(file.shown, file.before, file.after);
      std::fwrite(diff.data(), 1, diff.size(), stdout);
    }
  } else if (const Status written = WriteFixed(fixed->files); !written) {
    Complain(written.error().message);
    return kUsage;
  }
  const int exit_code = Report(*fixed->compilation, sources, output);
  Complain(fmt::format("{} {} in {}", Count(fixed->findings, "finding"),
                       options.dry_run ? "to fix" : "fixed", Count(fixed->files.size(), "file")));
  if (fixed->withheld > 0) {
    Complain(fmt::format("{} could be fixed, which is left undone: others would remain",
                         Count(fixed->withheld, "error")));
  }
  PrintCountLine(*fixed->compilation, sources, output);
  return exit_code;
}

int RunLint(const LintCommandOptions& options) {
  if (options.fix) return RunFix(options);
  const auto compilation = Compile(ToCompile(options));
  Lint(*compilation, EnabledCodes(options));
  const int exit_code = Report(*compilation, options.sources);
  PrintCountLine(*compilation, options.sources);
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
  options->sources.AddTo(*command, kFindingFormats);
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
  CLI::Option* fix = command->add_flag("--fix", options->fix,
                                       "Put in the fixes that are proven to change no decision");
  command->add_flag("--unsafe-fixes", options->unsafe_fixes, "With --fix: the others, too")
      ->needs(fix);
  command
      ->add_flag("--dry-run", options->dry_run,
                 "With --fix: write nothing, print the changes as a diff")
      ->needs(fix);
  command->footer("Example: mcplexerc lint --fix --dry-run policies/");
  command->callback([options, &exit_code] { exit_code = RunLint(*options); });
}

}  // namespace mcplexer::commands
