// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>

#include "runtime/base/check.h"
#include "tests/unit/plan/plan_builder.h"

namespace mcplexer::plan::testing {
namespace {

using emit::Size;

template <typename Map>
uint32_t IndexOf(const Map& map, const typename Map::key_type& key) {
  const auto at = map.find(key);
  MCPLEXER_CHECK(at != map.end());
  return static_cast<uint32_t>(std::distance(map.begin(), at));
}

bool Contains(const std::string& outer, const std::string& inner) {
  return outer != inner && inner.starts_with(outer) && inner[outer.size()] == '/';
}

}  // namespace

class SectionsWriter {
 public:
  explicit SectionsWriter(const PlanBuilder& builder) : b_(builder) {}

  emit::PlanSections Run() && {
    NumberSets();
    Catalogue();
    Workspaces();
    Names();
    Rules();
    Bounds();
    return std::move(out_);
  }

 private:
  using Strings = std::vector<std::string>;

  template <typename Key>
  static uint32_t NumberOf(std::map<Key, uint32_t>& numbers, const Key& key) {
    return numbers.try_emplace(key, static_cast<uint32_t>(numbers.size())).first->second;
  }

  // Equal lists of names (of one kind), and of principals, are one set.
  void NumberSets() {
    for (const TestRule& rule : b_.rules_) {
      NumberOf(name_sets_, {rule.kind, rule.names});
      if (NumberOf(principal_sets_, rule.principals) + 1 > principal_lists_.size()) {
        principal_lists_.push_back(rule.principals);
      }
    }
  }

  StringRef Text(std::string_view text) { return out_.Intern(text); }

  void Catalogue() {
    Meta meta;
    meta.compiler_version = Text("test");
    meta.home_bound = b_.home_.empty() ? 0 : 1;
    meta.home = Text(b_.home_);
    out_.meta.push_back(meta);
    for (const auto& [name, name_space] : b_.servers_) {
      ServerRecord record;
      record.name = Text(name);
      record.name_space = Text(name_space);
      record.command = {Size(out_.string_refs), 1};
      out_.string_refs.push_back(Text("serve"));
      record.instances = 1;
      out_.servers.push_back(record);
    }
    for (const auto& [name, unused] : b_.scopes_) {
      ScopeRecord record;
      record.name = Text(name);
      out_.scopes.push_back(record);
    }
    std::set<std::string> groups;
    for (const auto& [name, of] : b_.principals_) groups.insert(of.begin(), of.end());
    for (const std::string& group : groups) out_.groups.push_back({Text(group)});
    for (const auto& [name, of] : b_.principals_) {
      PrincipalRecord record;
      record.name = Text(name);
      std::set<uint32_t> indexes;
      for (const std::string& group : of) indexes.insert(IndexOf(groups, group));
      record.groups = {Size(out_.indexes), static_cast<uint32_t>(indexes.size())};
      out_.indexes.insert(out_.indexes.end(), indexes.begin(), indexes.end());
      out_.principals.push_back(record);
    }
    for (const Strings& names : principal_lists_) AddPrincipalSet(names);
    out_.files.push_back({Text("policy.plex")});
  }

  void AddPrincipalSet(const Strings& names) {
    std::vector<uint32_t> words((b_.principals_.size() + 31) / 32, 0);
    for (const auto& [name, unused] : b_.principals_) {
      if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) continue;
      const uint32_t p = IndexOf(b_.principals_, name);
      words[p / 32] |= 1u << (p % 32);
    }
    out_.principal_sets.insert(out_.principal_sets.end(), words.begin(), words.end());
  }

  uint32_t ParentOf(const std::string& root) const {
    uint32_t parent = kNone;
    size_t longest = 0;
    for (const auto& [name, spec] : b_.workspaces_) {
      const bool around = spec.root == "/" ? root != "/" : Contains(spec.root, root);
      if (!around || (parent != kNone && spec.root.size() <= longest)) continue;
      parent = IndexOf(b_.workspaces_, name);
      longest = spec.root == "/" ? 0 : spec.root.size();
    }
    return parent;
  }

  Range Automata(std::vector<GlobSet> sets) {
    const uint32_t first = Size(out_.automata);
    if (sets.empty()) return {first, 0};
    // Globs of one set may land in different parts, so that several automata list it.
    std::vector<std::map<uint32_t, Strings>> parts(b_.parts_);
    size_t next = 0;
    for (const GlobSet& set : sets) {
      for (const std::string& glob : set.globs) {
        parts[next++ % b_.parts_][set.number].push_back(glob);
      }
    }
    for (const auto& part : parts) {
      std::vector<GlobSet> of_part;
      for (const auto& [number, globs] : part) of_part.push_back({number, globs});
      AddAutomaton(of_part, out_);
    }
    return {first, Size(out_.automata) - first};
  }

