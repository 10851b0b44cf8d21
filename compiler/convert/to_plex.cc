// SPDX-License-Identifier: Apache-2.0
// YAML to .plex: every statement of the tree as one line, which the formatter then lays out. The
// rules that YAML keeps apart go to their workspace, in the order of their places: that is the
// order in which rules without a name are numbered.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "compiler/convert/comments.h"
#include "compiler/convert/convert.h"
#include "compiler/convert/texts.h"
#include "compiler/model/conditions.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/value_text.h"
#include "compiler/syntax/word.h"

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

std::string Patterns(const std::vector<Pattern>& patterns) {
  std::string out;
  for (const Pattern& pattern : patterns) {
    out += (out.empty() ? "" : ", ") + PlexPattern(pattern);
  }
  return out;
}

std::string Strings(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += (out.empty() ? "" : ", ") + syntax::QuoteString(name.text);
  return out;
}

// Names, where a string may stand for one.
std::string Principals(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) {
    out += out.empty() ? "" : ", ";
    out += syntax::IsWord(name.text) ? name.text : syntax::QuoteString(name.text);
  }
  return out;
}

class PlexConverter {
 public:
  PlexConverter(const source::SourceMap& sources, const syntax::File& file)
      : file_(file), comments_(sources.text(file.id), file.comments) {}

  Conversion Run(const source::Limits& limits) {
    Comment(comments_.TakeHead());
    GatherRules();
    for (const Declaration& declaration : file_.declarations) Visit(declaration);
    for (const auto& [workspace, declarations] : rules_) {
      for (const Declaration* rules : declarations) {
        Problem(rules->span,
                fmt::format("the workspace `{}` is declared in another file, and .plex keeps rules "
                            "in their workspace",
                            workspace));
      }
    }
    Conversion result;
    result.problems = std::move(problems_);
    result.losses = std::move(losses_);
    for (Loss& loss : comments_.Left()) result.losses.push_back(std::move(loss));
    if (result.problems.empty()) result.text = Formatted(limits);
    return result;
  }

 private:
  void Problem(Span span, std::string what) { problems_.push_back({span, std::move(what)}); }

  std::string Formatted(const source::Limits& limits) const {
    source::SourceMap sources;
    source::Diagnostics diagnostics;
    const FileId file = sources.Add("", out_);
    // Whatever .plex cannot say was found above; if not, the caller sees a text that does not
    // parse.
    return syntax::FormatPlex(sources, file, limits, diagnostics).value_or(out_);
  }

