// SPDX-License-Identifier: Apache-2.0
// .plex to YAML, by the table of keys that reading YAML goes by: a key of YAML knows the attribute
// that it becomes, and its type says how the value is written.
//
// A workspace's rules and uses of templates become entries of `route_rules` in their order, because
// rules without a name are numbered. An `in` block gives each of its rules its paths.

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "compiler/convert/comments.h"
#include "compiler/convert/convert.h"
#include "compiler/convert/texts.h"
#include "compiler/convert/yaml_record.h"
#include "compiler/model/conditions.h"
#include "compiler/syntax/word.h"
#include "compiler/yaml/fields.h"
#include "compiler/yaml/scalar_type.h"

namespace mcplexer::convert {
namespace {

using Inside = Comments::Inside;
using source::Span;
using syntax::Attribute;
using syntax::BodyItem;
using syntax::CallKind;
using syntax::Declaration;
using syntax::Name;
using syntax::Pattern;
using syntax::Value;
using yaml::Field;
using yaml::Section;
using yaml::Type;

constexpr std::string_view kNoNul = "a text in YAML holds no NUL";

bool IsText(const Value& value) {
  return value.kind == Value::Kind::kString || value.kind == Value::Kind::kWord;
}

class YamlConverter {
 public:
  YamlConverter(const source::SourceMap& sources, const syntax::File& file)
      : file_(file), comments_(sources.text(file.id), file.comments) {}

  Conversion Run() {
    YamlRecord root;
    root.comments = comments_.TakeHead();
    for (const Declaration& declaration : file_.declarations) Visit(declaration);
    for (const Field& field : yaml::RootSection().fields) {
      const std::string key(field.key);
      if (key == "imports" && !imports_.empty()) {
        root.fields.push_back({key, "", std::move(imports_), {}});
      } else if (const auto section = sections_.find(key); section != sections_.end()) {
        root.fields.push_back({key, "", {}, std::move(section->second)});
      }
    }
    Conversion result;
    result.problems = std::move(problems_);
    result.losses = comments_.Left();
    if (result.problems.empty()) result.text = WriteYaml(root);
    return result;
  }

 private:
  void Problem(Span span, std::string what) { problems_.push_back({span, std::move(what)}); }

  YamlRecord Begin(Span span, Inside inside) {
    YamlRecord record;
    record.comments = comments_.Take(span, inside);
    return record;
  }

  // --- Values ---

  std::string Text(std::string_view text, Span span) {
    if (text.find('\0') != std::string_view::npos) Problem(span, std::string(kNoNul));
    return YamlText(text);
  }
  std::string Text(const Name& name) { return Text(name.text, name.span); }

  // A value of any type, as arguments are.
  std::string FreeValue(const Value& value) {
    std::string text = YamlValue(value);
    if (text.empty()) Problem(value.span, "YAML has no such argument");
    if (HasNul(value)) Problem(value.span, std::string(kNoNul));
    return text;
  }

  static void AddList(YamlRecord& record, std::string_view key, std::vector<std::string> items) {
    if (items.empty()) return;
    if (items.size() == 1) {
      record.Add(key, std::move(items.front()));
    } else {
      record.fields.push_back({std::string(key), "", std::move(items), {}});
    }
  }

  void Add(YamlRecord& record, std::string_view key, const std::optional<Name>& name) {
    if (name) record.Add(key, Text(*name));
  }
  void Add(YamlRecord& record, std::string_view key, const std::vector<Name>& names) {
    std::vector<std::string> items;
    for (const Name& name : names) items.push_back(Text(name));
    AddList(record, key, std::move(items));
  }
  void Add(YamlRecord& record, std::string_view key, const std::vector<Pattern>& patterns) {
    std::vector<std::string> items;
    for (const Pattern& pattern : patterns)
      items.push_back(Text(YamlPattern(pattern), pattern.span));
    AddList(record, key, std::move(items));
  }
  static void Add(YamlRecord& record, std::string_view key, const std::optional<syntax::Expr>& e) {
    if (e) record.Add(key, YamlText(model::ConditionText(*e, model::Grouping::kTree)));
  }
  void Add(YamlRecord& record, const Field& field, const std::optional<Value>& value) {
    if (value) AddValue(record, field, *value);
  }
  static void AddKind(YamlRecord& record, CallKind kind) {
    if (kind != CallKind::kTool)
      record.Add("kind", kind == CallKind::kPrompt ? "prompt" : "resource");
  }

  // The root of a workspace, which has no segments, is `.` in YAML: an empty text could be a slip.
  void AddPaths(YamlRecord& record, const std::vector<Name>& paths) {
    std::vector<std::string> items;
    for (const Name& path : paths) items.push_back(path.text.empty() ? "." : Text(path));
    AddList(record, "path_glob", std::move(items));
  }

