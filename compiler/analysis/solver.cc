// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solver.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/analysis/outcome.h"
#include "compiler/analysis/solver_values.h"
#include "compiler/reference/condition.h"

namespace mcplexer::analysis {
namespace {

using nlohmann::json;
using reference::Truth;
using syntax::Expr;
using syntax::ExprNode;
using syntax::Operand;
using syntax::PathStep;

bool Satisfies(Truth truth, Wanted wanted) {
  switch (wanted) {
    case Wanted::kTrue:
      return truth == Truth::kTrue;
    case Wanted::kNotTrue:
      return truth != Truth::kTrue;
    case Wanted::kFalse:
      return truth == Truth::kFalse;
    case Wanted::kNotFalse:
      return truth != Truth::kFalse;
  }
  return false;
}

bool IsAtom(const ExprNode& node) {
  return node.kind == ExprNode::Kind::kHas || node.kind == ExprNode::Kind::kCompare;
}

Truth Not(Truth a) {
  return a == Truth::kUnknown ? a : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}
Truth And(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kUnknown ? a : b;
}

// What the nodes of `expr` up to `last` come to, where that is known of atoms: `numbers` says for
// each node which one it is, `truth_of` what that one comes to. `values` is overwritten.
template <typename TruthOf>
Truth Evaluate(const Expr& expr, size_t last, const std::vector<size_t>& numbers,
               const TruthOf& truth_of, std::vector<Truth>& values) {
  values.clear();
  for (size_t n = 0; n <= last; ++n) {
    const ExprNode& node = expr.nodes[n];
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
        values.push_back(And(values[node.left], values[node.right]));
        break;
      case ExprNode::Kind::kOr:
        values.push_back(Not(And(Not(values[node.left]), Not(values[node.right]))));
        break;
      case ExprNode::Kind::kNot:
        values.push_back(Not(values[node.left]));
        break;
      default:
        values.push_back(truth_of(numbers[n]));
    }
  }
  return values.back();
}

Wanted OfNegated(Wanted wanted) {
  switch (wanted) {
    case Wanted::kTrue:
      return Wanted::kFalse;
    case Wanted::kNotTrue:
      return Wanted::kNotFalse;
    case Wanted::kFalse:
      return Wanted::kTrue;
    case Wanted::kNotFalse:
      return Wanted::kNotTrue;
  }
  return wanted;
}

// Whether a node comes to what is wanted just where both of its operands do.
bool SplitsInto(const ExprNode& node, Wanted wanted) {
  const bool both_true = wanted == Wanted::kTrue || wanted == Wanted::kNotFalse;
  return node.kind == (both_true ? ExprNode::Kind::kAnd : ExprNode::Kind::kOr);
}

// The comparisons of all goals with equal ones counted once: what the goals look like to somebody
// who cannot see inside a comparison. `when X` and `when not X` exclude each other whatever X is.
class Skeleton {
 public:
  // Past this many comparisons 3^n assignments are not worth trying.
  static constexpr size_t kMostAtoms = 9;

  Skeleton(const model::Policy& policy, std::span<const Goal> goals) : goals_(goals) {
    for (const Goal& goal : goals) {
      const Expr& expr = policy.conditions[goal.condition.index()].expr;
      exprs_.push_back(&expr);
      std::vector<size_t> numbers;
      for (const ExprNode& node : expr.nodes) {
        numbers.push_back(IsAtom(node) ? NumberOf(node, goal.side) : 0);
      }
      atom_numbers_.push_back(std::move(numbers));
      if (atoms_.size() > kMostAtoms) return;
    }
  }

  bool Impossible() const {
    // Comparisons that each stand once can come to anything together.
    if (!repeats_ || atoms_.size() > kMostAtoms) return false;
    std::vector<Truth> truths(atoms_.size(), Truth::kFalse);
    for (;;) {
      if (Holds(truths)) return false;
      size_t i = 0;
      for (; i < truths.size() && truths[i] == Truth::kUnknown; ++i) truths[i] = Truth::kFalse;
      if (i == truths.size()) return true;
      truths[i] = truths[i] == Truth::kFalse ? Truth::kTrue : Truth::kUnknown;
    }
  }

 private:
  // The same comparison may come to something else on another side.
  size_t NumberOf(const ExprNode& node, uint8_t side) {
    Expr single;
    single.nodes.push_back(node);
    const auto it = std::ranges::find_if(atoms_, [&](const auto& atom) {
      return atom.second == side && SameCondition(atom.first, single);
    });
    if (it != atoms_.end()) {
      repeats_ = true;
      return static_cast<size_t>(it - atoms_.begin());
    }
    atoms_.emplace_back(std::move(single), side);
    return atoms_.size() - 1;
  }

