// SPDX-License-Identifier: Apache-2.0
// The names of one kind of declaration: where each is declared and which id it has.

#ifndef MCPLEXER_COMPILER_MODEL_NAMES_H_
#define MCPLEXER_COMPILER_MODEL_NAMES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// Whether `text` can name something: letters, digits, `_` and `-`, not `-` first, 1..128 bytes. No
// dot and no `#`, which rule ids are put together with, and nothing a file name could not hold.
bool IsName(std::string_view text);

// Not thread-safe while names are added.
class NameTable {
 public:
  struct Entry {
    const syntax::Declaration* declaration = nullptr;  // null for groups
    Span span;
    uint32_t id = 0;  // position by name, once all are added
  };

  // `what` is how messages call the kind: "server".
  explicit NameTable(std::string_view what) : what_(what) {}

  // False after reporting a name that is none (E0108) or is taken (E0207).
  bool Add(const syntax::Name& name, const syntax::Declaration* declaration, Reporter& reporter);
  // For names that are declared by being used.
  void AddImplicit(const syntax::Name& name);
  // Numbers the entries by name.
  void Number();

  // Null if there is no such name.
  const Entry* Find(std::string_view name) const;
  // The same, after reporting E0201 with the nearest name.
  const Entry* Resolve(const syntax::Name& name, Reporter& reporter) const;

  std::vector<std::string_view> names() const;
  const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }
  std::string_view what() const { return what_; }

 private:
  std::string_view what_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_NAMES_H_
