// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solver_values.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace mcplexer::analysis {
namespace {

using nlohmann::json;
using syntax::ExprNode;
using syntax::Operand;
using syntax::PathStep;
using syntax::Value;

// Lengths up to this are built to satisfy a condition on size().
constexpr int64_t kLargestBuiltSize = 4096;

// Everything that is asked of one place in the arguments.
struct Questions {
  std::vector<PathStep>
      rest;  // from the variable to the place: empty, or begins with an array step
  std::set<std::string> strings;
  std::set<std::string> numbers;
  std::vector<StringClasses::Pattern> patterns;
  // Those that a string has to match, and must not, whatever else is asked.
  std::set<StringClasses::Pattern> must;
  std::set<StringClasses::Pattern> must_not;
  // Of `under`: as written, and where that is; absent when it is nowhere.
  std::set<std::pair<std::string, std::optional<std::string>>> directories;
  std::set<std::string> sizes;
  bool related = false;  // compared with another variable

  bool matched() const { return !patterns.empty() || !must.empty() || !must_not.empty(); }
};

// What the parts of a condition have to come to for the whole to come to what is wanted; absent
// where they may come to this or that. By node; operands come before what they are operands of.
std::vector<std::optional<Wanted>> DemandsOn(const syntax::Expr& condition,
                                             std::optional<Wanted> wanted) {
  std::vector<std::optional<Wanted>> demands(condition.nodes.size());
  demands.back() = wanted;
  for (size_t n = condition.nodes.size(); n-- > 0;) {
    if (!demands[n]) continue;
    const ExprNode& node = condition.nodes[n];
    const Wanted demand = *demands[n];
    const bool at_most = demand == Wanted::kFalse || demand == Wanted::kNotTrue;
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
        if (!at_most) demands[node.left] = demands[node.right] = demand;
        break;
      case ExprNode::Kind::kOr:
        if (at_most) demands[node.left] = demands[node.right] = demand;
        break;
      case ExprNode::Kind::kNot:
        demands[node.left] = demand == Wanted::kTrue      ? Wanted::kFalse
                             : demand == Wanted::kFalse   ? Wanted::kTrue
                             : demand == Wanted::kNotTrue ? Wanted::kNotFalse
                                                          : Wanted::kNotTrue;
        break;
      default:
        break;
    }
  }
  return demands;
}

using VariableKey = std::tuple<Variable::Kind, std::vector<std::string>>;

class Collector {
 public:
  void Add(const Asked& asked) {
    context_ = asked.context;
    const auto demands = DemandsOn(*asked.condition, asked.wanted);
    for (size_t n = 0; n < demands.size(); ++n) {
      const ExprNode& node = asked.condition->nodes[n];
      if (node.kind == ExprNode::Kind::kHas) Place(node.lhs);
      if (node.kind == ExprNode::Kind::kCompare) AddComparison(node, demands[n]);
    }
  }

  std::map<VariableKey, std::vector<Questions>>& questions() { return questions_; }

 private:
  static bool IsVariable(const Operand& operand) {
    return operand.kind == Operand::Kind::kArgument || operand.kind == Operand::Kind::kSize ||
           operand.kind == Operand::Kind::kSessionClient ||
           operand.kind == Operand::Kind::kSessionModel;
  }

  Questions& Place(const Operand& operand) {
    VariableKey key;
    std::vector<PathStep> rest;
    if (operand.kind == Operand::Kind::kSessionClient) {
      std::get<0>(key) = Variable::Kind::kClient;
    } else if (operand.kind == Operand::Kind::kSessionModel) {
      std::get<0>(key) = Variable::Kind::kModel;
    } else {
      for (const PathStep& step : operand.path) {
        if (!rest.empty() || step.kind != PathStep::Kind::kKey) {
          rest.push_back(step);
        } else {
          std::get<1>(key).push_back(step.key);
        }
      }
    }
    const auto same = [&](const Questions& q) {
      return std::ranges::equal(q.rest, rest, [](const PathStep& a, const PathStep& b) {
        return a.kind == b.kind && a.key == b.key && a.index == b.index;
      });
    };
    auto& places = questions_[key];
    const auto it = std::ranges::find_if(places, same);
    if (it != places.end()) return *it;
    places.push_back({});
    places.back().rest = std::move(rest);
    return places.back();
  }

  // The constants that an operand is, in this context.
  std::vector<Value> Constants(const Operand& operand) const {
    std::vector<Value> constants;
    const auto add = [&](const std::string& text) {
      Value value;
      value.kind = Value::Kind::kString;
      value.text = text;
      constants.push_back(value);
    };
    switch (operand.kind) {
      case Operand::Kind::kLiteral:
        return {operand.literal};
      case Operand::Kind::kList:
        return operand.literal.items;
      case Operand::Kind::kPrincipalName:
        if (!context_->principal.empty()) add(context_->principal);
        break;
      case Operand::Kind::kPrincipalGroups:
        for (const std::string& group : context_->groups) add(group);
        break;
      case Operand::Kind::kWorkspaceTag:
        for (const auto& [key, value] : *context_->tags) {
          if (key == operand.key) add(value);
        }
        break;
      default:
        break;
    }
    return constants;
  }

