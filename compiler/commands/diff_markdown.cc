// SPDX-License-Identifier: Apache-2.0
//
// Names in a policy, and so what is shown here, may have been chosen by whoever opened the pull
// request. They stand in <code>, where GitHub neither makes links nor calls on anybody, and every
// character of ASCII punctuation in them is a numeric reference, which is text and never the
// beginning of markup, of a table's cell, or of the end of the element.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/diff_report.h"
#include "compiler/commands/output.h"
#include "compiler/source/printable.h"

namespace mcplexer::commands {
namespace {

using Kind = analysis::Difference::Kind;

// GitHub refuses a comment of more than 65,536 characters. Notes come behind what this limits.
constexpr size_t kMostBytes = 50'000;
// A name may be as long as its author likes.
constexpr size_t kMostCode = 300;

std::string Code(std::string_view text) {
  std::string out = "<code>";
  const std::string printable = source::Printable(text);
  size_t taken = 0;
  for (const char c : printable) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins = (byte & 0xC0U) != 0x80U;  // of a code point
    if (begins && ++taken > kMostCode) {
      out += "..";
      break;
    }
    const bool plain = byte >= 0x80 || byte == ' ' || (byte >= '0' && byte <= '9') ||
                       (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    out += plain ? std::string(1, c) : fmt::format("&#{};", byte);
  }
  return out + "</code>";
}

std::string OutcomeCell(const SideOutcome& outcome) {
  std::string cell = outcome.decision;
  if (!outcome.rule.empty()) {
    cell += fmt::format(" by {} at {}", Code(outcome.rule), Code(outcome.at));
    if (outcome.reason == "requirement_failed") cell += ", its requirement not met";
  } else if (outcome.reason == "default") {
    cell += " by default of " + Code(outcome.workspace);
  } else if (outcome.reason == "no_workspace") {
    cell += ": in no workspace";
  } else {
    cell += ": no such server";
  }
  if (!outcome.scope.empty()) cell += " with " + Code(outcome.scope);
  return cell;
}

std::string Row(const DiffRegion& region) {
  std::string tools;
  for (const std::string& tool : region.tools) {
    if (tools.size() > kMostCode) {
      tools += " ..";
      break;
    }
    tools += (tools.empty() ? "" : " ") + Code(tool);
  }
  return fmt::format("| {} | {} | {} | {} |\n",
                     Code(analysis::DescribeCall(region.call, region.names)),
                     OutcomeCell(region.before), OutcomeCell(region.after), tools);
}

// Those of one kind, folded.
struct Section {
  Kind kind;
  size_t regions = 0;
  const DiffRegion* first = nullptr;
};

std::vector<Section> SectionsOf(const DiffReport& report) {
  std::vector<Section> sections;
  for (const DiffRegion& region : report.regions) {
    if (sections.empty() || sections.back().kind != region.kind) {
      sections.push_back({region.kind, 0, &region});
    }
    ++sections.back().regions;
  }
  return sections;
}

}  // namespace

std::string DiffMarkdown(const DiffReport& report) {
  std::string text = fmt::format("### Access policy: {}\n\n{} to {}\n", report.verdict,
                                 Code(report.before), Code(report.after));
  const std::vector<Section> sections = SectionsOf(report);
  if (!sections.empty()) {
    text += report.known_tools ? "\n| | regions | tools | for example |\n|---|--:|--:|---|\n"
                               : "\n| | regions | for example |\n|---|--:|---|\n";
  }
  for (const Section& section : sections) {
    text += fmt::format("| {} | {} |", TitleOf(section.kind), section.regions);
    if (report.known_tools) text += fmt::format(" {} |", CountTools(report, section.kind));
    text += fmt::format(" {} |\n",
                        Code(analysis::DescribeCall(section.first->call, section.first->names)));
  }
  for (const Section& section : sections) {
    const std::string end = "\n</details>\n";
    std::string details =
        fmt::format("\n<details><summary>{}</summary>\n\n", TitleOf(section.kind)) +
        "| call | before | after | tools |\n|---|---|---|---|\n";
    size_t shown = 0;
    for (; shown < section.regions; ++shown) {
      const std::string row = Row(section.first[shown]);
      if (text.size() + details.size() + row.size() > kMostBytes) break;
      details += row;
    }
    if (shown < section.regions) {
      details += fmt::format("\n{} not shown.\n", Count(section.regions - shown, "more region"));
    }
    text += details + end;
  }
  constexpr size_t kMostNotes = 10;
  const auto add_notes = [&text](const auto& notes, const auto& text_of) {
    for (size_t i = 0; i < notes.size() && i < kMostNotes; ++i) {
      text += fmt::format("\n- {}", text_of(notes[i]));
    }
    if (notes.size() > kMostNotes) {
      text += fmt::format("\n- and {} more", notes.size() - kMostNotes);
    }
    if (!notes.empty()) text += "\n";
  };
  add_notes(report.redefinitions, [](const analysis::Redefinition& one) {
    return fmt::format("server {} is another one: {}", Code(one.after),
                       fmt::join(one.changed, ", "));
  });
  add_notes(report.trust,
            [](const analysis::TrustChange& one) { return DescribeTrust(one, Code); });
  add_notes(report.unsettled,
            [](const std::string& what) { return "it is unknown " + Code(what); });
  return text;
}

}  // namespace mcplexer::commands
