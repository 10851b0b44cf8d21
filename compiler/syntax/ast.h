// SPDX-License-Identifier: Apache-2.0
// The syntax tree: what one source file says, before any name is looked up. Both surfaces, .plex
// and YAML, produce it, so everything behind it exists once. Nodes own their children; every node
// that a diagnostic may point at carries its span. Text is already unescaped; nothing here is
// checked beyond syntax.

#ifndef MCPLEXER_COMPILER_SYNTAX_AST_H_
#define MCPLEXER_COMPILER_SYNTAX_AST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/source/source.h"

namespace mcplexer::syntax {

using source::Span;

// An identifier or other short text with its place.
struct Name {
  std::string text;
  Span span;
};

// The value of an attribute, a test's argument or a template's argument.
struct MapEntry;

struct Value {
  enum class Kind : uint8_t {
    kString,    // text: the unescaped string; `${...}` inside is kept for the model to read
    kNumber,    // text: digits as written, a JSON number
    kDuration,  // number: milliseconds; text: as written ("5m", "300s", "250ms", "1h")
    kBool,      // boolean
    kNull,
    kWord,   // text: a bare word (env, header, on_failure, a declared name)
    kRegex,  // text: the expression inside re"..."
    kList,   // items
    kMap,    // entries
    kCall,   // text: the function (env, file, sealed, command, secret); items: arguments
  };

  Kind kind = Kind::kNull;
  Span span;
  std::string text;
  int64_t number = 0;
  bool boolean = false;
  std::vector<Value> items;
  std::vector<MapEntry> entries;
};

struct MapEntry {
  Name key;
  Value value;
};

// `key = value`, or in a scope `set KEY = value` (is_set).
struct Attribute {
  Name key;
  Value value;
  bool is_set = false;
  Span span;
};

struct Pattern {
  enum class Kind : uint8_t { kGlob, kRegex, kSet };  // kSet: `@name`, text without the @
  Kind kind = Kind::kGlob;
  std::string text;
  Span span;
};

// Conditions. Nodes are stored in postfix order: a node's operands stand before it, so consumers
// evaluate with a stack and never recurse. The root is the last node.
struct PathStep {
  enum class Kind : uint8_t { kKey, kIndex, kEach };  // .key or ["key"]; [3]; [*]
  Kind kind = Kind::kKey;
  std::string key;
  uint32_t index = 0;
};

struct Operand {
  enum class Kind : uint8_t {
    kArgument,  // arg.PATH; `optional` for a trailing `?`
    kSize,      // size(arg.PATH)
    kSessionClient,
    kSessionModel,
    kPrincipalName,
    kPrincipalGroups,
    kWorkspaceTag,  // key: workspace.tags.KEY
    kLiteral,       // literal: string, number, bool, null
    kList,          // literal: a list of those, only right of `in`
  };
  Kind kind = Kind::kLiteral;
  Span span;
  std::vector<PathStep> path;
  bool optional = false;
  std::string key;
  Value literal;
};

struct ExprNode {
  enum class Kind : uint8_t { kAnd, kOr, kNot, kHas, kCompare };
  enum class Op : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe, kIn, kLike, kMatches, kUnder };
  enum class Quantifier : uint8_t { kNone, kAll, kAny };

  Kind kind = Kind::kCompare;
  Span span;
  // kAnd, kOr: indexes of two operands; kNot: one, in `left`.
  uint32_t left = 0;
  uint32_t right = 0;
  // kHas: lhs (an argument). kCompare: lhs op rhs.
  Op op = Op::kEq;
  Quantifier quantifier = Quantifier::kNone;
  Operand lhs;
  Operand rhs;
};

struct Expr {
  std::vector<ExprNode> nodes;
  Span span;
};

enum class Effect : uint8_t { kAllow, kApprove, kDeny };
enum class CallKind : uint8_t { kTool, kResource, kPrompt };

