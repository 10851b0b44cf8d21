// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <string>

#include "compiler/commands/diff_report.h"

namespace mcplexer::commands {
namespace {

using nlohmann::ordered_json;

ordered_json OrNull(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json OutcomeJson(const SideOutcome& outcome) {
  return {{"decision", outcome.decision},           {"reason", outcome.reason},
          {"rule", OrNull(outcome.rule)},           {"at", OrNull(outcome.at)},
          {"workspace", OrNull(outcome.workspace)}, {"server", OrNull(outcome.server)},
          {"scope", OrNull(outcome.scope)}};
}

// As `mcplexer decide` reads it, but for a `~` that the directory may begin with.
ordered_json CallJson(const DiffRegion& region) {
  ordered_json arguments = ordered_json::parse(
      region.call.arguments.empty() ? "{}" : region.call.arguments, nullptr, false);
  return {{"dir", region.call.directory},
          {"name", region.call.name},
          {"arguments", std::move(arguments)},
          {"kind", CallKindName(region.call.kind)},
          {"principal", OrNull(region.names.principal)},
          {"client", OrNull(region.call.client)},
          {"model", OrNull(region.call.model)},
          {"server", OrNull(region.names.server)}};
}

}  // namespace

std::string DiffJson(const DiffReport& report) {
  ordered_json differences = ordered_json::array();
  ordered_json counts = ordered_json::object();
  for (const DiffRegion& region : report.regions) {
    differences.push_back({{"category", NameOf(region.kind)},
                           {"before", OutcomeJson(region.before)},
                           {"after", OutcomeJson(region.after)},
                           {"call", CallJson(region)},
                           {"tools", region.tools}});
    counts[std::string(NameOf(region.kind))] = CountTools(report, region.kind);
  }
  ordered_json servers = ordered_json::array();
  for (const analysis::Redefinition& one : report.redefinitions) {
    servers.push_back({{"namespace", one.name_space},
                       {"before", one.before},
                       {"after", one.after},
                       {"changed", one.changed}});
  }
  ordered_json trust = ordered_json::array();
  for (const analysis::TrustChange& one : report.trust) {
    trust.push_back({{"category", NameOf(one.kind)}, {"name", one.name}, {"what", one.what}});
  }
  ordered_json tools = nullptr;
  if (report.known_tools) tools = {{"known", *report.known_tools}, {"affected", counts}};
  const ordered_json json = {
      {"before", report.before},       {"after", report.after},
      {"verdict", report.verdict},     {"differences", std::move(differences)},
      {"servers", std::move(servers)}, {"trust", std::move(trust)},
      {"tools", std::move(tools)},     {"unsettled", report.unsettled}};
  // A policy's texts are UTF-8; a witness need not be, and is shown with what stands for such
  // bytes.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace mcplexer::commands
