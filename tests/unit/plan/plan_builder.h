// SPDX-License-Identifier: Apache-2.0
// Plans for tests, written by hand: declarations and rules by name in any order, the tables as the
// format demands. Written apart from the compiler and as simply as possible (its automata are plain
// subset constructions over globs of `*` and `?`), so that tests of the runtime do not depend on
// it.

#ifndef MCPLEXER_TESTS_UNIT_PLAN_PLAN_BUILDER_H_
#define MCPLEXER_TESTS_UNIT_PLAN_PLAN_BUILDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/emit/plan_writer.h"
#include "runtime/plan/plan.h"

namespace mcplexer::plan::testing {

struct Operand {
  OperandKind kind = OperandKind::kArgument;
  LiteralType type = LiteralType::kString;
  bool optional = false;
  std::string text;  // path, tag, literal
  std::vector<Operand> list;
};

// "a.b[0].c", "files[*].path"
Operand Arg(std::string path);
Operand OptionalArg(std::string path);
Operand Size(std::string path);
Operand Client();
Operand Model();
Operand PrincipalName();
Operand Groups();
Operand Tag(std::string key);
Operand Str(std::string text);
Operand Num(std::string text);
Operand True();
Operand False();
Operand Null();
Operand List(std::vector<Operand> items);

// Nodes in postfix order, with operands still as texts.
struct Condition {
  struct Node {
    NodeKind kind = NodeKind::kCompare;
    Op op = Op::kEq;
    Quantifier quantifier = Quantifier::kSingle;
    Operand lhs;
    Operand rhs;
  };
  std::vector<Node> nodes;
  bool empty() const { return nodes.empty(); }
};

Condition Compare(Operand lhs, Op op, Operand rhs);
Condition All(Operand lhs, Op op, Operand rhs);
Condition Any(Operand lhs, Op op, Operand rhs);
Condition Has(std::string path);
Condition And(Condition a, Condition b);
Condition Or(Condition a, Condition b);
Condition Not(Condition a);

struct TestRule {
  std::string id = {};
  std::string workspace = {};
  Effect effect = Effect::kAllow;
  CallKind kind = CallKind::kTool;
  // Globs over `ns__name`, where what stands before the first `__` is a namespace or `*`; for
  // resources `server:uri-glob`.
  std::vector<std::string> names = {};
  std::vector<std::string> paths = {"*"};    // globs over the subpath as a text
  std::vector<std::string> principals = {};  // empty: everyone
  std::string scope = {};
  Condition when = {};
  Condition require = {};
  int32_t priority = 100;
  std::vector<std::string> beaten_by = {};  // ids
  int64_t order = -1;                       // -1: the place among the rules
};

class PlanBuilder {
 public:
  PlanBuilder& Server(std::string name, std::string name_space);
  PlanBuilder& Server(const std::string& name) { return Server(name, name); }
  PlanBuilder& Scope(std::string name);
  PlanBuilder& Principal(std::string name, std::vector<std::string> groups = {});
  // A root is "/..." or "~...".
  PlanBuilder& Workspace(std::string name, std::string root, bool default_allow = false,
                         std::map<std::string, std::string> tags = {});
  PlanBuilder& Rule(TestRule rule);
  // Binds the plan to a home directory.
  PlanBuilder& Home(std::string home);
  // Splits the patterns of each automaton over this many, to test that their sets are joined.
  PlanBuilder& Parts(size_t parts);

  emit::PlanSections Sections() const;
  std::vector<std::byte> Bytes() const;
  Plan Build() const;  // must load

 private:
  struct WorkspaceSpec {
    std::string root;
    bool default_allow;
    std::map<std::string, std::string> tags;
  };
  friend class SectionsWriter;

  std::map<std::string, std::string> servers_;  // name -> namespace
  std::map<std::string, bool> scopes_;
  std::map<std::string, std::vector<std::string>> principals_ = {{"", {}}};
  std::map<std::string, WorkspaceSpec> workspaces_;
  std::vector<TestRule> rules_;
  std::string home_;
  size_t parts_ = 1;
};

// One set of texts as the union of some globs.
struct GlobSet {
  uint32_t number;
  std::vector<std::string> globs;
};

// Appends an automaton over the sets' globs.
uint32_t AddAutomaton(const std::vector<GlobSet>& sets, emit::PlanSections& sections);

}  // namespace mcplexer::plan::testing

#endif  // MCPLEXER_TESTS_UNIT_PLAN_PLAN_BUILDER_H_
