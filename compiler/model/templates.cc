// SPDX-License-Identifier: Apache-2.0
//
// Expansion walks bodies with a stack of frames, one for each body it is inside of: a workspace, a
// template in use, an `in` block. Rules are handed on one at a time, so an expansion of a million
// rules holds one of them. Templates that use themselves are found before, on the templates alone,
// and never entered; what is left can still be exponential (each of 32 templates using the next one
// twice), so the items visited are counted against the limit on rules.
#include "compiler/model/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "compiler/model/references.h"
#include "compiler/model/rule_texts.h"
#include "compiler/model/substitute.h"

namespace mcplexer::model {
namespace {

using syntax::BodyItem;
using ValueKind = syntax::Value::Kind;

// Templates in templates. The standard library nests two.
constexpr size_t kDeepestUse = 32;

// Calls visit(item) for the items of a body and those in its blocks, in order.
template <typename Visit>
void ForEachItem(const std::vector<BodyItem>& body, const Visit& visit) {
  std::vector<std::pair<const std::vector<BodyItem>*, size_t>> stack = {{&body, 0}};
  while (!stack.empty()) {
    auto& [items, next] = stack.back();
    if (next == items->size()) {
      stack.pop_back();
      continue;
    }
    const BodyItem& item = (*items)[next++];
    visit(item);
    if (item.kind == BodyItem::Kind::kIn) stack.emplace_back(&item.items, 0);
  }
}

class TemplateCheck {
 public:
  explicit TemplateCheck(Context& context) : context_(context), reporter_(context.reporter) {}

  void Run() {
    for (const auto& [name, entry] : context_.names.templates.entries()) {
      CheckOne(*entry.declaration);
    }
    for (const auto& [name, entry] : context_.names.templates.entries()) FindCycles(name);
  }

 private:
  void CheckOne(const syntax::Declaration& declaration) {
    Bindings parameters;
    std::map<std::string_view, Span> seen;
    for (const syntax::Name& parameter : declaration.parameters) {
      const auto [at, added] = seen.try_emplace(parameter.text, parameter.span);
      if (!added) {
        reporter_
            .Report(Code::kDuplicateKey, parameter.span,
                    fmt::format("parameter `{}` is given more than once", parameter.text))
            .Also(at->second, "given here first");
      }
      parameters[parameter.text] = "";
    }
    const auto check = [&](const std::string& text, Span span) {
      if (MayHoldReferences(text)) Substitute(text, span, parameters, reporter_);
    };
    ForEachItem(declaration.body, [&](const BodyItem& item) {
      for (const syntax::Attribute& attribute : item.attribute) {
        reporter_.Report(Code::kMeaninglessClause, attribute.key.span,
                         "a template holds rules; attributes belong to the workspace");
      }
      for (const syntax::Rule& rule : item.rule) ForEachText(rule, check);
      for (const syntax::Name& path : item.paths) check(path.text, path.span);
      for (const syntax::Use& use : item.use) {
        context_.names.templates.Resolve(use.name, reporter_);
        for (const syntax::Value& argument : use.arguments) {
          if (argument.kind == ValueKind::kString || argument.kind == ValueKind::kWord) {
            check(argument.text, argument.span);
          }
        }
      }
    });
  }

  // Depth-first over what each template uses; `path_` is the way to the one being looked at.
  void FindCycles(const std::string& first) {
    if (!visited_.insert(first).second) return;
    Enter(first);
    while (!path_.empty()) {
      Frame& frame = path_.back();
      if (frame.next == frame.uses.size()) {
        path_.pop_back();
        continue;
      }
      const syntax::Use& use = *frame.uses[frame.next++];
      const auto on_path = std::find_if(path_.begin(), path_.end(), [&](const Frame& other) {
        return other.name == use.name.text;
      });
      if (on_path != path_.end()) {
        std::string cycle;
        for (auto at = on_path; at != path_.end(); ++at) cycle += at->name + " -> ";
        reporter_.Report(Code::kBadTemplateUse, use.name.span,
                         fmt::format("a template uses itself: {}{}", cycle, use.name.text));
      } else if (context_.names.templates.Find(use.name.text) != nullptr &&
                 visited_.insert(use.name.text).second) {
        Enter(use.name.text);
      }
    }
  }