  void AddValue(YamlRecord& record, const Field& field, const Value& value) {
    if (HasNul(value)) return Problem(value.span, std::string(kNoNul));
    const std::optional<std::string> text = Scalar(field.type, value);
    if (text) {
      record.Add(field.key, *text);
    } else if (!AddItems(record, field, value)) {
      Problem(value.span, fmt::format("YAML's `{}` has no such value", field.key));
    }
  }

  static std::optional<std::string> Scalar(Type type, const Value& value) {
    const bool has_text = !value.text.empty();
    switch (type) {
      case Type::kText:
        if (IsText(value)) return YamlText(value.text);
        return std::nullopt;
      case Type::kString:
      case Type::kName:
      case Type::kReference:
      case Type::kWord:
        if (IsText(value) && has_text) return YamlText(value.text);
        return std::nullopt;
      case Type::kBool:
        if (value.kind == Value::Kind::kBool) return value.boolean ? "true" : "false";
        return std::nullopt;
      case Type::kNumber:
        if (value.kind == Value::Kind::kNumber && yaml::ParseDigits(value.text)) return value.text;
        return std::nullopt;
      case Type::kInteger:
        if (value.kind == Value::Kind::kNumber && yaml::ParseInteger(value.text)) return value.text;
        return std::nullopt;
      case Type::kSeconds:
        if (value.kind != Value::Kind::kDuration) return std::nullopt;
        if (value.number % 1000 != 0) return fmt::format("{}ms", value.number);
        return std::to_string(value.number / 1000);
      case Type::kSecret:
        return SecretText(value);
      case Type::kTextMap:
      case Type::kRecord:
        if (value.kind != Value::Kind::kMap) return std::nullopt;
        for (const syntax::MapEntry& entry : value.entries) {
          if (!IsText(entry.value)) return std::nullopt;
        }
        return YamlValue(value);
      default:
        return std::nullopt;
    }
  }

  // `secret(NAME)`.
  static std::optional<std::string> SecretText(const Value& value) {
    if (value.kind != Value::Kind::kCall || value.text != "secret" || value.items.size() != 1 ||
        !IsText(value.items.front())) {
      return std::nullopt;
    }
    return YamlText(fmt::format("${{secret({})}}", value.items.front().text));
  }

  static bool AddItems(YamlRecord& record, const Field& field, const Value& value) {
    const bool list = field.type == Type::kStringList || field.type == Type::kTextList ||
                      field.type == Type::kCommand;
    if (!list || value.kind != Value::Kind::kList) return false;
    std::vector<std::string> items;
    for (const Value& item : value.items) {
      if (!IsText(item)) return false;
      items.push_back(YamlText(item.text));
    }
    if (items.empty()) {
      record.Add(field.key, "[]");
    } else {
      record.fields.push_back({std::string(field.key), "", std::move(items), {}});
    }
    return true;
  }

  // --- Declarations ---

  void AddAttribute(YamlRecord& record, const Section& section, const Attribute& attribute) {
    for (const Field& field : section.fields) {
      if (!field.attribute.empty() && field.attribute == attribute.key.text && !attribute.is_set) {
        AddValue(record, field, attribute.value);
        return;
      }
    }
    Problem(attribute.span,
            fmt::format("YAML's `{}` has no `{}`", section.noun, attribute.key.text));
  }

  // A record of `section`, begun with the key that names it.
  YamlRecord Declare(const Declaration& declaration, std::string_view key) {
    YamlRecord record = Begin(declaration.span, Inside::kOfItsParts);
    record.Add(key, Text(declaration.name));
    return record;
  }

  static const Section& SectionOf(std::string_view key) {
    return *yaml::RootSection().Find(key)->section;
  }

  void Visit(const Declaration& declaration) {
    switch (declaration.kind) {
      case Declaration::Kind::kImport:
        imports_.push_back(Text(declaration.name));
        return;
      case Declaration::Kind::kSecret:
        return VisitSecret(declaration);
      case Declaration::Kind::kServer:
        return VisitAttributes(declaration, "downstream_servers", "id");
      case Declaration::Kind::kScope:
        return VisitAttributes(declaration, "auth_scopes", "id");
      case Declaration::Kind::kProvider:
        return VisitAttributes(declaration, "oauth_providers", "id");
      case Declaration::Kind::kPrincipal:
        return VisitAttributes(declaration, "principals", "name");
      case Declaration::Kind::kTools: {
        YamlRecord record = Declare(declaration, "name");
        Add(record, "tool_match", declaration.patterns);
        sections_["tools"].push_back(std::move(record));
        return;
      }
      case Declaration::Kind::kTemplate:
        return VisitTemplate(declaration);
      case Declaration::Kind::kWorkspace:
        return VisitWorkspace(declaration);
      case Declaration::Kind::kInvariant:
        return VisitInvariant(declaration);
      case Declaration::Kind::kTest:
        return VisitTest(declaration);
      case Declaration::Kind::kRules:
        return Problem(declaration.span, "rules outside of a workspace");
    }
  }

