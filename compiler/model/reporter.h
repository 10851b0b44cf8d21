// SPDX-License-Identifier: Apache-2.0
// Diagnostics of the model. A rule that comes out of a template has two places, the template's and
// the use's, and the same mistake would come once for every use: the reporter adds the uses as
// labels and lets one of equals through. It also keeps hostile input from filling the memory with
// diagnostics or the time with suggestions.

#ifndef MCPLEXER_COMPILER_MODEL_REPORTER_H_
#define MCPLEXER_COMPILER_MODEL_REPORTER_H_

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

using source::Code;
using source::Span;

// Not thread-safe; one for one compilation.
class Reporter {
 public:
  Reporter(const source::SourceMap& sources, const source::Limits& limits,
           source::Diagnostics& diagnostics);

  // As Diagnostics::Report. The reference holds until the next call, also when nothing is kept:
  // what was said before, and what is missing (E0110) from a file in which a parser left something
  // out.
  source::Diagnostic& Report(Code code, Span span, std::string message);
  // Adds "did you mean" when one of `candidates` is near to `name`. False where none is.
  bool Suggest(source::Diagnostic& diagnostic, std::string_view name,
               std::span<const std::string_view> candidates);
  // Adds all `names` where they are few: "declared are ..", `what` being "declared".
  void List(source::Diagnostic& diagnostic, std::string_view what,
            std::span<const std::string_view> names);

  // The same for a name as it stands in the sources: offers to put the other one there, too, where
  // that is the only one a single edit away.
  bool Suggest(source::Diagnostic& diagnostic, const syntax::Name& name,
               std::span<const std::string_view> candidates);

  // Whether a parser reported an error in the file: what follows from that is not said again.
  bool Incomplete(FileId file) const { return incomplete_.find(file) != incomplete_.end(); }

  // Until the matching PopUse, what is reported lies in a template that is used at `use`.
  void PushUse(Span use) { uses_.push_back(use); }
  void PopUse() { uses_.pop_back(); }
  // The outermost first.
  const std::vector<Span>& uses() const { return uses_; }

  // The place of text[offset, offset + length), where `text` is what the token at `span` says:
  // exact where the source holds the text as it is, `span` where it is escaped or comes from a
  // template.
  Span Narrow(Span span, std::string_view text, size_t offset, size_t length) const;

 private:
  source::Diagnostic& Drop(Code code, Span span);

  const source::SourceMap& sources_;
  const source::Limits& limits_;
  source::Diagnostics& diagnostics_;
  std::vector<Span> uses_;
  std::unordered_set<std::string> seen_;
  std::vector<size_t> per_file_;
  std::set<FileId> incomplete_;  // files with syntax errors
  // Each search is linear in the number of names.
  int suggestions_left_ = 200;
  source::Diagnostic dropped_{Code::kSyntaxError, Span{}, ""};
};

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_REPORTER_H_
