// SPDX-License-Identifier: Apache-2.0
// One pass over the document with a stack of the maps still to be looked at. Everything is checked
// by the table in fields.cc before anything is lowered, so that lowering deals with sound values
// only.

#include "compiler/yaml/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/source/printable.h"
#include "compiler/source/suggest.h"
#include "compiler/yaml/fields.h"
#include "compiler/yaml/scalar_type.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using Kind = Node::Kind;

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "nothing";
    case Kind::kPlain:
    case Kind::kQuoted:
      return "a single value";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "a map";
  }
  return "";
}

class Checker {
 public:
  Checker(const Document& document, const source::Limits& limits, source::Diagnostics& diagnostics)
      : document_(document),
        limits_(limits),
        diagnostics_(diagnostics),
        usable_(document.size(), true) {}

  Usable Run() {
    const NodeId root = document_.root();
    if (!document_.is(root, Kind::kNull)) CheckRecord(root, RootSection(), "the file");
    while (!pending_.empty() && errors_ < limits_.errors_per_file) {
      const auto [record, section] = pending_.back();
      pending_.pop_back();
      CheckRecord(record, *section, fmt::format("an entry of `{}`", section->noun));
    }
    return std::move(usable_);
  }

 private:
  source::Diagnostic& Report(NodeId node, Code code, std::string message) {
    usable_[node.index()] = false;
    ++errors_;
    return diagnostics_.Report(code, document_.span(node), std::move(message));
  }

  void WrongKind(NodeId node, std::string_view what, std::string_view wanted) {
    const Kind kind = document_[node].kind;
    std::string message =
        kind == Kind::kNull ? fmt::format("{} has no value; it has to be {}", what, wanted)
                            : fmt::format("{} has to be {}, not {}", what, wanted, KindName(kind));
    Report(node, Code::kBadValue, std::move(message));
  }

  std::string Shown(NodeId node) const {
    constexpr size_t kMost = 60;
    const std::string_view text = document_.text(node);
    if (text.size() <= kMost) return source::Printable(text);
    // Printable escapes a sequence that the cut left incomplete.
    return source::Printable(text.substr(0, kMost)) + "...";
  }

  void CheckRecord(NodeId record, const Section& section, const std::string& what);
  void CheckField(NodeId key, NodeId value, const Field& field);
  void CheckScalar(NodeId value, const Field& field, const std::string& what);
  void CheckList(NodeId value, const Field& field, const std::string& what);
  void CheckTextMap(NodeId value, const std::string& what);
  void CheckFreeValue(NodeId value);
  bool CheckText(NodeId value, const std::string& what, bool may_be_empty);

  const Document& document_;
  const source::Limits& limits_;
  source::Diagnostics& diagnostics_;
  Usable usable_;
  std::vector<std::pair<NodeId, const Section*>> pending_;
  size_t errors_ = 0;
};

void Checker::CheckRecord(NodeId record, const Section& section, const std::string& what) {
  if (!document_.is(record, Kind::kMap)) {
    WrongKind(record, what, "a map of keys and values");
    return;
  }
  std::vector<bool> given(section.fields.size(), false);
  const std::vector<Entry> entries = document_.Entries(record);
  for (const auto& [key, value] : entries) {
    if (errors_ >= limits_.errors_per_file) return;
    const Field* field = section.Find(document_.text(key));
    if (field != nullptr) {
      given[static_cast<size_t>(field - section.fields.data())] = true;
      CheckField(key, value, *field);
      if (!usable_[value.index()]) usable_[record.index()] = false;
      continue;
    }
    usable_[record.index()] = false;
    std::vector<std::string_view> known;
    for (const Field& f : section.fields) known.push_back(f.key);
    source::Diagnostic& diagnostic = Report(
        key, Code::kUnknownAttribute,
        fmt::format("`{}` is not a key of {}", Shown(key),
                    &section == &RootSection() ? "a policy" : fmt::format("`{}`", section.noun)));
    if (const auto nearest = source::Suggest(document_.text(key), known)) {
      diagnostic.Help(fmt::format("did you mean `{}`?", *nearest));
    } else {
      diagnostic.Help(fmt::format("the keys are {}", fmt::join(known, ", ")));
    }
  }
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i] || !section.fields[i].required) continue;
    // The map may be long; its first value says best which one it is.
    const NodeId place = entries.empty() ? record : entries.front().value;
    usable_[record.index()] = false;
    ++errors_;
    diagnostics_.Report(Code::kMissingAttribute, document_.span(place),
                        fmt::format("this `{}` has no `{}`", section.noun, section.fields[i].key));
  }
}

void Checker::CheckField(NodeId key, NodeId value, const Field& field) {
  const std::string what = fmt::format("`{}`", field.key);
  switch (field.type) {
    case Type::kIgnored:
      diagnostics_.Report(Code::kIgnoredKey, document_.span(key),
                          fmt::format("`{}` has no effect: responses are not cached", field.key));
      return;
    case Type::kStrings:
    case Type::kStringList:
    case Type::kTextList:
    case Type::kCommand:
    case Type::kValueList:
    case Type::kRecords:
      return CheckList(value, field, what);
    case Type::kTextMap:
      return CheckTextMap(value, what);
    case Type::kValueMap:
      if (!document_.is(value, Kind::kMap)) return WrongKind(value, what, "a map");
      return CheckFreeValue(value);
    case Type::kRecord:
      if (!document_.is(value, Kind::kMap)) return WrongKind(value, what, "a map");
      pending_.emplace_back(value, field.section);
      return;
    default:
      return CheckScalar(value, field, what);
  }
}