  void Enter(const std::string& name) {
    Frame frame{name, {}, 0};
    ForEachItem(context_.names.templates.Find(name)->declaration->body, [&](const BodyItem& item) {
      for (const syntax::Use& use : item.use) frame.uses.push_back(&use);
    });
    path_.push_back(std::move(frame));
  }

  struct Frame {
    std::string name;
    std::vector<const syntax::Use*> uses;
    size_t next;
  };

  Context& context_;
  Reporter& reporter_;
  std::set<std::string, std::less<>> visited_;
  std::vector<Frame> path_;
};

class Expansion {
 public:
  Expansion(Context& context, const std::function<bool(const ExpandedRule&)>& lower)
      : context_(context), reporter_(context.reporter), lower_(lower) {}

  void Run(const syntax::Declaration& declaration) {
    stack_.push_back({&declaration.body, 0, std::make_shared<Bindings>(), nullptr, ""});
    while (!stack_.empty() && !stopped_) {
      const size_t top = stack_.size() - 1;
      if (stack_[top].next == stack_[top].items->size()) {
        Leave();
        continue;
      }
      const BodyItem& item = (*stack_[top].items)[stack_[top].next++];
      // Each rule is an item, and the uses and blocks around it are some more.
      const size_t most = 2 * context_.options.limits.rules + 1'000;
      if (++context_.items_expanded > most) {
        reporter_.Report(Code::kLimitExceeded, item.span,
                         fmt::format("templates expand to more than {} items", most));
        stopped_ = true;
      } else {
        Visit(item);
      }
    }
    while (!stack_.empty()) Leave();
  }

  bool stopped() const { return stopped_; }

 private:
  struct Frame {
    const std::vector<BodyItem>* items;
    size_t next;
    std::shared_ptr<const Bindings> bindings;
    std::shared_ptr<const std::vector<syntax::Name>> block;  // paths of the `in` block around it
    std::string template_name;                               // when the frame is a use
  };

  void Leave() {
    if (!stack_.back().template_name.empty()) reporter_.PopUse();
    stack_.pop_back();
  }

  void Visit(const BodyItem& item) {
    switch (item.kind) {
      case BodyItem::Kind::kAttribute:
        // A workspace's own are read with the workspace, a template's are reported with it.
        if (stack_.size() > 1 && !InTemplate()) {
          reporter_.Report(Code::kMeaninglessClause, item.span,
                           "an `in` block holds rules; attributes belong to the workspace");
        }
        return;
      case BodyItem::Kind::kRule:
        VisitRule(item.rule.front());
        return;
      case BodyItem::Kind::kUse:
        VisitUse(item.use.front());
        return;
      case BodyItem::Kind::kIn:
        VisitBlock(item);
        return;
    }
  }

  bool InTemplate() const {
    return std::any_of(stack_.begin(), stack_.end(),
                       [](const Frame& frame) { return !frame.template_name.empty(); });
  }

  void VisitRule(const syntax::Rule& rule) {
    const Frame& frame = stack_.back();
    if (!HoldsReferences(rule)) {
      stopped_ = !lower_({rule, frame.block.get()});
      return;
    }
    syntax::Rule substituted = rule;
    if (!Substitute(substituted, *frame.bindings, reporter_)) return;
    stopped_ = !lower_({substituted, frame.block.get()});
  }