  bool Holds(const std::vector<Truth>& atoms) const {
    std::vector<Truth> values;
    for (size_t g = 0; g < goals_.size(); ++g) {
      const Truth truth = Evaluate(
          *exprs_[g], exprs_[g]->nodes.size() - 1, atom_numbers_[g],
          [&](size_t atom) { return atoms[atom]; }, values);
      if (!Satisfies(truth, goals_[g].wanted)) return false;
    }
    return true;
  }

  std::span<const Goal> goals_;
  std::vector<const Expr*> exprs_;
  std::vector<std::vector<size_t>> atom_numbers_;
  std::vector<std::pair<Expr, uint8_t>> atoms_;
  bool repeats_ = false;  // whether a comparison stands twice
};

// Tries values one combination after another. Where no variable has to do with another, what a
// comparison comes to is a matter of the one variable that it mentions, and known for each value
// beforehand: then a combination is a look into tables, not a document that is made and read.
class Search {
 public:
  Search(const model::Policy& policy, std::span<const Goal> goals,
         std::span<const reference::Context> contexts, SolverMemory& memory)
      : goals_(goals),
        contexts_(contexts.begin(), contexts.end()),
        comparisons_(memory.comparisons) {
    comparisons_.Begin();
    for (const Goal& goal : goals) {
      asked_.push_back(
          {&policy.conditions[goal.condition.index()].expr, goal.wanted, &contexts_[goal.side]});
    }
    variables_ = VariablesOf(asked_, memory.classes);
    CollectAtoms();
    for (size_t v = 0; v < variables_.size(); ++v) {
      if (IsIndependent(v)) {
        KeepDistinct(v);
      } else {
        tabled_ = false;
      }
    }
    if (tabled_) Narrow();
  }

  Solution Run(const SolverLimits& limits) {
    Solution solution;
    for (const Variable& variable : variables_) {
      if (!variable.values.empty()) continue;
      solution.kind = variable.complete ? Solution::Kind::kImpossible : Solution::Kind::kUnknown;
      return solution;
    }
    std::vector<size_t> choice(variables_.size(), 0);
    for (uint32_t tried = 0; tried < limits.max_combinations; ++tried) {
      if ((!tabled_ || HoldsByTables(choice)) && Try(choice, solution)) return solution;
      size_t v = 0;
      while (v < choice.size() && ++choice[v] == variables_[v].values.size()) choice[v++] = 0;
      if (v == choice.size()) {
        const bool complete = std::ranges::all_of(variables_, &Variable::complete);
        solution.kind = complete ? Solution::Kind::kImpossible : Solution::Kind::kUnknown;
        return solution;
      }
    }
    solution.kind = Solution::Kind::kUnknown;
    return solution;
  }

 private:
  struct Atom {
    Expr single;
    const reference::Context* context = nullptr;
    std::optional<size_t> variable;
    uint32_t number = 0;        // in comparisons_
    std::vector<Truth> truths;  // for each of its values
  };

  // Whether no other variable's value changes what this one's means.
  bool IsIndependent(size_t v) const {
    const Variable& variable = variables_[v];
    if (variable.related) return false;
    return std::ranges::none_of(variables_, [&](const Variable& other) {
      if (&other == &variable || other.kind != variable.kind) return false;
      const size_t common = std::min(other.path.size(), variable.path.size());
      return std::equal(other.path.begin(), other.path.begin() + static_cast<ptrdiff_t>(common),
                        variable.path.begin());
    });
  }

  static bool Mentions(const Operand& operand, const Variable& variable) {
    switch (operand.kind) {
      case Operand::Kind::kSessionClient:
        return variable.kind == Variable::Kind::kClient;
      case Operand::Kind::kSessionModel:
        return variable.kind == Variable::Kind::kModel;
      case Operand::Kind::kArgument:
      case Operand::Kind::kSize:
        break;
      default:
        return false;
    }
    const std::vector<std::string>& keys = variable.path;
    const std::vector<PathStep>& path = operand.path;
    return variable.kind == Variable::Kind::kArgument && path.size() >= keys.size() &&
           (path.size() == keys.size() || path[keys.size()].kind != PathStep::Kind::kKey) &&
           std::equal(keys.begin(), keys.end(), path.begin(),
                      [](const auto& key, const auto& step) {
                        return step.kind == PathStep::Kind::kKey && step.key == key;
                      });
  }