  void VisitSecret(const Declaration& declaration) {
    const Section& section = SectionOf("secrets");
    YamlRecord record = Declare(declaration, "name");
    const Value& value = *declaration.value;
    const Field* source = value.kind == Value::Kind::kCall ? section.Find(value.text) : nullptr;
    if (source == nullptr || source->key == "name" || value.items.size() != 1) {
      return Problem(value.span, "YAML has no such source of a secret");
    }
    AddValue(record, *source, value.items.front());
    sections_["secrets"].push_back(std::move(record));
  }

  void VisitAttributes(const Declaration& declaration, const std::string& key,
                       std::string_view name) {
    const Section& section = SectionOf(key);
    YamlRecord record = Declare(declaration, name);
    Value sets;
    sets.kind = Value::Kind::kMap;
    std::string_view type;
    for (const Attribute& attribute : declaration.attributes) {
      const std::string& attribute_key = attribute.key.text;
      if (attribute.is_set) {
        AddSet(attribute, sets);
      } else if (key == "downstream_servers" && attribute_key == "command") {
        AddCommand(record, section, attribute.value);
      } else {
        if (attribute_key == "type") type = attribute.value.text;
        AddAttribute(record, section, attribute);
      }
    }
    if (!sets.entries.empty()) record.Add(type == "header" ? "headers" : "env", YamlValue(sets));
    sections_[key].push_back(std::move(record));
  }

  // `set KEY = ..`, all of which are one map.
  void AddSet(const Attribute& attribute, Value& sets) {
    if (HasNul(attribute.value)) return Problem(attribute.value.span, std::string(kNoNul));
    Value text;
    text.kind = Value::Kind::kString;
    if (attribute.value.kind == Value::Kind::kString) {
      text.text = attribute.value.text;
    } else if (SecretText(attribute.value)) {
      text.text = fmt::format("${{secret({})}}", attribute.value.items.front().text);
    } else {
      return Problem(attribute.value.span, "YAML sets texts and `secret(NAME)` only");
    }
    sets.entries.push_back({attribute.key, std::move(text)});
  }

  void AddCommand(YamlRecord& record, const Section& section, const Value& value) {
    if (value.kind != Value::Kind::kList || value.items.empty()) {
      return Problem(value.span, "YAML's `command` is a program");
    }
    AddValue(record, *section.Find("command"), value.items.front());
    if (value.items.size() == 1) return;
    Value rest = value;
    rest.items.erase(rest.items.begin());
    AddValue(record, *section.Find("args"), rest);
  }

  // --- Rules ---

  // Calls entry(item, paths) for the rules and uses of a body, in order.
  template <typename Entry>
  void ForEachEntry(const std::vector<BodyItem>& body, const Entry& entry) {
    static const std::vector<Name> kNoPaths;
    for (const BodyItem& item : body) {
      if (item.kind == BodyItem::Kind::kAttribute) continue;
      if (item.kind != BodyItem::Kind::kIn) {
        entry(item, kNoPaths);
        continue;
      }
      for (const BodyItem& inner : item.items) {
        if (inner.kind == BodyItem::Kind::kRule && !inner.rule.front().paths.empty()) {
          Problem(inner.span, "a rule in an `in` block has no `in` of its own");
        } else if (inner.kind == BodyItem::Kind::kRule || inner.kind == BodyItem::Kind::kUse) {
          entry(inner, item.paths);
        } else {
          Problem(inner.span, "an `in` block holds rules");
        }
      }
    }
  }

  void AddEntry(YamlRecord& record, const Section& section, const BodyItem& item,
                const std::vector<Name>& paths) {
    if (item.kind == BodyItem::Kind::kRule) {
      AddRule(record, section, item.rule.front(), paths);
      return;
    }
    const syntax::Use& use = item.use.front();
    record.Add("use", YamlText(use.name.text));
    std::vector<std::string> arguments;
    for (const Value& argument : use.arguments) {
      arguments.push_back(FreeValue(argument));
    }
    if (!arguments.empty()) record.fields.push_back({"arguments", "", std::move(arguments), {}});
    AddPaths(record, paths);
  }