  static void AddPattern(StringClasses::Pattern pattern, const std::optional<Wanted>& demand,
                         Questions& questions) {
    // Of an array there are many values.
    if (!demand || !questions.rest.empty()) {
      questions.patterns.push_back(std::move(pattern));
    } else if (*demand == Wanted::kTrue || *demand == Wanted::kNotFalse) {
      questions.must.insert(std::move(pattern));
    } else {
      questions.must_not.insert(std::move(pattern));
    }
  }

  void AddComparison(const ExprNode& node, const std::optional<Wanted>& demand) {
    const bool left = IsVariable(node.lhs);
    const bool right = IsVariable(node.rhs);
    if (left && right) {
      Place(node.lhs).related = true;
      Place(node.rhs).related = true;
      return;
    }
    if (!left && !right) return;
    Questions& questions = Place(left ? node.lhs : node.rhs);
    const Operand& other = left ? node.rhs : node.lhs;
    if (node.lhs.kind == Operand::Kind::kSize || node.rhs.kind == Operand::Kind::kSize) {
      for (const Value& value : Constants(other)) questions.sizes.insert(value.text);
      return;
    }
    switch (node.op) {
      case ExprNode::Op::kLike:
        AddPattern({StringClasses::PatternKind::kGlob, other.literal.text}, demand, questions);
        break;
      case ExprNode::Op::kMatches:
        AddPattern({StringClasses::PatternKind::kRegex, other.literal.text}, demand, questions);
        break;
      case ExprNode::Op::kUnder:
        questions.directories.emplace(other.literal.text,
                                      reference::DirectoryOfUnder(other.literal.text, *context_));
        break;
      default:
        for (const Value& value : Constants(other)) {
          if (value.kind == Value::Kind::kNumber) questions.numbers.insert(value.text);
          if (value.kind == Value::Kind::kString) questions.strings.insert(value.text);
        }
    }
  }

  const reference::Context* context_ = nullptr;
  std::map<VariableKey, std::vector<Questions>> questions_;
};

// Integers of at most 17 digits can be stepped and halved without rounding; others cannot be placed
// between and leave the variable incomplete.
std::optional<int64_t> SmallInteger(const std::string& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value > 100'000'000'000'000'000 || value < -100'000'000'000'000'000) return std::nullopt;
  return value;
}

// One value for each way of lying among the numbers that are asked about.
void AddNumbers(const Questions& questions, std::vector<json>& values, bool& complete) {
  std::set<int64_t> points;
  for (const std::string& text : questions.numbers) {
    if (const auto point = SmallInteger(text)) {
      points.insert(*point);
    } else {
      values.push_back(json::parse(text, nullptr, false));
      complete = false;
    }
  }
  if (points.empty()) {
    values.push_back(0);
    return;
  }
  values.push_back(*points.begin() - 1);
  for (auto it = points.begin(); it != points.end(); ++it) {
    values.push_back(*it);
    const auto next = std::next(it);
    if (next == points.end() || *next > *it + 1) {
      values.push_back(*it + 1);
    } else if (*it > -1'000'000'000 && *it < 1'000'000'000) {
      values.push_back(static_cast<double>(*it) + 0.5);  // exact in a double
    } else {
      complete = false;
    }
  }
}

void AddStrings(const Questions& questions, StringClasses& classes, std::vector<json>& values,
                bool& complete) {
  StringClasses::Asked asked{
      questions.patterns, questions.strings, {}, questions.must, questions.must_not};
  // Where a value is both matched and looked for in directories, these show what satisfies both;
  // that nothing does they cannot, since a path can be written in more ways (AddPaths).
  if (questions.matched() || !questions.strings.empty()) {
    for (const auto& [text, directory] : questions.directories) {
      if (directory) asked.directories.push_back(*directory);
    }
  }
  const StringClasses::Classes& found = classes.Of(asked);
  for (const std::string& member : found.members) values.push_back(member);
  if (!found.complete) complete = false;
}

void AddPaths(const Questions& questions, std::vector<json>& values, bool& complete) {
  if (questions.directories.empty()) return;
  for (const auto& [text, directory] : questions.directories) {
    if (!directory) continue;
    // As it is written, where that is enough: an example with it is true on every machine.
    values.push_back(text);
    values.push_back(directory->empty() ? "/" : *directory);
    values.push_back(*directory + "/x");
  }
  values.push_back("/");
  values.push_back("x");
  values.push_back("..");
  values.push_back("");  // cannot be evaluated
  // Directories may lie in one another in ways that depend on the machine.
  if (questions.directories.size() > 1 || questions.matched() || !questions.strings.empty()) {
    complete = false;
  }
}

