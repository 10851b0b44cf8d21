// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solver.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
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
        const bool atom =
            node.kind == ExprNode::Kind::kHas || node.kind == ExprNode::Kind::kCompare;
        numbers.push_back(atom ? NumberOf(node, goal.side) : 0);
      }
      atom_numbers_.push_back(std::move(numbers));
    }
  }

  bool Impossible() const {
    if (atoms_.size() > kMostAtoms) return false;
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
    if (it != atoms_.end()) return static_cast<size_t>(it - atoms_.begin());
    atoms_.emplace_back(std::move(single), side);
    return atoms_.size() - 1;
  }

  bool Holds(const std::vector<Truth>& atoms) const {
    for (size_t g = 0; g < goals_.size(); ++g) {
      if (!Satisfies(Evaluate(*exprs_[g], atom_numbers_[g], atoms), goals_[g].wanted)) return false;
    }
    return true;
  }

  static Truth Not(Truth a) {
    return a == Truth::kUnknown ? a : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
  }
  static Truth And(Truth a, Truth b) {
    if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
    return a == Truth::kUnknown ? a : b;
  }

  static Truth Evaluate(const Expr& expr, const std::vector<size_t>& numbers,
                        const std::vector<Truth>& atoms) {
    std::vector<Truth> values;
    for (size_t n = 0; n < expr.nodes.size(); ++n) {
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
          values.push_back(atoms[numbers[n]]);
      }
    }
    return values.back();
  }

  std::span<const Goal> goals_;
  std::vector<const Expr*> exprs_;
  std::vector<std::vector<size_t>> atom_numbers_;
  std::vector<std::pair<Expr, uint8_t>> atoms_;
};

// Tries values one combination after another.
class Search {
 public:
  Search(const model::Policy& policy, std::span<const Goal> goals,
         std::span<const reference::Context> contexts)
      : goals_(goals), contexts_(contexts.begin(), contexts.end()) {
    for (const Goal& goal : goals) {
      asked_.push_back({&policy.conditions[goal.condition.index()].expr, &contexts_[goal.side]});
    }
    variables_ = VariablesOf(asked_);
    for (size_t v = 0; v < variables_.size(); ++v) {
      if (IsIndependent(v)) KeepDistinct(variables_[v]);
    }
  }

  Solution Run(const SolverLimits& limits) {
    Solution solution;
    std::vector<size_t> choice(variables_.size(), 0);
    for (uint32_t tried = 0; tried < limits.max_combinations; ++tried) {
      if (Try(choice, solution)) return solution;
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

  // Of values that every comparison answers alike, the first: from thirty to three for an argument
  // that is compared once.
  void KeepDistinct(Variable& variable) {
    std::set<std::vector<Truth>> seen;
    std::erase_if(variable.values, [&](const auto& value) {
      json arguments = json::object();
      Set(variable, value, arguments);
      SetArguments(arguments.dump());
      std::vector<Truth> answers;
      for (const Asked& asked : asked_) {
        for (const ExprNode& node : asked.condition->nodes) {
          if (node.kind != ExprNode::Kind::kHas && node.kind != ExprNode::Kind::kCompare) continue;
          Expr single;
          single.nodes.push_back(node);
          answers.push_back(reference::EvaluateCondition(single, *asked.context));
        }
      }
      return !seen.insert(std::move(answers)).second;
    });
    for (reference::Context& context : contexts_) {
      context.client.clear();
      context.model.clear();
    }
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
  std::vector<Asked> asked_;                  // by goal
  std::vector<Variable> variables_;
};

}  // namespace

Solution Solve(const model::Policy& policy, std::span<const Goal> goals,
               std::span<const reference::Context> contexts, const SolverLimits& limits) {
  if (goals.empty()) return {Solution::Kind::kFound, "{}", "", ""};
  if (Skeleton(policy, goals).Impossible()) return {Solution::Kind::kImpossible, "", "", ""};
  return Search(policy, goals, contexts).Run(limits);
}

}  // namespace mcplexer::analysis
