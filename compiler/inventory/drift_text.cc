// SPDX-License-Identifier: Apache-2.0
// Changes as people and programs read them.

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "compiler/inventory/drift.h"
#include "compiler/inventory/text_diff.h"
#include "compiler/source/printable.h"
#include "runtime/base/check.h"
#include "runtime/json/document.h"
#include "runtime/json/writer.h"

namespace mcplexer::inventory {
namespace {

// The string that a canonical JSON text is, if it is one.
std::optional<std::string> AsString(const std::string& json) {
  if (!json.starts_with('"')) return std::nullopt;
  json::Document doc;
  const auto parsed = doc.Parse(json);
  MCPLEXER_CHECK(parsed.has_value());
  std::string scratch;
  return std::string(doc.Unescape(doc.Root(), scratch));
}

std::string DifferenceText(const Difference& difference) {
  const std::string path =
      difference.path.empty() ? "" : source::Printable(difference.path.substr(1)) + ": ";
  if (!difference.before) return path + "added " + source::Printable(*difference.after);
  if (!difference.after) return path + "removed " + source::Printable(*difference.before);
  const auto before = AsString(*difference.before);
  const auto after = AsString(*difference.after);
  if (before && after) return path + DiffText(*before, *after);
  return fmt::format("{}{} -> {}", path, source::Printable(*difference.before),
                     source::Printable(*difference.after));
}

constexpr std::array<std::string_view, 3> kWhats = {"added", "removed", "changed"};

}  // namespace

std::string ChangeText(const Change& change) {
  std::string out = fmt::format("[{}] {}: ", NameOf(change.risk), source::Printable(change.server));
  const std::string_view what = kWhats[static_cast<size_t>(change.what)];
  if (change.whole_server) {
    out += change.member.empty() ? fmt::format("server {}\n", what)
                                 : fmt::format("`{}` changed\n", change.member);
  } else {
    out += fmt::format("{} `{}`", Info(change.kind).noun, source::Printable(change.item));
    out += change.member.empty()
               ? fmt::format(" {}\n", what)
               : fmt::format(": `{}` changed\n", source::Printable(change.member));
  }
  for (const Difference& difference : change.differences) {
    out += "    " + DifferenceText(difference) + "\n";
  }
  return out;
}

std::string ChangeJson(const Change& change) {
  std::string out =
      fmt::format(R"({{"risk":"{}","change":"{}","server":{})", NameOf(change.risk),
                  kWhats[static_cast<size_t>(change.what)], json::EscapeString(change.server));
  out +=
      fmt::format(R"(,"kind":{},"item":{},"member":{},"differences":[)",
                  change.whole_server ? "\"server\"" : json::EscapeString(Info(change.kind).noun),
                  change.whole_server ? "null" : json::EscapeString(change.item),
                  change.member.empty() ? "null" : json::EscapeString(change.member));
  for (const Difference& difference : change.differences) {
    if (&difference != change.differences.data()) out += ',';
    // Values are JSON already; an absent one is left out, since null is a value.
    fmt::format_to(std::back_inserter(out), R"({{"path":{})", json::EscapeString(difference.path));
    if (difference.before) out += R"(,"before":)" + *difference.before;
    if (difference.after) out += R"(,"after":)" + *difference.after;
    out += '}';
  }
  return out + "]}\n";
}

}  // namespace mcplexer::inventory
