// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/evaluator.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "runtime/decide/automaton.h"
#include "runtime/decide/paths.h"
#include "runtime/json/utf8.h"

namespace mcplexer::decide {
namespace {

using plan::NodeKind;
using plan::Op;
using plan::OperandKind;
using plan::OperandRecord;
using plan::Quantifier;
using plan::StepKind;

constexpr uint64_t kWorkOfOne = 64;

// Numbers are read digit by digit, several times as slow as comparing as many bytes.
uint64_t WorkOf(const Value& a, const Value& b) {
  const bool numbers = a.kind == Value::Kind::kNumber && b.kind == Value::Kind::kNumber;
  return (kWorkOfOne + a.text.size() + b.text.size()) * (numbers ? 4 : 1);
}

// What cannot be a string of a condition is as good as not given.
void TakeUtf8OrNothing(std::string&& text, std::string& to) {
  if (text.empty() || !json::IsUtf8(text)) {
    to.clear();
  } else {
    to = std::move(text);
  }
}

}  // namespace

Evaluator::Evaluator(const EngineTables& engine, const EvaluationLimits& limits)
    : engine_(engine), tables_(engine.tables), limits_(limits) {}

void Evaluator::Begin(uint32_t home, std::string_view directory, uint32_t principal,
                      std::string&& client, std::string&& model) {
  context_.home = home;
  context_.directory = directory;
  context_.principal = principal;
  TakeUtf8OrNothing(std::move(client), context_.client);
  TakeUtf8OrNothing(std::move(model), context_.model);
  SetCall(ServerId(), {});
}

bool Evaluator::IsSmall() const {
  constexpr size_t kSmallBytes = size_t{1} << 14;
  size_t bytes = doc_.MemoryBytes();
  for (const std::string* text :
       {&lhs_.scratch, &rhs_.scratch, &element_.scratch, &path_, &directory_}) {
    bytes += text->capacity();
  }
  return bytes <= kSmallBytes;
}

void Evaluator::SetCall(ServerId server, std::string_view arguments) {
  server_ = server;
  arguments_ = arguments.empty() ? std::string_view("{}") : arguments;
  state_ = Arguments::kUnread;
  // One call with large arguments must not make its session large for good; but while calls are
  // large, fetching the memory anew for each would take as long as reading them.
  constexpr size_t kKeptBytes = size_t{1} << 20;
  constexpr size_t kIndexPerByte = 24;  // as much as any text takes
  if (doc_.MemoryBytes() > std::max(kKeptBytes, arguments_.size() * kIndexPerByte)) doc_.Release();
  for (std::string* text : {&lhs_.scratch, &rhs_.scratch, &element_.scratch, &path_}) {
    if (text->capacity() > std::max(kKeptBytes, arguments_.size())) *text = std::string();
  }
}

bool Evaluator::ArgumentsAreRead() {
  if (state_ == Arguments::kUnread) {
    state_ = doc_.Parse(arguments_) ? Arguments::kRead : Arguments::kBroken;
  }
  return state_ == Arguments::kRead;
}

bool Evaluator::Spend(uint64_t work) {
  const uint64_t spent = std::min(work, work_left_);
  work_left_ -= spent;
  return spent == work;
}

Tri Evaluator::Evaluate(uint32_t condition) {
  work_left_ = limits_.work;
  stack_.clear();
  const plan::Range nodes = tables_.conditions[condition].nodes;
  for (uint32_t number = nodes.begin; number < nodes.begin + nodes.count; ++number) {
    const plan::ConditionNode& node = tables_.condition_nodes[number];
    switch (node.kind) {
      case NodeKind::kHas:
        stack_.push_back(Has(node));
        break;
      case NodeKind::kCompare:
        stack_.push_back(Compare({node, number}));
        break;
      case NodeKind::kNot:
        stack_.back() = Not(stack_.back());
        break;
      case NodeKind::kAnd:
      case NodeKind::kOr: {
        const Tri right = stack_.back();
        stack_.pop_back();
        stack_.back() =
            node.kind == NodeKind::kAnd ? And(stack_.back(), right) : Or(stack_.back(), right);
        break;
      }
    }
  }
  return stack_.back();
}

json::NodeId Evaluator::Step(json::NodeId node, const plan::PathStepRecord& step) const {
  return step.kind == StepKind::kKey ? doc_.Find(node, tables_.text(step.key))
                                     : doc_.Element(node, step.index);
}

json::NodeId Evaluator::Walk(json::NodeId node, std::span<const plan::PathStepRecord> steps) const {
  for (const plan::PathStepRecord& step : steps) {
    if (!node.valid()) break;
    node = Step(node, step);
  }
  return node;
}

void Evaluator::LoadSize(json::NodeId node, Slot& slot) {
  size_t size = 0;
  switch (doc_.TypeOf(node)) {
    case json::Type::kString:
      size = doc_.CodePointCount(node);
      break;
    case json::Type::kArray:
    case json::Type::kObject:
      size = doc_.ElementCount(node);
      break;
    default:
      slot.value.kind = Value::Kind::kBroken;
      return;
  }
  slot.scratch.resize(20);  // digits of the largest size
  const auto end = std::to_chars(slot.scratch.data(), slot.scratch.data() + 20, size).ptr;
  slot.value.kind = Value::Kind::kNumber;
  slot.value.text = {slot.scratch.data(), static_cast<size_t>(end - slot.scratch.data())};
}

void Evaluator::LoadArgument(const OperandRecord& operand, json::NodeId node, Slot& slot) {
  slot.value = {};
  if (!node.valid()) return;
  if (operand.kind == OperandKind::kSize) {
    LoadSize(node, slot);
  } else {
    slot.value = LoadNode(doc_, node, slot.scratch);
  }
}

// A text of the session or the plan, of which the empty one means that there is none.
void Evaluator::LoadText(std::string_view text, Slot& slot) const {
  slot.value = {};
  if (text.empty()) return;
  slot.value.kind = Value::Kind::kString;
  slot.value.text = text;
}

void Evaluator::Load(const OperandRecord& operand, Slot& slot) {
  slot.value = {};
  switch (operand.kind) {
    case OperandKind::kArgument:
    case OperandKind::kSize:
      if (ArgumentsAreRead()) {
        LoadArgument(operand, Walk(doc_.Root(), plan::Slice(tables_.path_steps, operand.steps)),
                     slot);
      } else {
        slot.value.kind = Value::Kind::kBroken;
      }
      break;
    case OperandKind::kSessionClient:
      LoadText(context_.client, slot);
      break;
    case OperandKind::kSessionModel:
      LoadText(context_.model, slot);
      break;
    case OperandKind::kPrincipalName:
      LoadText(tables_.text(tables_.principals[context_.principal].name), slot);
      break;
    case OperandKind::kPrincipalGroups:
      slot.value.kind = Value::Kind::kGroups;
      break;
    case OperandKind::kWorkspaceTag:
      for (const plan::KeyValue& tag :
           plan::Slice(tables_.key_values, tables_.workspaces[context_.home].tags)) {
        if (tables_.text(tag.key) != tables_.text(operand.text)) continue;
        slot.value.kind = Value::Kind::kString;  // a tag may be empty
        slot.value.text = tables_.text(tag.value);
      }
      break;
    case OperandKind::kLiteral:
      slot.value = LoadLiteral(operand.literal_type, tables_.text(operand.text));
      break;
    case OperandKind::kList:
      break;  // In() reads it where it lies
  }
}

Tri Evaluator::Has(const plan::ConditionNode& node) {
  if (!ArgumentsAreRead()) return Tri::kUnknown;
  return ToTri(Walk(doc_.Root(), plan::Slice(tables_.path_steps, node.lhs.steps)).valid());
}

Tri Evaluator::Compare(const Comparison& comparison) {
  const plan::ConditionNode& node = comparison.node;
  Load(node.rhs, rhs_);
  if (node.quantifier != Quantifier::kSingle) return CompareEach(comparison);
  Load(node.lhs, lhs_);
  return CompareValues(comparison);
}

// Visits every value that the path with its `[*]`s names, in document order, without recursion: a
// frame for each array on the way to the current value.
Tri Evaluator::CompareEach(const Comparison& comparison) {
  if (!ArgumentsAreRead()) return Tri::kUnknown;
  const plan::ConditionNode& node = comparison.node;
  const auto steps = plan::Slice(tables_.path_steps, node.lhs.steps);
  const bool all = node.quantifier == Quantifier::kAll;
  const Tri decisive = all ? Tri::kFalse : Tri::kTrue;
  Tri result = Not(decisive);

  frames_.clear();
  json::NodeId at = doc_.Root();
  uint32_t step = 0;
  for (;;) {
    while (at.valid() && step < steps.size() && steps[step].kind != StepKind::kEach) {
      at = Step(at, steps[step++]);
    }
    const bool is_value = !at.valid() || step == steps.size();
    if (!is_value && doc_.TypeOf(at) == json::Type::kArray) {
      const auto elements = doc_.Elements(at);
      frames_.push_back({elements.begin(), elements.end(), step + 1});
    } else {
      Tri one = Tri::kUnknown;  // a `[*]` of what is not an array
      if (is_value) {
        LoadArgument(node.lhs, at, lhs_);
        one = CompareValues(comparison);
      }
      result = all ? And(result, one) : Or(result, one);
      if (result == decisive) return result;
    }
    while (!frames_.empty() && !(frames_.back().next != frames_.back().end)) frames_.pop_back();
    if (frames_.empty()) return result;
    if (!Spend(kWorkOfOne)) return Tri::kUnknown;
    at = *frames_.back().next;
    ++frames_.back().next;
    step = frames_.back().step;
  }
}

Tri Evaluator::CompareValues(const Comparison& comparison) {
  const plan::ConditionNode& node = comparison.node;
  const Value& a = lhs_.value;
  const Value& b = rhs_.value;
  // `x? == y` is `has x and x == y`, and false decides an `and` whatever stands beside it.
  if (a.kind == Value::Kind::kMissing && node.lhs.optional != 0) return Tri::kFalse;
  if (b.kind == Value::Kind::kMissing && node.rhs.optional != 0) return Tri::kFalse;
  if (!a.exists()) return Tri::kUnknown;
  if (node.op == Op::kIn) return In(node.rhs);
  if (!b.exists() || !Spend(WorkOf(a, b))) return Tri::kUnknown;
  switch (node.op) {
    case Op::kEq:
      return Equal(a, b);
    case Op::kNe:
      return Not(Equal(a, b));
    case Op::kLike:
      if (a.kind != Value::Kind::kString) return Tri::kUnknown;
      return ToTri(!SetsOf(tables_.automata[node.rhs.automaton], a.text, tables_).empty());
    case Op::kMatches:
      if (a.kind != Value::Kind::kString) return Tri::kUnknown;
      return ToTri(re2::RE2::FullMatch(re2::StringPiece(a.text.data(), a.text.size()),
                                       *engine_.regex_of_node[comparison.number]));
    case Op::kUnder:
      return Under(b.text);
    default:
      return Ordered(node.op, a, b);
  }
}

Tri Evaluator::EqualWithin(const Value& a, const Value& b) {
  return Spend(WorkOf(a, b)) ? Equal(a, b) : Tri::kUnknown;
}

// Kleene's `or` of `==` with each element.
Tri Evaluator::In(const OperandRecord& list) {
  const Value& a = lhs_.value;
  Tri result = Tri::kFalse;
  const auto add = [&](const Value& element) {
    result = Or(result, EqualWithin(a, element));
    return result != Tri::kTrue && work_left_ > 0;
  };
  if (list.kind == OperandKind::kList) {
    for (const plan::LiteralRecord& literal : plan::Slice(tables_.literals, list.list)) {
      if (!add(LoadLiteral(literal.type, tables_.text(literal.text)))) break;
    }
  } else if (rhs_.value.kind == Value::Kind::kGroups) {
    for (const uint32_t group :
         plan::Slice(tables_.indexes, tables_.principals[context_.principal].groups)) {
      LoadText(tables_.text(tables_.groups[group].name), element_);
      if (!add(element_.value)) break;
    }
  } else if (rhs_.value.kind == Value::Kind::kArray) {
    for (const json::NodeId node : doc_.Elements(rhs_.value.node)) {
      if (!add(LoadNode(doc_, node, element_.scratch))) break;
    }
  } else {
    return Tri::kUnknown;
  }
  // Nothing true so far, and not all of it seen.
  if (work_left_ == 0 && result != Tri::kTrue) return Tri::kUnknown;
  return result;
}

// A relative path means what it means to the server: it is read from the directory that the server
// runs in. Where a server over HTTP runs nobody knows.
bool Evaluator::NormalizeArgument(std::string_view path) {
  if (path.starts_with('/')) return NormalizePath("", path, path_);
  if (!server_.valid()) return false;
  const plan::ServerRecord& server = tables_.servers[server_.index()];
  if (server.transport != plan::Transport::kStdio) return false;
  std::string_view cwd = tables_.text(server.cwd);
  if (cwd.empty()) return NormalizePath(context_.directory, path, path_);
  if (!cwd.starts_with('~'))
    return NormalizePath("", cwd, directory_) && NormalizePath(directory_, path, path_);
  if (!engine_.roots.home()) return false;
  cwd.remove_prefix(std::min<size_t>(cwd.size(), 2));
  if (cwd.empty()) return NormalizePath(*engine_.roots.home(), path, path_);
  return NormalizePath(*engine_.roots.home(), cwd, directory_) &&
         NormalizePath(directory_, path, path_);
}

Tri Evaluator::Under(std::string_view directory) {
  const Value& a = lhs_.value;
  if (a.kind != Value::Kind::kString || a.text.starts_with('~')) return Tri::kUnknown;
  if (!NormalizeArgument(a.text)) return Tri::kUnknown;
  const std::string_view root = engine_.roots.of(context_.home);

  const bool from_home = directory == "~" || directory.starts_with("~/");
  if (from_home) {
    if (!engine_.roots.home()) return Tri::kUnknown;
    directory.remove_prefix(directory == "~" ? 1 : 2);
    if (directory.empty()) directory = ".";
    // "~//x" is "~/x".
    while (directory.starts_with('/')) directory.remove_prefix(1);
    if (directory.empty()) directory = ".";
  } else if (directory.starts_with('~')) {
    return Tri::kUnknown;
  }
  const std::string_view base = from_home ? std::string_view(*engine_.roots.home()) : root;
  if (!NormalizePath(base, directory, directory_)) return Tri::kUnknown;
  return ToTri(ContainsPath(directory_, path_));
}

}  // namespace mcplexer::decide
