// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "compiler/commands/diff_report.h"
#include "compiler/commands/output.h"
#include "compiler/source/printable.h"
#include "runtime/json/writer.h"

namespace mcplexer::commands {
namespace {

using source::Printable;
using Kind = analysis::Difference::Kind;

// More names than these are only counted.
constexpr size_t kMostTools = 10;

std::string OutcomeLine(const SideOutcome& outcome) {
  std::string line = fmt::format("{:<8} ", outcome.decision);
  if (!outcome.rule.empty()) {
    line += fmt::format("{} ({})", Printable(outcome.rule), Printable(outcome.at));
    if (outcome.reason == "requirement_failed") line += ", whose requirement is not met";
  } else if (outcome.reason == "default") {
    line += fmt::format("the default of workspace {}", Printable(outcome.workspace));
  } else if (outcome.reason == "no_workspace") {
    line += "the directory is in no workspace";
  } else {
    line += "there is no such server";
  }
  if (!outcome.scope.empty()) line += fmt::format(", with {}", Printable(outcome.scope));
  return line;
}

std::string Tools(const std::vector<std::string>& tools) {
  std::string text;
  for (size_t i = 0; i < tools.size() && i < kMostTools; ++i) {
    text += (i > 0 ? ", " : "") + Printable(tools[i]);
  }
  if (tools.size() > kMostTools) text += fmt::format(" and {} more", tools.size() - kMostTools);
  return text;
}

std::string HeadOf(const DiffReport& report, Kind kind) {
  size_t regions = 0;
  for (const DiffRegion& region : report.regions) regions += region.kind == kind ? 1 : 0;
  std::string head = fmt::format("{} ({}", TitleOf(kind), Count(regions, "region"));
  if (report.known_tools) head += ", " + Count(CountTools(report, kind), "tool");
  return head + ")\n";
}

}  // namespace

std::string DiffText(const DiffReport& report) {
  std::string text;
  const DiffRegion* last = nullptr;
  for (const DiffRegion& region : report.regions) {
    if (last == nullptr || last->kind != region.kind) {
      text += (last == nullptr ? "" : "\n") + HeadOf(report, region.kind);
    }
    last = &region;
    text += fmt::format("  {}\n", Printable(analysis::DescribeCall(region.call, region.names)));
    text += fmt::format("    before  {}\n", OutcomeLine(region.before));
    text += fmt::format("    after   {}\n", OutcomeLine(region.after));
    if (!region.tools.empty()) text += fmt::format("    tools   {}\n", Tools(region.tools));
  }
  if (last != nullptr) text += "\n";
  for (const analysis::Redefinition& one : report.redefinitions) {
    text += fmt::format("server {} is another one: {}\n", Printable(one.after),
                        fmt::join(one.changed, ", "));
  }
  for (const analysis::TrustChange& one : report.trust) {
    text += DescribeTrust(one, [](const std::string& name) { return Printable(name); }) + "\n";
  }
  for (const std::string& what : report.unsettled) {
    text += fmt::format("it is unknown {}\n", Printable(what));
  }
  return text + fmt::format("{}\n", report.verdict);
}

}  // namespace mcplexer::commands