  // Every comparison of every goal, and the one variable that it mentions.
  void CollectAtoms() {
    for (size_t g = 0; g < goals_.size(); ++g) {
      const Asked& asked = asked_[g];
      std::vector<size_t>& numbers = atom_numbers_.emplace_back();
      for (size_t n = 0; n < asked.condition->nodes.size(); ++n) {
        const ExprNode& node = asked.condition->nodes[n];
        numbers.push_back(atoms_.size());
        if (!IsAtom(node)) continue;
        Atom& atom = atoms_.emplace_back();
        atom.single.nodes.push_back(node);
        atom.context = asked.context;
        atom.number = comparisons_.NumberOf(goals_[g].condition, n, node, *asked.context);
        for (size_t v = 0; v < variables_.size(); ++v) {
          if (!Mentions(node.lhs, variables_[v]) && !Mentions(node.rhs, variables_[v])) continue;
          // Of two variables: these are related, and there are no tables.
          atom.variable = v;
        }
      }
    }
    // What mentions no variable comes to the same whatever values are tried.
    SetArguments("{}");
    for (Atom& atom : atoms_) {
      if (!atom.variable) atom.truths = {reference::EvaluateCondition(atom.single, *atom.context)};
    }
  }

  // Of values that every comparison answers alike, the first: from thirty to three for an argument
  // that is compared once.
  void KeepDistinct(size_t v) {
    Variable& variable = variables_[v];
    std::vector<Atom*> asking;
    for (Atom& atom : atoms_) {
      if (atom.variable == v) asking.push_back(&atom);
    }
    std::unordered_set<std::string> seen;  // answers, a byte each
    std::erase_if(variable.values, [&](const auto& value) {
      const uint32_t number = comparisons_.NumberOf(value ? value->dump() : std::string());
      bool placed = false;
      std::string answers;
      for (const Atom* atom : asking) {
        std::optional<Truth> truth = comparisons_.Find(atom->number, number);
        if (!truth) {
          if (!placed) PlaceAlone(variable, value);
          placed = true;
          truth = reference::EvaluateCondition(atom->single, *atom->context);
          comparisons_.Keep(atom->number, number, *truth);
        }
        answers.push_back(static_cast<char>(*truth));
      }
      const auto [it, inserted] = seen.insert(std::move(answers));
      if (!inserted) return true;
      for (size_t a = 0; a < asking.size(); ++a)
        asking[a]->truths.push_back(static_cast<Truth>((*it)[a]));
      return false;
    });
    for (reference::Context& context : contexts_) {
      context.client.clear();
      context.model.clear();
    }
  }

  void PlaceAlone(const Variable& variable, const std::optional<json>& value) {
    json arguments = json::object();
    Set(variable, value, arguments);
    SetArguments(arguments.dump());
  }

  // Drops the values that no goal can be met with, whatever the other variables are: `arg.a == 1
  // and arg.b == 2` leaves one combination of each hundred values to try.
  void Narrow() {
    for (size_t g = 0; g < goals_.size(); ++g) {
      const Expr& expr = *asked_[g].condition;
      std::vector<std::pair<size_t, Wanted>> needed = {{expr.nodes.size() - 1, goals_[g].wanted}};
      while (!needed.empty()) {
        const auto [n, wanted] = needed.back();
        needed.pop_back();
        const ExprNode& node = expr.nodes[n];
        if (node.kind == ExprNode::Kind::kNot) {
          needed.emplace_back(node.left, OfNegated(wanted));
        } else if (SplitsInto(node, wanted)) {
          needed.emplace_back(node.left, wanted);
          needed.emplace_back(node.right, wanted);
        } else if (const auto v = OnlyVariable(g, n)) {
          KeepValues(*v, [&](size_t value) {
            return Satisfies(TruthAt(g, n, [&](size_t) { return value; }), wanted);
          });
        }
      }
    }
  }

  // The variable that the comparisons of a goal's node mention, if it is one.
  std::optional<size_t> OnlyVariable(size_t g, size_t n) const {
    std::optional<size_t> only;
    std::vector<size_t> nodes = {n};
    while (!nodes.empty()) {
      const size_t at = nodes.back();
      const ExprNode& node = asked_[g].condition->nodes[at];
      nodes.pop_back();
      if (IsAtom(node)) {
        const auto& variable = atoms_[atom_numbers_[g][at]].variable;
        if (!variable) continue;
        if (only && only != variable) return std::nullopt;
        only = variable;
        continue;
      }
      nodes.push_back(node.left);
      if (node.kind != ExprNode::Kind::kNot) nodes.push_back(node.right);
    }
    return only;
  }