void AddSizes(const Questions& questions, std::vector<json>& values, bool& complete) {
  if (questions.sizes.empty()) return;
  std::set<int64_t> lengths = {0};
  for (const std::string& text : questions.sizes) {
    const auto size = SmallInteger(text);
    if (!size || *size >= kLargestBuiltSize) {
      complete = false;
      continue;
    }
    for (int64_t length : {*size - 1, *size, *size + 1}) {
      if (length >= 0) lengths.insert(length);
    }
  }
  const bool strings_asked =
      !questions.strings.empty() || questions.matched() || !questions.directories.empty();
  if (strings_asked) complete = false;
  for (int64_t length : lengths) {
    values.push_back(std::string(static_cast<size_t>(length), 'a'));
    values.push_back(json(static_cast<size_t>(length), 0));
    json object = json::object();
    for (int64_t i = 0; i < length; ++i) object["k" + std::to_string(i)] = 0;
    values.push_back(std::move(object));
  }
}

// The values of one place.
std::vector<json> ValuesOf(const Questions& questions, StringClasses& classes, bool& complete) {
  std::vector<json> values = {nullptr, true, false, json::array(), json::object()};
  AddNumbers(questions, values, complete);
  AddStrings(questions, classes, values, complete);
  AddPaths(questions, values, complete);
  AddSizes(questions, values, complete);
  return values;
}

// `value` at the end of `rest`: each array step becomes an array that holds what follows.
json Wrap(json value, const std::vector<PathStep>& rest) {
  for (auto step = rest.rbegin(); step != rest.rend(); ++step) {
    if (step->kind == PathStep::Kind::kKey) {
      value = json::object({{step->key, std::move(value)}});
    } else {
      json array = json::array();
      const uint32_t index = step->kind == PathStep::Kind::kIndex ? std::min(step->index, 64u) : 0;
      for (uint32_t i = 0; i <= index; ++i) array.push_back(value);
      value = std::move(array);
    }
  }
  return value;
}

// Arrays and what is in them: single elements of each kind, and pairs, which is where `all` and
// `any` differ. More elements could matter, so such a variable is never complete.
void AddElements(const std::vector<Questions>& places, StringClasses& classes, Variable& variable) {
  variable.complete = false;
  std::vector<json> arrays;
  for (const Questions& place : places) {
    if (place.rest.empty()) continue;
    for (json& value : ValuesOf(place, classes, variable.complete)) {
      arrays.push_back(Wrap(std::move(value), place.rest));
    }
  }
  constexpr size_t kMostPaired = 12;
  const size_t single = arrays.size();
  for (size_t a = 0; a < std::min(single, kMostPaired); ++a) {
    for (size_t b = 0; b < std::min(single, kMostPaired); ++b) {
      if (a == b || arrays[a].empty() || arrays[b].empty()) continue;
      arrays.push_back(json::array({arrays[a].front(), arrays[b].front()}));
    }
  }
  for (json& array : arrays) variable.values.emplace_back(std::move(array));
}

// Whether some other place lies in the one with this key.
bool HoldsAnother(const VariableKey& key,
                  const std::map<VariableKey, std::vector<Questions>>& questions) {
  const auto& [kind, path] = key;
  return std::ranges::any_of(questions, [&](const auto& other) {
    const auto& [other_kind, other_path] = other.first;
    return other_kind == kind && other_path.size() > path.size() &&
           std::equal(path.begin(), path.end(), other_path.begin());
  });
}

}  // namespace

std::vector<Variable> VariablesOf(std::span<const Asked> asked, StringClasses& classes) {
  Collector collector;
  for (const Asked& one : asked) collector.Add(one);

  std::vector<Variable> variables;
  for (const auto& [key, places] : collector.questions()) {
    Variable variable;
    std::tie(variable.kind, variable.path) = key;
    variable.values.push_back(std::nullopt);
    Questions whole;
    bool in_arrays = false;
    for (const Questions& place : places) {
      if (place.related) {
        variable.related = true;
        variable.complete = false;
      }
      if (place.rest.empty()) whole = place;
      if (!place.rest.empty()) in_arrays = true;
    }
    // A session's client and model are text, and the empty one is the unknown one. Asking about it
    // makes what stands for all other texts another one.
    if (variable.kind != Variable::Kind::kArgument) whole.strings.insert("");
    for (json& value : ValuesOf(whole, classes, variable.complete)) {
      const bool text = value.is_string() && !value.get_ref<const std::string&>().empty();
      if (variable.kind == Variable::Kind::kArgument || text) {
        variable.values.emplace_back(std::move(value));
      }
    }
    if (in_arrays) AddElements(places, classes, variable);
    // What another variable puts into it counts, and the sizes above reckon with nothing else
    // there.
    if (!whole.sizes.empty() && HoldsAnother(key, collector.questions())) variable.complete = false;
    variables.push_back(std::move(variable));
  }
  return variables;
}

}  // namespace mcplexer::analysis
