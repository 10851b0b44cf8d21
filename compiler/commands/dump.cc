// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/dump.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "compiler/commands/dump_json.h"
#include "compiler/commands/output.h"
#include "compiler/source/printable.h"
#include "runtime/commands/trust_option.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

using nlohmann::ordered_json;

// Where each section lies.
std::string SectionTable(const plan::Plan& plan) {
  // kStrings is not in sections.def, being bytes.
  static constexpr std::array<std::string_view, plan::kSectionCount + 1> kNames = {
      "strings",
#define SECTION(id, name, record) #name,
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"
  };
  std::string out = fmt::format("{:>3} {:<16} {:>10} {:>10} {:>10}\n", "id", "section", "offset",
                                "elements", "bytes");
  for (size_t s = 0; s < plan.header().section_count; ++s) {
    plan::SectionEntry entry;
    std::memcpy(&entry, plan.bytes().data() + sizeof(plan::Header) + s * sizeof(entry),
                sizeof(entry));
    out += fmt::format("{:>3} {:<16} {:>10} {:>10} {:>10}\n", entry.id, kNames[s], entry.offset,
                       entry.count, entry.count * entry.element_size);
  }
  return out;
}

// `key: value` lines; what a record holds in one line, records in a list below each other.
void Append(const ordered_json& value, std::string& out) {
  for (const auto& [key, part] : value.items()) {
    if (!part.is_array()) {
      out +=
          fmt::format("{}: {}\n", key,
                      part.is_string() ? source::Printable(part.get<std::string>()) : part.dump());
      continue;
    }
    out += fmt::format("{} ({})\n", key, part.size());
    size_t number = 0;
    for (const ordered_json& record : part) {
      out += fmt::format("  {:>3} ", number++);
      if (!record.is_object()) {
        out += fmt::format(" {}\n", record.dump());
        continue;
      }
      std::string line;
      for (const auto& [name, field] : record.items()) {
        // What a record does not have says nothing.
        if (field.is_null() || (field.is_structured() && field.empty())) continue;
        line += fmt::format(" {}={}", name, field.dump());
      }
      out += line + "\n";
    }
  }
}

struct DumpOptions {
  std::string path;
  std::string format = "text";
  TrustOption trust;
};

int RunDump(const DumpOptions& options) {
  const auto trust = options.trust.Read();
  if (!trust) {
    Complain(trust.error().message);
    return kUsage;
  }
  const auto plan = plan::Plan::LoadFile(options.path, *trust);
  if (!plan) {
    Complain(plan.error().message);
    return kUsage;
  }
  const ordered_json json = DumpJson(*plan);
  if (options.format == "json") {
    fmt::print("{}\n", json.dump(2));
    return kClean;
  }
  std::string out;
  Append(json, out);
  fmt::print("{}{}", SectionTable(*plan), out);
  return kClean;
}

}  // namespace

void AddDump(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("dump", "Print a plan, annotated");
  auto options = std::make_shared<DumpOptions>();
  command->add_option("plan", options->path, "Compiled plan")->type_name("PLAN")->required();
  command->add_option("--format", options->format, "How the plan is shown")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  options->trust.AddTo(*command);
  command->footer("Example: mcplexerc dump compiled.plan --format json");
  command->callback([options, &exit_code] { exit_code = RunDump(*options); });
}

}  // namespace mcplexer::commands