  void Workspaces() {
    for (const auto& [name, spec] : b_.workspaces_) {
      WorkspaceRecord record;
      record.name = Text(name);
      record.root_is_home = spec.root.front() == '~' ? 1 : 0;
      record.root = Text(record.root_is_home != 0 ? spec.root.substr(1)
                                                  : (spec.root == "/" ? "" : spec.root));
      record.default_allow = spec.default_allow ? 1 : 0;
      record.parent = ParentOf(spec.root);
      record.tags = {Size(out_.key_values), static_cast<uint32_t>(spec.tags.size())};
      for (const auto& [key, value] : spec.tags)
        out_.key_values.push_back({Text(key), Text(value)});

      // path set -> principal set -> name set -> rules
      std::map<Strings, std::map<uint32_t, std::map<uint32_t, std::vector<uint32_t>>>> table;
      for (uint32_t r = 0; r < b_.rules_.size(); ++r) {
        const TestRule& rule = b_.rules_[r];
        if (rule.workspace != name) continue;
        table[rule.paths][principal_sets_.at(rule.principals)]
             [name_sets_.at({rule.kind, rule.names})]
                 .push_back(r);
      }
      std::vector<GlobSet> sets;
      record.buckets.begin = Size(out_.buckets);
      for (const auto& [paths, buckets] : table) {
        const uint32_t path_set = Size(sets);
        sets.push_back({path_set, paths});
        for (const auto& [principals, entries] : buckets) {
          const uint32_t begin = Size(out_.entries);
          for (const auto& [names, rules] : entries) {
            for (const uint32_t rule : rules) out_.entries.push_back({names, rule});
          }
          out_.buckets.push_back({path_set, principals, {begin, Size(out_.entries) - begin}});
        }
      }
      record.buckets.count = Size(out_.buckets) - record.buckets.begin;
      record.path_automata = Automata(std::move(sets));
      out_.workspaces.push_back(record);
    }
  }

  // The globs of all sets of a kind, as far as they concern one namespace or server.
  std::vector<GlobSet> GlobsOf(CallKind kind, const std::string& owner) const {
    std::vector<GlobSet> sets;
    const std::string separator = kind == CallKind::kResource ? ":" : "__";
    for (const auto& [key, number] : name_sets_) {
      if (key.first != kind) continue;
      GlobSet set{number, {}};
      for (const std::string& glob : key.second) {
        const size_t split = glob.find(separator);
        const bool whole = split == std::string::npos;  // for the empty namespace
        const std::string before = whole ? "" : glob.substr(0, split);
        if (before != "*" && before != owner) continue;
        set.globs.push_back(whole ? glob : glob.substr(split + separator.size()));
      }
      if (!set.globs.empty()) sets.push_back(std::move(set));
    }
    return sets;
  }

  void Names() {
    std::map<std::string, std::string> by_namespace;
    for (const auto& [name, name_space] : b_.servers_) {
      by_namespace[name_space] = name;
      out_.servers[IndexOf(b_.servers_, name)].resource_automata =
          Automata(GlobsOf(CallKind::kResource, name));
    }
    for (const auto& [name_space, server] : by_namespace) {
      NamespaceRecord record;
      record.name = Text(name_space);
      record.server = IndexOf(b_.servers_, server);
      record.tool_automata = Automata(GlobsOf(CallKind::kTool, name_space));
      record.prompt_automata = Automata(GlobsOf(CallKind::kPrompt, name_space));
      out_.namespaces.push_back(record);
    }
  }

  Range Steps(const std::string& path) {
    const uint32_t first = Size(out_.path_steps);
    size_t at = 0;
    while (at < path.size()) {
      PathStepRecord step;
      if (path[at] == '[') {
        const size_t close = path.find(']', at);
        const std::string inside = path.substr(at + 1, close - at - 1);
        step.kind = inside == "*" ? StepKind::kEach : StepKind::kIndex;
        if (inside != "*") step.index = static_cast<uint32_t>(std::stoul(inside));
        at = close + 1;
      } else {
        if (path[at] == '.') ++at;
        const size_t end = std::min(path.find_first_of(".[", at), path.size());
        step.key = Text(path.substr(at, end - at));
        at = end;
      }
      out_.path_steps.push_back(step);
    }
    return {first, Size(out_.path_steps) - first};
  }

  OperandRecord AddOperand(const Operand& operand) {
    OperandRecord record;
    record.kind = operand.kind;
    record.optional = operand.optional ? 1 : 0;
    switch (operand.kind) {
      case OperandKind::kArgument:
      case OperandKind::kSize:
        record.steps = Steps(operand.text);
        break;
      case OperandKind::kList:
        record.list = {Size(out_.literals), Size(operand.list)};
        for (const Operand& item : operand.list) {
          LiteralRecord literal;
          literal.type = item.type;
          literal.text = Text(item.text);
          out_.literals.push_back(literal);
        }
        break;
      case OperandKind::kLiteral:
        record.literal_type = operand.type;
        [[fallthrough]];
      default:
        record.text = Text(operand.text);
    }
    return record;
  }

