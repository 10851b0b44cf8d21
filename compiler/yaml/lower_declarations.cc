// SPDX-License-Identifier: Apache-2.0
// Secrets, servers and scopes: attributes, and what YAML spells differently.

#include <fmt/format.h>

#include <array>
#include <utility>

#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using syntax::Attribute;
using syntax::Declaration;
using syntax::Value;

Attribute MakeAttribute(const Context& context, std::string key, source::Span key_span,
                        Value value) {
  Attribute attribute;
  attribute.span = {context.file, key_span.begin, value.span.end};
  attribute.key = {std::move(key), key_span};
  attribute.value = std::move(value);
  return attribute;
}

Value TypedValue(const Context& context, Type type, NodeId node) {
  Field field;
  field.type = type;
  return LowerValue(context, field, node);
}

// A key that says nothing beside what else the entry says.
void ReportMeaningless(const Context& context, const Record& record, std::string_view key,
                       std::string message) {
  context.diagnostics.Report(Code::kMeaninglessClause, record.KeySpan(key), std::move(message));
}

void ReportMissing(const Context& context, source::Span span, std::string message) {
  context.diagnostics.Report(Code::kMissingAttribute, span, std::move(message));
}

}  // namespace

void LowerSecret(const Context& context, const Record& record, Declaration& declaration) {
  constexpr std::array<std::string_view, 4> kSources = {"env", "file", "sealed", "command"};
  for (const std::string_view source : kSources) {
    const std::optional<NodeId> node = record.Get(source);
    if (!node) continue;
    if (declaration.value) {
      context.diagnostics
          .Report(Code::kMeaninglessClause, record.KeySpan(source),
                  "a secret comes from one source only")
          .Also(declaration.value->span, "it comes from here");
      return;
    }
    Value value;
    value.kind = Value::Kind::kCall;
    value.text = std::string(source);
    value.span = context.span(*node);
    value.items.push_back(
        TypedValue(context, source == "command" ? Type::kCommand : Type::kString, *node));
    declaration.value = std::move(value);
  }
  if (!declaration.value && record.sound()) {
    ReportMissing(context, declaration.name.span,
                  "this secret says none of `env`, `file`, `sealed` and `command`");
  }
}

void LowerServer(const Context& context, const Record& record, Declaration& declaration) {
  const std::optional<NodeId> command = record.Get("command");
  const std::optional<NodeId> args = record.Get("args");
  const std::optional<NodeId> url = record.Get("url");
  if (command) {
    // `command` and `args` are one list here.
    Value list = args ? TypedValue(context, Type::kTextList, *args) : Value{};
    list.kind = Value::Kind::kList;
    list.span = context.span(*command);
    list.items.insert(list.items.begin(), TypedValue(context, Type::kString, *command));
    declaration.attributes.push_back(
        MakeAttribute(context, "command", record.KeySpan("command"), std::move(list)));
  } else if (args) {
    ReportMeaningless(context, record, "args", "`args` needs a `command`");
  }
  const std::optional<NodeId> transport = record.Get("transport");
  if (!transport || !record.sound()) return;
  // Which transport it is follows from `command` or `url`; the key may only agree.
  const bool http = record.GetWord("transport", "") == "http";
  if (http && !url) {
    ReportMissing(context, context.span(*transport), "`transport: http` needs a `url`");
  } else if (!http && !command) {
    ReportMissing(context, context.span(*transport), "`transport: stdio` needs a `command`");
  } else if (http && command) {
    ReportMeaningless(context, record, "command", "`transport: http` has no `command`");
  } else if (!http && url) {
    ReportMeaningless(context, record, "url", "`transport: stdio` has no `url`");
  }
}

void LowerScope(const Context& context, const Record& record, Declaration& declaration) {
  const std::string_view type = record.GetWord("type", "");
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kMaps = {
      {{"env", "env"}, {"headers", "header"}}};
  for (const auto& [key, wanted] : kMaps) {
    const std::optional<NodeId> map = record.Get(key);
    if (!map) continue;
    if (!type.empty() && type != wanted) {
      ReportMeaningless(
          context, record, key,
          fmt::format("`{}` belongs to `type: {}`, and this scope is `{}`", key, wanted, type));
      continue;
    }
    for (const auto& [name, value] : context.document.Entries(*map)) {
      Attribute attribute =
          MakeAttribute(context, std::string(context.document.text(name)), context.span(name),
                        TypedValue(context, Type::kText, value));
      attribute.is_set = true;
      declaration.attributes.push_back(std::move(attribute));
    }
  }
}

}  // namespace mcplexer::yaml
