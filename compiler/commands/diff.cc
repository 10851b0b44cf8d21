// SPDX-License-Identifier: Apache-2.0
//
// Sources are compared over all calls. A plan holds automata where the sources have patterns, and
// neither the search, which builds other automata of the patterns of both, nor the reference
// interpreter, which has to confirm each call by the patterns themselves, can be run on it. Turning
// automata back into patterns grows without bound, so of a plan only this is said: that it decides
// like the other one, where the bytes that decide are the same, or that it is unknown.

#include "compiler/commands/diff.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <set>
#include <string>

#include "compiler/commands/diff_input.h"
#include "compiler/commands/diff_report.h"
#include "compiler/commands/output.h"
#include "compiler/commands/same_decisions.h"
#include "compiler/inventory/parse.h"

namespace mcplexer::commands {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  std::string format = "text";
  std::string fail_on;
  std::string home;
  std::string inventory;
  bool deciders = false;
};

// Exposed names, of the servers of both policies that the inventory records.
std::set<std::string> ToolsOf(const inventory::Inventory& inventory, const model::Policy& before,
                              const model::Policy& after) {
  std::set<std::string> tools;
  for (const model::Policy* policy : {&before, &after}) {
    for (const model::Server& server : policy->servers) {
      const inventory::Server* recorded = inventory.Find(server.name);
      if (recorded == nullptr) continue;
      for (const inventory::Item& item : recorded->of(inventory::Kind::kTool)) {
        tools.insert(analysis::NamePrefix(server) + item.name);
      }
    }
  }
  return tools;
}

DiffReport CompareSources(const DiffInput& before, const DiffInput& after, bool deciders,
                          const inventory::Inventory* inventory) {
  const Compilation& old_side = *before.compilation;
  const Compilation& new_side = *after.compilation;
  analysis::CompareOptions options;
  options.deciders = deciders;
  if (inventory != nullptr) {
    const auto tools = ToolsOf(*inventory, old_side.policy, new_side.policy);
    options.tools.assign(tools.begin(), tools.end());
  }
  DiffReport report =
      MakeDiffReport({old_side.policy, old_side.sources}, {new_side.policy, new_side.sources},
                     analysis::Compare(old_side.policy, new_side.policy, options));
  if (inventory != nullptr) report.known_tools = options.tools.size();
  return report;
}

DiffReport ComparePlans(const DiffInput& before, const DiffInput& after) {
  DiffReport report;
  report.verdict = SamePlans(before.plan, after.plan) ? "equivalent" : "unknown";
  if (report.verdict == "unknown") {
    report.unsettled.emplace_back(
        "what these decide differently: a compiled plan holds automata instead of patterns; "
        "compare the sources it was made of");
  }
  return report;
}

// The code to end with when the policy cannot be compared, after saying why.
int Unusable(const DiffInput& input) {
  if (!input.plan.empty()) return kClean;
  Complain(fmt::format("`{}` does not compile", input.shown));
  return Report(*input.compilation, SourceOptions());
}

int ExitCodeOf(const DiffReport& report, const std::string& fail_on) {
  const bool fails = (fail_on == "wider" && report.found_wider) ||
                     (fail_on == "narrower" && report.found_narrower) ||
                     (fail_on == "any" && (report.found_wider || report.found_narrower));
  if (fails) return kFindings;
  return report.unsettled.empty() ? kClean : kInternal;
}

int RunDiff(const DiffOptions& options) {
  const Result<DiffInput> before = ReadDiffInput(options.before, options.home);
  const Result<DiffInput> after = ReadDiffInput(options.after, options.home);
  for (const Result<DiffInput>* input : {&before, &after}) {
    if (!*input) Complain(input->error().message);
  }
  if (!before || !after) return kUsage;
  if (const int code = std::max(Unusable(*before), Unusable(*after)); code != kClean) return code;

  DiffReport report;
  if (!before->compilation || !after->compilation) {
    report = ComparePlans(*before, *after);
  } else {
    std::optional<inventory::Inventory> named;
    if (!options.inventory.empty()) {
      auto loaded = inventory::LoadFile(options.inventory);
      if (!loaded) {
        Complain(loaded.error().message);
        return kUsage;
      }
      named = *std::move(loaded);
    }
    const auto& inventory = named                           ? named
                            : after->compilation->inventory ? after->compilation->inventory
                                                            : before->compilation->inventory;
    report = CompareSources(*before, *after, options.deciders, inventory ? &*inventory : nullptr);
  }
  report.before = options.before;
  report.after = options.after;
  const std::string text = options.format == "json"       ? DiffJson(report)
                           : options.format == "markdown" ? DiffMarkdown(report)
                                                          : DiffText(report);
  if (const Status written = WriteFile("-", text); !written) {
    Complain(written.error().message);
    return kInternal;
  }
  return ExitCodeOf(report, options.fail_on);
}

}  // namespace

void AddDiff(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "diff", "Show which calls two policies decide differently, over all calls");
  auto options = std::make_shared<DiffOptions>();
  const std::string what = "file or directory of sources, compiled plan, or git:REV[:PATH]";
  command->add_option("before", options->before, "The policy as it was: " + what)
      ->type_name("BEFORE")
      ->required();
  command->add_option("after", options->after, "The policy as it is: the same")
      ->type_name("AFTER")
      ->required();
  command->add_option("--format", options->format, "How differences are shown")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->capture_default_str();
  command
      ->add_option("--fail-on", options->fail_on,
                   "Exit with 1 when AFTER allows more, less, or differs")
      ->check(CLI::IsMember({"wider", "narrower", "any"}));
  command
      ->add_option("--inventory", options->inventory,
                   "Count the tools that it records; default: mcplexer.lock beside AFTER or BEFORE")
      ->type_name("FILE");
  command->add_flag("--deciders", options->deciders,
                    "Also show where the same comes out of another rule");
  command->add_option("--home", options->home, "What `~` and `${HOME}` stand for, in both")
      ->type_name("DIR")
      ->check(IsAbsolutePath);
  command->footer(
      "Examples: mcplexerc diff git:main . --fail-on wider\n"
      "          mcplexerc diff old.plex new.plex --format markdown");
  command->callback([options, &exit_code] { exit_code = RunDiff(*options); });
}

}  // namespace mcplexer::commands