  void Line(std::string_view text) { out_ += fmt::format("{}\n", text); }
  void Comment(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) Line(line.empty() ? "//" : "// " + line);
    if (!lines.empty() && out_.size() == lines.size()) Line("");
  }

  static std::string NoName(const Name& name) {
    return fmt::format("`{}` cannot be a name in .plex", name.text);
  }

  // A name that has to be a word in .plex.
  std::string Word(const Name& name) {
    if (!syntax::IsWord(name.text)) Problem(name.span, NoName(name));
    return name.text;
  }
  std::string Declared(const Name& name) {
    // A word all right, but no name.
    if (name.text.starts_with('-')) Problem(name.span, NoName(name));
    return name.text.starts_with('-') ? name.text : Word(name);
  }

  // --- Rules of workspaces ---

  void GatherRules() {
    for (const Declaration& declaration : file_.declarations) {
      if (declaration.kind == Declaration::Kind::kRules) {
        rules_[declaration.name.text].push_back(&declaration);
      }
    }
  }

  void VisitWorkspace(const Declaration& workspace) {
    std::vector<const Declaration*> parts = {&workspace};
    if (const auto rules = rules_.find(workspace.name.text); rules != rules_.end()) {
      parts.insert(parts.end(), rules->second.begin(), rules->second.end());
      rules_.erase(rules);
    }
    std::sort(parts.begin(), parts.end(), [](const Declaration* a, const Declaration* b) {
      return a->span.begin < b->span.begin;
    });
    Line(fmt::format("workspace {} {{", Declared(workspace.name)));
    for (const BodyItem& item : workspace.body) {
      for (const Attribute& attribute : item.attribute) Write(attribute);
    }
    bool apart = false;
    for (const Declaration* part : parts) {
      for (const BodyItem& item : part->body) {
        if (item.kind == BodyItem::Kind::kAttribute) continue;
        if (!std::exchange(apart, true)) Line("");
        Write(item);
      }
    }
    Line("}");
  }

  void Write(const BodyItem& item) {
    Comment(comments_.Take(item.span, Inside::kItsOwn));
    if (item.kind == BodyItem::Kind::kRule) {
      Line(RuleText(item.rule.front()));
    } else if (item.kind == BodyItem::Kind::kUse) {
      Line(UseText(item.use.front()));
    } else if (item.kind == BodyItem::Kind::kIn) {
      // YAML has such blocks around a single use.
      std::string uses;
      for (const BodyItem& inner : item.items) uses += " " + UseText(inner.use.front());
      Line(fmt::format("in {} {{{} }}", Strings(item.paths), uses));
    }
  }

  std::string UseText(const syntax::Use& use) {
    std::string arguments;
    for (const Value& argument : use.arguments) {
      arguments += (arguments.empty() ? "" : ", ") + syntax::PlexValue(argument);
    }
    return fmt::format("use {}({})", Word(use.name), arguments);
  }

  // --- Clauses ---

  std::string Target(CallKind kind, const std::optional<Name>& server,
                     const std::vector<Pattern>& patterns) {
    switch (kind) {
      case CallKind::kPrompt:
        return "prompt " + Patterns(patterns);
      case CallKind::kResource:
        return fmt::format("resource {}: {}", Word(*server), Patterns(patterns));
      case CallKind::kTool:
        break;
    }
    return Patterns(patterns);
  }

  static std::string Clause(std::string_view keyword, const std::string& text) {
    return text.empty() ? "" : fmt::format(" {} {}", keyword, text);
  }
  std::string Clause(std::string_view keyword, const std::optional<Name>& name) {
    return name ? Clause(keyword, Word(*name)) : "";
  }
  static std::string Clause(std::string_view keyword, const std::optional<Value>& value) {
    return value ? Clause(keyword, syntax::PlexValue(*value)) : "";
  }
  static std::string Clause(std::string_view keyword, const std::optional<syntax::Expr>& expr) {
    return expr ? Clause(keyword, model::ConditionText(*expr, model::Grouping::kTree)) : "";
  }
  static std::string Because(const std::optional<Name>& text) {
    return text ? " because " + syntax::QuoteString(text->text) : "";
  }

  std::string RuleText(const syntax::Rule& rule) {
    if (rule.yaml_deny_priority) {
      losses_.push_back({rule.yaml_deny_priority->span, "the priority of a deny means nothing"});
    }
    std::string out = fmt::format("{} {}", syntax::EffectText(rule.effect),
                                  Target(rule.kind, rule.resource_server, rule.patterns));
    out += Clause("except", Patterns(rule.except));
    out += Clause("for", Principals(rule.principals));
    out += Clause("in", Strings(rule.paths));
    out += Clause("using", rule.scope);
    out += Clause("via", rule.via);
    out += Clause("when", rule.when);
    out += Clause("require", rule.require);
    out += Clause("priority", rule.priority);
    out += Clause("timeout", rule.timeout);
    out += Clause("quorum", rule.quorum);
    out += Clause("approvers", Principals(rule.approvers));
    out += Clause("log", rule.log);
    out += Because(rule.because);
    out += Clause("as", rule.id);
    return out;
  }

  // --- Declarations ---

  void Write(const Attribute& attribute) {
    Comment(comments_.Take(attribute.span, Inside::kItsOwn));
    const std::string& key = attribute.key.text;
    Line(fmt::format("{}{} = {}", attribute.is_set ? "set " : "",
                     syntax::IsKey(key) ? key : syntax::QuoteString(key),
                     syntax::PlexValue(attribute.value)));
  }

  void VisitBlock(std::string_view keyword, const Declaration& declaration) {
    Line(fmt::format("{} {} {{", keyword, Declared(declaration.name)));
    // As they stand in the text, which is not the order in which they were read.
    std::vector<const Attribute*> attributes;
    for (const Attribute& attribute : declaration.attributes) attributes.push_back(&attribute);
    std::sort(attributes.begin(), attributes.end(),
              [](const Attribute* a, const Attribute* b) { return a->span.begin < b->span.begin; });
    for (const Attribute* attribute : attributes) Write(*attribute);
    Line("}");
  }

  // YAML says in a line of its own what something is called.
  void CommentOn(const Declaration& declaration) {
    using Kind = Declaration::Kind;
    const bool whole = declaration.kind == Kind::kSecret || declaration.kind == Kind::kTools ||
                       declaration.kind == Kind::kImport;
    Comment(comments_.Take(declaration.span, whole ? Inside::kItsOwn : Inside::kOfItsParts));
    Comment(comments_.Take(declaration.name.span, Inside::kItsOwn));
  }

  void Visit(const Declaration& declaration) {
    if (declaration.kind == Declaration::Kind::kRules) return;
    const bool import = declaration.kind == Declaration::Kind::kImport;
    if (!out_.empty() && !(import && last_ == declaration.kind)) Line("");
    last_ = declaration.kind;
    CommentOn(declaration);
    switch (declaration.kind) {
      case Declaration::Kind::kServer:
        return VisitBlock("server", declaration);
      case Declaration::Kind::kScope:
        return VisitBlock("scope", declaration);
      case Declaration::Kind::kProvider:
        return VisitBlock("provider", declaration);
      case Declaration::Kind::kPrincipal:
        return VisitBlock("principal", declaration);
      case Declaration::Kind::kSecret:
        return Line(fmt::format("secret {} = {}", Declared(declaration.name),
                                syntax::PlexValue(*declaration.value)));
      case Declaration::Kind::kTools:
        return Line(fmt::format("tools {} = [{}]", Declared(declaration.name),
                                Patterns(declaration.patterns)));
      case Declaration::Kind::kImport:
        return Line("import " + syntax::QuoteString(declaration.name.text));
      case Declaration::Kind::kWorkspace:
        return VisitWorkspace(declaration);
      case Declaration::Kind::kTemplate:
        return VisitTemplate(declaration);
      case Declaration::Kind::kInvariant:
        return VisitInvariant(declaration);
      case Declaration::Kind::kTest:
        return VisitTest(declaration);
      case Declaration::Kind::kRules:
        return;
    }
  }

  void VisitTemplate(const Declaration& declaration) {
    std::string parameters;
    for (const Name& parameter : declaration.parameters) {
      parameters += (parameters.empty() ? "" : ", ") + Declared(parameter);
    }
    Line(fmt::format("template {}({}) {{", Declared(declaration.name), parameters));
    for (const BodyItem& item : declaration.body) Write(item);
    Line("}");
  }

  void VisitInvariant(const Declaration& declaration) {
    using Kind = syntax::InvariantClause::Kind;
    Line(fmt::format("invariant {} {{", Declared(declaration.name)));
    for (const syntax::InvariantClause& clause : declaration.clauses) {
      Comment(comments_.Take(clause.span, Inside::kItsOwn));
      std::string out = clause.kind == Kind::kAlwaysDeny ? "always deny " : "never allow ";
      out += Target(clause.call_kind, clause.resource_server, clause.patterns);
      if (clause.kind == Kind::kNeverAllowWithoutApproval) out += " without approval";
      out += Clause("except", Patterns(clause.except));
      out += Clause("in", Strings(clause.paths));
      out += Clause("for", Principals(clause.principals));
      out += Clause("when", clause.when);
      Line(out);
    }
    Line("}");
  }

  void VisitTest(const Declaration& declaration) {
    Line(fmt::format("test {} {{", syntax::QuoteString(declaration.name.text)));
    if (declaration.directory) {
      Comment(comments_.Take(declaration.directory->span, Inside::kItsOwn));
      Line("in " + syntax::QuoteString(declaration.directory->text));
    }
    if (declaration.principal) {
      Comment(comments_.Take(declaration.principal->span, Inside::kItsOwn));
      Line("as " + Word(*declaration.principal));
    }
    for (const syntax::TestCall& call : declaration.calls) {
      Comment(comments_.Take(call.span, Inside::kItsOwn));
      std::string out = "call ";
      if (call.kind != CallKind::kTool) {
        out += call.kind == CallKind::kPrompt ? "prompt " : "resource ";
      }
      out += syntax::IsKey(call.name.text) ? call.name.text : syntax::QuoteString(call.name.text);
      if (call.arguments) out += " " + syntax::PlexValue(*call.arguments);
      out += fmt::format(" expect {}", syntax::EffectText(call.expect));
      out += Clause("via", call.via);
      out += Clause("using", call.scope);
      out += Clause("by", call.rule);
      out += Because(call.reason);
      Line(out);
    }
    Line("}");
  }

  const syntax::File& file_;
  Comments comments_;
  std::map<std::string, std::vector<const Declaration*>> rules_;  // by workspace, not written yet
  std::string out_;
  std::optional<Declaration::Kind> last_;
  std::vector<Loss> problems_;
  std::vector<Loss> losses_;
};

}  // namespace

Conversion ToPlex(const source::SourceMap& sources, const syntax::File& file,
                  const source::Limits& limits) {
  return PlexConverter(sources, file).Run(limits);
}

}  // namespace mcplexer::convert