  uint32_t AddCondition(const Condition& condition) {
    if (condition.empty()) return kNone;
    out_.conditions.push_back({{Size(out_.condition_nodes), Size(condition.nodes)}});
    std::vector<uint32_t> stack;
    for (uint32_t i = 0; i < condition.nodes.size(); ++i) {
      const Condition::Node& node = condition.nodes[i];
      ConditionNode record;
      record.kind = node.kind;
      record.op = node.op;
      record.quantifier = node.quantifier;
      if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) {
        record.right = stack.back();
        stack.pop_back();
      }
      if (node.kind != NodeKind::kHas && node.kind != NodeKind::kCompare) {
        record.left = stack.back();
        stack.pop_back();
      } else {
        record.lhs = AddOperand(node.lhs);
        if (node.kind == NodeKind::kCompare) record.rhs = AddOperand(node.rhs);
        if (node.op == Op::kLike) record.rhs.automaton = AddAutomaton({{0, {node.rhs.text}}}, out_);
      }
      stack.push_back(i);
      out_.condition_nodes.push_back(record);
    }
    return Size(out_.conditions) - 1;
  }

  void Rules() {
    std::map<std::string, uint32_t> by_id;
    for (uint32_t r = 0; r < b_.rules_.size(); ++r) by_id[b_.rules_[r].id] = r;
    for (uint32_t r = 0; r < b_.rules_.size(); ++r) {
      const TestRule& rule = b_.rules_[r];
      RuleOriginRecord origin;
      origin.id = Text(rule.id);
      origin.workspace = IndexOf(b_.workspaces_, rule.workspace);
      origin.line = r + 1;
      origin.column = 1;
      out_.rule_origins.push_back(origin);
      OutcomeRecord outcome;
      outcome.effect = rule.effect;
      outcome.kind = rule.kind;
      if (!rule.scope.empty()) outcome.scope = IndexOf(b_.scopes_, rule.scope);
      outcome.quorum = 1;
      RuleRecord record;
      record.outcome = Size(out_.outcomes);
      out_.outcomes.push_back(outcome);
      record.priority = rule.priority;
      record.order = rule.order < 0 ? r : static_cast<uint32_t>(rule.order);
      if (!rule.when.empty() || !rule.require.empty()) record.guard = AddGuard(rule, by_id);
      out_.rules.push_back(record);
    }
  }

  uint32_t AddGuard(const TestRule& rule, const std::map<std::string, uint32_t>& by_id) {
    GuardRecord guard;
    guard.when = AddCondition(rule.when);
    guard.require = AddCondition(rule.require);
    std::set<uint32_t> beaten_by;
    for (const std::string& id : rule.beaten_by) beaten_by.insert(by_id.at(id));
    guard.beaten_by = {Size(out_.indexes), static_cast<uint32_t>(beaten_by.size())};
    out_.indexes.insert(out_.indexes.end(), beaten_by.begin(), beaten_by.end());
    out_.guards.push_back(guard);
    return Size(out_.guards) - 1;
  }

  void Bounds() {
    Meta& meta = out_.meta.front();
    meta.max_candidates = Size(out_.rules);
    for (const ClassRecord& c : out_.classes) {
      meta.max_class_sets = std::max(meta.max_class_sets, c.sets.count);
    }
    for (const WorkspaceRecord& w : out_.workspaces) {
      uint32_t depth = 1;
      for (uint32_t p = w.parent; p != kNone; p = out_.workspaces[p].parent) ++depth;
      meta.max_depth = std::max(meta.max_depth, depth);
    }
  }

  const PlanBuilder& b_;
  emit::PlanSections out_;
  std::map<std::pair<CallKind, Strings>, uint32_t> name_sets_;
  std::map<Strings, uint32_t> principal_sets_;
  std::vector<Strings> principal_lists_;
};

PlanBuilder& PlanBuilder::Server(std::string name, std::string name_space) {
  servers_[std::move(name)] = std::move(name_space);
  return *this;
}
PlanBuilder& PlanBuilder::Scope(std::string name) {
  scopes_[std::move(name)] = true;
  return *this;
}
PlanBuilder& PlanBuilder::Principal(std::string name, std::vector<std::string> groups) {
  principals_[std::move(name)] = std::move(groups);
  return *this;
}
PlanBuilder& PlanBuilder::Workspace(std::string name, std::string root, bool default_allow,
                                    std::map<std::string, std::string> tags) {
  workspaces_[std::move(name)] = {std::move(root), default_allow, std::move(tags)};
  return *this;
}
PlanBuilder& PlanBuilder::Rule(TestRule rule) {
  rules_.push_back(std::move(rule));
  return *this;
}
PlanBuilder& PlanBuilder::Home(std::string home) {
  home_ = std::move(home);
  return *this;
}
PlanBuilder& PlanBuilder::Parts(size_t parts) {
  parts_ = parts;
  return *this;
}

emit::PlanSections PlanBuilder::Sections() const { return SectionsWriter(*this).Run(); }

std::vector<std::byte> PlanBuilder::Bytes() const { return emit::Serialize(Sections(), Digest{}); }

Plan PlanBuilder::Build() const {
  Result<Plan> plan = Plan::Load(Bytes());
  if (!plan) std::fprintf(stderr, "%s\n", plan.error().message.c_str());
  MCPLEXER_CHECK(plan.has_value());
  return std::move(*plan);
}

}  // namespace mcplexer::plan::testing