  template <typename Keep>
  void KeepValues(size_t v, const Keep& keep) {
    Variable& variable = variables_[v];
    std::vector<size_t> kept;
    for (size_t value = 0; value < variable.values.size(); ++value) {
      if (keep(value)) kept.push_back(value);
    }
    if (kept.size() == variable.values.size()) return;
    const auto shrink = [&](auto& list) {
      for (size_t k = 0; k < kept.size(); ++k) {
        if (k != kept[k]) list[k] = std::move(list[kept[k]]);
      }
      list.resize(kept.size());
    };
    shrink(variable.values);
    for (Atom& atom : atoms_) {
      if (atom.variable == v) shrink(atom.truths);
    }
  }

  // What a goal's node comes to where `value_of` says for each variable which of its values it has.
  template <typename ValueOf>
  Truth TruthAt(size_t g, size_t n, const ValueOf& value_of) {
    return Evaluate(
        *asked_[g].condition, n, atom_numbers_[g],
        [&](size_t a) {
          const Atom& atom = atoms_[a];
          const size_t value = atom.variable ? value_of(*atom.variable) : 0;
          // Narrowing looks at one variable's values, and at nodes that are about that one.
          return value < atom.truths.size() ? atom.truths[value] : Truth::kUnknown;
        },
        scratch_);
  }

  bool HoldsByTables(const std::vector<size_t>& choice) {
    for (size_t g = 0; g < goals_.size(); ++g) {
      const size_t last = asked_[g].condition->nodes.size() - 1;
      const Truth truth = TruthAt(g, last, [&](size_t variable) { return choice[variable]; });
      if (!Satisfies(truth, goals_[g].wanted)) return false;
    }
    return true;
  }

  void SetArguments(const std::string& text) {
    for (reference::Context& context : contexts_) context.arguments = reference::ParseJson(text);
  }

  // False where an earlier variable has put something there that cannot hold the value.
  bool Set(const Variable& variable, const std::optional<json>& value, json& arguments) {
    if (variable.kind == Variable::Kind::kArgument) {
      return !value || Place(arguments, variable.path, *value);
    }
    for (reference::Context& context : contexts_) {
      std::string& text = variable.kind == Variable::Kind::kClient ? context.client : context.model;
      text = value ? value->get<std::string>() : std::string();
    }
    return true;
  }

  bool Try(const std::vector<size_t>& choice, Solution& solution) {
    json arguments = json::object();
    // Variables come sorted, so what contains another comes before it.
    for (size_t v = 0; v < variables_.size(); ++v) {
      if (!Set(variables_[v], variables_[v].values[choice[v]], arguments)) return false;
    }
    const std::string text = arguments.dump();
    SetArguments(text);
    for (size_t g = 0; g < goals_.size(); ++g) {
      const Truth truth = reference::EvaluateCondition(*asked_[g].condition, *asked_[g].context);
      if (!Satisfies(truth, goals_[g].wanted)) return false;
    }
    solution = {Solution::Kind::kFound, text, contexts_.front().client, contexts_.front().model};
    return true;
  }

  static bool Place(json& arguments, const std::vector<std::string>& path, const json& value) {
    json* here = &arguments;
    for (const std::string& key : path) {
      if (!here->is_object()) return false;
      here = &(*here)[key];
      if (here->is_null() && &key != &path.back()) *here = json::object();
    }
    if (path.empty() && !value.is_object()) return false;
    *here = value;
    return true;
  }

  std::span<const Goal> goals_;
  std::vector<reference::Context> contexts_;  // one a side; asked_ points into it
  ComparisonCache& comparisons_;
  std::vector<Asked> asked_;  // by goal
  std::vector<Variable> variables_;
  std::vector<Atom> atoms_;
  std::vector<std::vector<size_t>> atom_numbers_;  // by goal and node
  std::vector<Truth> scratch_;
  bool tabled_ = true;  // whether no variable has to do with another
};

}  // namespace

Solution Solve(const model::Policy& policy, std::span<const Goal> goals,
               std::span<const reference::Context> contexts, const SolverLimits& limits,
               SolverMemory* memory) {
  if (goals.empty()) return {Solution::Kind::kFound, "{}", "", ""};
  if (Skeleton(policy, goals).Impossible()) return {Solution::Kind::kImpossible, "", "", ""};
  SolverMemory once;
  return Search(policy, goals, contexts, memory != nullptr ? *memory : once).Run(limits);
}

}  // namespace mcplexer::analysis