struct Rule {
  Effect effect = Effect::kDeny;
  Span effect_span;
  Span head_span;  // from the effect to the end of the patterns: what a diagnostic underlines
  Span span;
  CallKind kind = CallKind::kTool;
  std::optional<Name> resource_server;  // `allow resource docs: "..."`
  std::vector<Pattern> patterns;
  std::vector<Pattern> except;
  std::vector<Name> principals;  // for: principals, groups or `anonymous`; empty: everyone
  std::vector<Name> paths;       // in: path globs; empty: `**`
  std::optional<Name> scope;     // using
  std::optional<Name> via;
  std::optional<Expr> when;
  std::optional<Expr> require;
  std::optional<Value> priority;  // kNumber
  std::optional<Value> timeout;   // kDuration
  std::optional<Value> quorum;    // kNumber
  std::vector<Name> approvers;    // group names
  std::optional<Name> log;
  std::optional<Name> because;
  std::optional<Name> id;  // as
  // kNumber. The priority a YAML deny was written with: it means nothing (a deny always wins), but
  // tells which allows of a lower number look as if they came first.
  std::optional<Value> yaml_deny_priority;
};

// In a workspace or template body.
struct Use {
  Name name;
  std::vector<Value> arguments;  // positional
  Span span;
};

struct BodyItem {
  enum class Kind : uint8_t { kAttribute, kRule, kUse, kIn };
  Kind kind = Kind::kRule;
  // Exactly the member that `kind` names is set.
  std::vector<Attribute> attribute;
  std::vector<Rule> rule;
  std::vector<Use> use;
  // kIn: `in "a", "b" { items }`
  std::vector<Name> paths;
  std::vector<BodyItem> items;
  Span span;
};

// invariant NAME { never allow P .. | never allow P .. without approval | always deny P .. }
struct InvariantClause {
  enum class Kind : uint8_t { kNeverAllow, kNeverAllowWithoutApproval, kAlwaysDeny };
  Kind kind = Kind::kNeverAllow;
  Span span;
  CallKind call_kind = CallKind::kTool;
  std::optional<Name> resource_server;
  std::vector<Pattern> patterns;
  std::vector<Pattern> except;
  std::vector<Name> paths;       // in, absolute or `~`
  std::vector<Name> principals;  // for
  std::optional<Expr> when;
};

// One `call NAME {args} expect ..` of a test.
struct TestCall {
  CallKind kind = CallKind::kTool;
  Name name;
  std::optional<Value> arguments;  // kMap
  Effect expect = Effect::kDeny;
  std::optional<Name> via;
  std::optional<Name> scope;
  std::optional<Name> rule;    // by
  std::optional<Name> reason;  // because
  Span span;
};

struct Declaration {
  enum class Kind : uint8_t {
    kServer,
    kScope,
    kSecret,
    kProvider,
    kWorkspace,
    kPrincipal,
    kTools,
    kTemplate,
    kInvariant,
    kTest,
    kImport,
    kRules,  // rules of a workspace declared elsewhere: YAML keeps the two apart
  };
  Kind kind = Kind::kServer;
  Name name;  // kTest: the title; kImport: the path; kRules: the workspace
  Span span;
  std::vector<Attribute> attributes;     // kServer, kScope, kProvider, kPrincipal
  std::optional<Value> value;            // kSecret: a kCall
  std::vector<Pattern> patterns;         // kTools
  std::vector<Name> parameters;          // kTemplate
  std::vector<BodyItem> body;            // kWorkspace, kTemplate, kRules: only rules
  std::vector<InvariantClause> clauses;  // kInvariant
  std::optional<Name> directory;         // kTest: in
  std::optional<Name> principal;         // kTest: as
  std::vector<TestCall> calls;           // kTest
};

struct File {
  FileId id;
  std::vector<Declaration> declarations;
  std::vector<Span> comments;  // with their marks, in order: suppressions, and the formatter
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_AST_H_