bool Checker::CheckText(NodeId value, const std::string& what, bool may_be_empty) {
  if (!document_.is_scalar(value)) {
    WrongKind(value, what, "a text");
    return false;
  }
  if (document_.text(value).empty() && !may_be_empty) {
    Report(value, Code::kBadValue, fmt::format("{} is empty", what));
    return false;
  }
  return true;
}

void Checker::CheckScalar(NodeId value, const Field& field, const std::string& what) {
  if (!CheckText(value, what, field.type == Type::kText)) return;
  const std::string_view text = document_.text(value);
  const bool plain = document_.is(value, Kind::kPlain);
  switch (field.type) {
    case Type::kName:
      if (IsName(text)) return;
      Report(value, Code::kBadValue, fmt::format("{} `{}` is not a name", what, Shown(value)))
          .Help("a name is up to 128 letters, digits, `_` and `-`");
      return;
    case Type::kWord: {
      for (const std::string_view word : field.words) {
        if (word == text) return;
      }
      source::Diagnostic& diagnostic =
          Report(value, Code::kBadValue,
                 fmt::format("{} is `{}`, which is none of {}", what, Shown(value),
                             fmt::join(field.words, ", ")));
      if (const auto nearest = source::Suggest(text, field.words)) {
        diagnostic.Help(fmt::format("did you mean `{}`?", *nearest));
      }
      return;
    }
    case Type::kBool:
      if (plain && (text == "true" || text == "false")) return;
      Report(value, Code::kBadValue,
             fmt::format("{} has to be `true` or `false`, without quotes", what));
      return;
    case Type::kNumber:
      if (plain && ParseDigits(text)) return;
      Report(value, Code::kBadValue,
             fmt::format("{} has to be a whole number, not `{}`", what, Shown(value)))
          .Help("write decimal digits only, without quotes, sign, unit or leading zero");
      return;
    case Type::kInteger:
      if (plain && ParseInteger(text)) return;
      Report(value, Code::kBadValue,
             fmt::format("{} has to be a whole number, not `{}`", what, Shown(value)))
          .Help("write decimal digits, with `-` in front or not, without quotes or leading zero");
      return;
    case Type::kSeconds:
      if (plain && (ParseDigits(text) || ParseDuration(text))) return;
      Report(value, Code::kBadValue,
             fmt::format("{} has to be a whole number of seconds, not `{}`", what, Shown(value)))
          .Help(
              "write decimal digits only, without quotes, sign or leading zero, or a duration such "
              "as `250ms`");
      return;
    case Type::kSecret:
      if (ParseSecretReference(text)) return;
      // The text may be the secret: it stays out of the message.
      Report(value, Code::kSecretLiteral, fmt::format("{} has to refer to a secret", what))
          .Help("declare it under `secrets` and write `${secret(NAME)}` here");
      return;
    default:
      return;
  }
}

void Checker::CheckList(NodeId value, const Field& field, const std::string& what) {
  if (field.type == Type::kStrings && document_.is_scalar(value)) {
    CheckText(value, what, false);
    return;
  }
  if (!document_.is(value, Kind::kList)) {
    return WrongKind(value, what,
                     field.type == Type::kStrings ? "a text or a list of texts" : "a list");
  }
  const std::vector<NodeId> items = document_.Children(value);
  const bool may_be_empty = field.type != Type::kStrings && field.type != Type::kCommand;
  if (items.empty() && !may_be_empty) {
    Report(value, Code::kBadValue, fmt::format("{} is an empty list", what))
        .Help("name at least one, or leave the key out where it may be");
    return;
  }
  for (const NodeId item : items) {
    if (errors_ >= limits_.errors_per_file) return;
    if (field.type == Type::kRecords) {
      pending_.emplace_back(item, field.section);
    } else if (field.type == Type::kValueList) {
      CheckFreeValue(item);
    } else if (!CheckText(item, fmt::format("an item of {}", what),
                          field.type == Type::kTextList)) {
      usable_[value.index()] = false;
    }
  }
}

void Checker::CheckTextMap(NodeId value, const std::string& what) {
  if (!document_.is(value, Kind::kMap)) return WrongKind(value, what, "a map of texts");
  for (const auto& [key, item] : document_.Entries(value)) {
    if (errors_ >= limits_.errors_per_file) return;
    const std::string entry = fmt::format("`{}` in {}", Shown(key), what);
    if (document_.text(key).empty()) {
      Report(key, Code::kBadValue, fmt::format("a key of {} is empty", what));
      usable_[value.index()] = false;
    } else if (!CheckText(item, entry, true)) {
      usable_[value.index()] = false;
    }
  }
}

void Checker::CheckFreeValue(NodeId value) {
  for (uint32_t i = value.value; i < document_[value].next; ++i) {
    const NodeId node(i);
    if (errors_ >= limits_.errors_per_file) return;
    if (document_.is(node, Kind::kPlain) && IsDoubtfulNumber(document_.text(node))) {
      Report(node, Code::kBadValue,
             fmt::format("`{}` is a number to some readers of YAML, but not JSON's", Shown(node)))
          .Help("quote it if it is a text");
      usable_[value.index()] = false;
    }
  }
}

}  // namespace

Usable Check(const Document& document, const source::Limits& limits,
             source::Diagnostics& diagnostics) {
  return Checker(document, limits, diagnostics).Run();
}

}  // namespace mcplexer::yaml