  void AddRule(YamlRecord& record, const Section& section, const syntax::Rule& rule,
               const std::vector<Name>& paths) {
    Add(record, "id", rule.id);
    record.Add("policy", std::string(syntax::EffectText(rule.effect)));
    AddKind(record, rule.kind);
    Add(record, "downstream_server_id", rule.resource_server);
    if (rule.resource_server && rule.via) {
      Problem(rule.via->span, "YAML names the server of a resource once");
    } else {
      Add(record, "downstream_server_id", rule.via);
    }
    Add(record, "tool_match", rule.patterns);
    Add(record, "except", rule.except);
    Add(record, "principals", rule.principals);
    AddPaths(record, rule.paths.empty() ? paths : rule.paths);
    Add(record, "auth_scope_id", rule.scope);
    Add(record, "when", rule.when);
    Add(record, "require", rule.require);
    Add(record, *section.Find("priority"), rule.priority);
    Add(record, *section.Find("approval_timeout"), rule.timeout);
    Add(record, *section.Find("quorum"), rule.quorum);
    Add(record, "approvers", rule.approvers);
    Add(record, "log_level", rule.log);
    Add(record, "because", rule.because);
  }

  void VisitTemplate(const Declaration& declaration) {
    YamlRecord record = Declare(declaration, "name");
    std::vector<std::string> parameters;
    for (const Name& parameter : declaration.parameters)
      parameters.push_back(YamlText(parameter.text));
    if (!parameters.empty()) record.fields.push_back({"parameters", "", std::move(parameters), {}});
    const Section& section = *SectionOf("templates").Find("route_rules")->section;
    YamlField rules = {"route_rules", "[]", {}, {}};
    ForEachEntry(declaration.body, [&](const BodyItem& item, const std::vector<Name>& paths) {
      AddEntry(rules.records.emplace_back(Begin(item.span, Inside::kItsOwn)), section, item, paths);
    });
    for (const BodyItem& item : declaration.body) {
      if (item.kind == BodyItem::Kind::kAttribute) Problem(item.span, "a template holds rules");
    }
    record.fields.push_back(std::move(rules));
    sections_["templates"].push_back(std::move(record));
  }

  void VisitWorkspace(const Declaration& declaration) {
    YamlRecord record = Declare(declaration, "id");
    for (const BodyItem& item : declaration.body) {
      for (const Attribute& attribute : item.attribute) {
        AddAttribute(record, SectionOf("workspaces"), attribute);
      }
    }
    sections_["workspaces"].push_back(std::move(record));
    const Section& section = SectionOf("route_rules");
    ForEachEntry(declaration.body, [&](const BodyItem& item, const std::vector<Name>& paths) {
      YamlRecord entry = Begin(item.span, Inside::kItsOwn);
      entry.Add("workspace_id", YamlText(declaration.name.text));
      AddEntry(entry, section, item, paths);
      sections_["route_rules"].push_back(std::move(entry));
    });
  }

  // --- Invariants and tests ---

  void VisitInvariant(const Declaration& declaration) {
    using Kind = syntax::InvariantClause::Kind;
    YamlRecord record = Declare(declaration, "name");
    YamlField clauses = {"clauses", "[]", {}, {}};
    for (const syntax::InvariantClause& clause : declaration.clauses) {
      YamlRecord& entry = clauses.records.emplace_back(Begin(clause.span, Inside::kItsOwn));
      Add(entry, clause.kind == Kind::kAlwaysDeny ? "always_deny" : "never_allow", clause.patterns);
      if (clause.kind == Kind::kNeverAllowWithoutApproval) entry.Add("without_approval", "true");
      AddKind(entry, clause.call_kind);
      Add(entry, "downstream_server_id", clause.resource_server);
      Add(entry, "except", clause.except);
      Add(entry, "principals", clause.principals);
      Add(entry, "in", clause.paths);
      Add(entry, "when", clause.when);
    }
    record.fields.push_back(std::move(clauses));
    sections_["invariants"].push_back(std::move(record));
  }

  void VisitTest(const Declaration& declaration) {
    YamlRecord record = Declare(declaration, "name");
    Add(record, "in", declaration.directory);
    Add(record, "as", declaration.principal);
    YamlField calls = {"calls", "[]", {}, {}};
    for (const syntax::TestCall& call : declaration.calls) {
      YamlRecord& entry = calls.records.emplace_back(Begin(call.span, Inside::kItsOwn));
      entry.Add("call", Text(call.name));
      AddKind(entry, call.kind);
      if (call.arguments) entry.Add("arguments", FreeValue(*call.arguments));
      entry.Add("expect", std::string(syntax::EffectText(call.expect)));
      Add(entry, "via", call.via);
      Add(entry, "using", call.scope);
      Add(entry, "by", call.rule);
      Add(entry, "because", call.reason);
    }
    record.fields.push_back(std::move(calls));
    sections_["tests"].push_back(std::move(record));
  }

  const syntax::File& file_;
  Comments comments_;
  std::vector<std::string> imports_;
  std::map<std::string, std::vector<YamlRecord>, std::less<>> sections_;
  std::vector<Loss> problems_;
};

}  // namespace

Conversion ToYaml(const source::SourceMap& sources, const syntax::File& file) {
  return YamlConverter(sources, file).Run();
}

}  // namespace mcplexer::convert
