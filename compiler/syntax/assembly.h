// SPDX-License-Identifier: Apache-2.0
// The syntax tree while it grows: the blocks that are open, innermost last, and what is in them.

#ifndef MCPLEXER_COMPILER_SYNTAX_ASSEMBLY_H_
#define MCPLEXER_COMPILER_SYNTAX_ASSEMBLY_H_

#include <utility>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/lookahead.h"

namespace mcplexer::syntax {

// Whether a block's head could be read. What stands in a block of which it could not is checked and
// then dropped.
enum class Head : uint8_t { kGood, kBad };

class Assembly {
 public:
  explicit Assembly(FileId file) { file_.id = file; }

  // The innermost open block; kFile if none is.
  Block block() const { return frames_.empty() ? Block::kFile : frames_.back().block; }
  size_t depth() const { return frames_.size(); }
  // What opened the innermost block.
  Span opened() const { return frames_.back().opened; }
  // The declaration that is open.
  Declaration& declaration() { return declaration_; }

  void Add(Declaration declaration) { file_.declarations.push_back(std::move(declaration)); }
  // To the innermost block, which holds rules.
  void Add(BodyItem item) {
    (open_.empty() ? declaration_.body : open_.back().items).push_back(std::move(item));
  }

  void Open(Block block, Span opened, Head head, Declaration declaration) {
    declaration_ = std::move(declaration);
    frames_.push_back({block, opened, head});
  }
  void OpenIn(Span opened, Head head, BodyItem item) {
    open_.push_back(std::move(item));
    frames_.push_back({Block::kIn, opened, head});
  }
  // Closes the innermost block, which ends at the byte `end`.
  void Close(uint32_t end) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.block == Block::kIn) {
      BodyItem item = std::move(open_.back());
      open_.pop_back();
      item.span.end = end;
      if (frame.head == Head::kGood) Add(std::move(item));
      return;
    }
    declaration_.span.end = end;
    if (frame.head == Head::kGood) Add(std::move(declaration_));
    declaration_ = Declaration();
  }

  // The finished tree; blocks that are still open are not in it.
  File Take() { return std::move(file_); }

 private:
  struct Frame {
    Block block;
    Span opened;
    Head head;
  };

  File file_;
  Declaration declaration_;
  std::vector<BodyItem> open_;  // the `in` blocks, outermost first
  std::vector<Frame> frames_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_ASSEMBLY_H_
