// SPDX-License-Identifier: Apache-2.0
// The secrets of an import. A value is kept only to tell equal ones from different ones, and is
// gone with the table: nothing that comes out of it holds one.

#ifndef MCPLEXER_COMPILER_IMPORT_SECRET_TABLE_H_
#define MCPLEXER_COMPILER_IMPORT_SECRET_TABLE_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/draft.h"

namespace mcplexer::importer {

// Where a secret was met.
struct SecretUse {
  std::string server;  // whose it is, for names that must be told apart
  std::string what;    // "the variable `GITHUB_TOKEN` of `github`"
  std::string file;
  uint32_t line = 0;
};

class SecretTable {
 public:
  // A literal in the file. It should be put into `variable` of the gateway's environment, or
  // SERVER_VARIABLE where several servers have different values for that name.
  size_t Literal(std::string_view variable, std::string_view value, SecretUse use);
  // What the client takes from the variable `variable` of its own environment.
  size_t Reference(std::string_view variable, SecretUse use);
  // What the client asks a person for.
  size_t Input(std::string_view id, SecretUse use);

  // Settles names and variables; ids of the functions above are indices into the result. Marks none
  // as used.
  std::vector<Secret> Finish() const;

 private:
  enum class Origin : uint8_t { kLiteral, kReference, kInput };
  struct Entry {
    Origin origin;
    std::string variable;
    SecretUse use;  // the first
  };

  size_t Add(Origin origin, std::string variable, std::string_view identity, SecretUse use);

  std::vector<Entry> entries_;
  std::map<std::string, size_t> index_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_SECRET_TABLE_H_