  void VisitBlock(const BodyItem& item) {
    if (stack_.back().block != nullptr) {
      reporter_
          .Report(Code::kMeaninglessClause,
                  item.paths.empty() ? item.span : item.paths.front().span,
                  "an `in` block inside another")
          .Also(stack_.back().block->front().span, "the outer one")
          .Help("write one block with the whole path");
      return;
    }
    auto paths = std::make_shared<std::vector<syntax::Name>>();
    for (const syntax::Name& path : item.paths) {
      auto text = Substitute(path.text, path.span, *stack_.back().bindings, reporter_);
      if (!text) return;
      paths->push_back({std::move(*text), path.span});
    }
    stack_.push_back({&item.items, 0, stack_.back().bindings, std::move(paths), ""});
  }

  void VisitUse(const syntax::Use& use) {
    const NameTable::Entry* entry = context_.names.templates.Resolve(use.name, reporter_);
    if (entry == nullptr) return;
    const auto uses = std::count_if(stack_.begin(), stack_.end(), [](const Frame& frame) {
      return !frame.template_name.empty();
    });
    for (const Frame& frame : stack_) {
      if (frame.template_name == use.name.text) return;  // reported by CheckTemplates
    }
    if (static_cast<size_t>(uses) == kDeepestUse) {
      reporter_.Report(Code::kLimitExceeded, use.name.span,
                       fmt::format("templates in templates, more than {} deep", kDeepestUse));
      return;
    }
    auto bindings = Bind(use, *entry);
    if (bindings == nullptr) return;
    reporter_.PushUse(use.span);
    stack_.push_back(
        {&entry->declaration->body, 0, std::move(bindings), stack_.back().block, use.name.text});
  }

  // Null after reporting.
  std::shared_ptr<const Bindings> Bind(const syntax::Use& use, const NameTable::Entry& entry) {
    const std::vector<syntax::Name>& parameters = entry.declaration->parameters;
    if (use.arguments.size() != parameters.size()) {
      std::string list;
      for (const syntax::Name& parameter : parameters) {
        list += fmt::format("{}{}", list.empty() ? "" : ", ", parameter.text);
      }
      reporter_
          .Report(Code::kBadTemplateUse, use.span,
                  fmt::format("template `{}` takes {} argument{}, found {}", use.name.text,
                              parameters.size(), parameters.size() == 1 ? "" : "s",
                              use.arguments.size()))
          .Also(entry.span, fmt::format("{}({})", use.name.text, list));
      return nullptr;
    }
    auto bindings = std::make_shared<Bindings>();
    for (size_t i = 0; i < parameters.size(); ++i) {
      const syntax::Value& argument = use.arguments[i];
      switch (argument.kind) {
        case ValueKind::kString:
        case ValueKind::kWord: {
          // In a template it may be, or hold, one of that template's own parameters.
          auto text = Substitute(argument.text, argument.span, *stack_.back().bindings, reporter_);
          if (!text) return nullptr;
          (*bindings)[parameters[i].text] = std::move(*text);
          break;
        }
        case ValueKind::kNumber:
        case ValueKind::kDuration:
          (*bindings)[parameters[i].text] = argument.text;
          break;
        default:
          reporter_.Report(Code::kBadTemplateUse, argument.span,
                           fmt::format("argument `{}` is text: a string, a word or a number",
                                       parameters[i].text));
          return nullptr;
      }
    }
    return bindings;
  }

  Context& context_;
  Reporter& reporter_;
  const std::function<bool(const ExpandedRule&)>& lower_;
  std::vector<Frame> stack_;
  bool stopped_ = false;
};

}  // namespace

void CheckTemplates(Context& context) { TemplateCheck(context).Run(); }

bool Expand(Context& context, const std::vector<const syntax::Declaration*>& declarations,
            const std::function<bool(const ExpandedRule&)>& lower) {
  Expansion expansion(context, lower);
  for (const syntax::Declaration* declaration : declarations) {
    if (!expansion.stopped()) expansion.Run(*declaration);
  }
  return !expansion.stopped();
}

}  // namespace mcplexer::model
