// SPDX-License-Identifier: Apache-2.0
// Evaluator: the value of a condition for one call of one session.
//
// A condition is a tree in postfix order, so one pass with a stack of truth values evaluates it.
// Arguments are parsed when the first operand asks for them, once a call. After a warm-up nothing
// is allocated: the document, the stack and the texts keep their memory.
//
// A client chooses the arguments, so what a condition may cost is bounded: comparing every element
// of one long list with every element of another is quadratic in the call's size. Past the budget a
// comparison cannot be evaluated, which errs to the safe side like everything else that cannot.

#ifndef MCPLEXER_RUNTIME_DECIDE_EVALUATOR_H_
#define MCPLEXER_RUNTIME_DECIDE_EVALUATOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/decide/engine_impl.h"
#include "runtime/decide/tri.h"
#include "runtime/decide/value.h"
#include "runtime/json/document.h"

namespace mcplexer::decide {

struct EvaluationLimits {
  // Work of one condition: 64 for every comparison and every element looked at, and 1 for each byte
  // compared, four times that between numbers. A string as long as the longest message (64 MiB)
  // fits, and so do two million comparisons of short ones: one or two tenths of a second.
  uint64_t work = uint64_t{1} << 27;
};

class Evaluator {
 public:
  // `engine` outlives the evaluator.
  explicit Evaluator(const EngineTables& engine, const EvaluationLimits& limits = {});

  // Before the first call, and for each session: what a condition sees besides the call. `home` is
  // the home workspace, `directory` the client's in normal form, a view that must stay valid.
  void Begin(uint32_t home, std::string_view directory, uint32_t principal, std::string&& client,
             std::string&& model);
  // Whether it keeps little memory.
  bool IsSmall() const;

  // The call that the next conditions are about: the server it goes to (not valid: none) and its
  // arguments, raw JSON, empty for none. A view that must stay valid until the last Evaluate that
  // it is for.
  void SetCall(ServerId server, std::string_view arguments);
  Tri Evaluate(uint32_t condition);

 private:
  struct Context {
    uint32_t home = plan::kNone;
    std::string_view directory;
    uint32_t principal = 0;
    std::string client;
    std::string model;
  };
  // An array whose elements are being visited for a `[*]`; `step` is the step after it.
  struct Frame {
    json::Document::ElementRange::Iterator next;
    json::Document::ElementRange::Iterator end;
    uint32_t step;
  };
  // Where an operand's value is; strings that had to be built are kept in `scratch`.
  struct Slot {
    Value value;
    std::string scratch;
  };
  // What a comparison needs besides the value on its left.
  struct Comparison {
    const plan::ConditionNode& node;
    uint32_t number;  // in kConditionNodes
  };

  bool ArgumentsAreRead();
  bool Spend(uint64_t work);

  json::NodeId Walk(json::NodeId node, std::span<const plan::PathStepRecord> steps) const;
  json::NodeId Step(json::NodeId node, const plan::PathStepRecord& step) const;
  void LoadArgument(const plan::OperandRecord& operand, json::NodeId node, Slot& slot);
  void LoadSize(json::NodeId node, Slot& slot);
  void LoadText(std::string_view text, Slot& slot) const;
  void Load(const plan::OperandRecord& operand, Slot& slot);

  Tri Has(const plan::ConditionNode& node);
  Tri Compare(const Comparison& comparison);
  Tri CompareEach(const Comparison& comparison);
  // lhs_ and rhs_ hold the values.
  Tri CompareValues(const Comparison& comparison);
  Tri In(const plan::OperandRecord& list);
  Tri Under(std::string_view directory);
  // Overwrites path_ with the normal form of a path in the arguments. False when there is none.
  bool NormalizeArgument(std::string_view path);
  Tri EqualWithin(const Value& a, const Value& b);

  const EngineTables& engine_;
  const plan::Tables& tables_;
  Context context_;
  const EvaluationLimits limits_;

  ServerId server_;
  std::string_view arguments_;
  enum class Arguments : uint8_t { kUnread, kRead, kBroken } state_ = Arguments::kUnread;
  json::Document doc_;
  uint64_t work_left_ = 0;

  std::vector<Tri> stack_;
  std::vector<Frame> frames_;
  Slot lhs_;
  Slot rhs_;
  Slot element_;
  std::string path_;
  std::string directory_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_EVALUATOR_H_
