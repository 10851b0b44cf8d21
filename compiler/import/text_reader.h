// SPDX-License-Identifier: Apache-2.0
// Values of a configuration as texts of a policy: what is a credential, or comes from the
// environment or a person, becomes a secret.

#ifndef MCPLEXER_COMPILER_IMPORT_TEXT_READER_H_
#define MCPLEXER_COMPILER_IMPORT_TEXT_READER_H_

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/draft.h"
#include "compiler/import/secret_table.h"

namespace mcplexer::importer {

// Where a value stands.
struct ValuePlace {
  std::string key;       // what it is called there; empty for a positional argument
  std::string variable;  // where its secret should be put
  std::string what;      // "the variable `X`"
  uint32_t line = 0;
  bool argument = false;  // of a command line
};

// The texts of one server.
class TextReader {
 public:
  // `own_variables`: of the server's `env`; `${NAME}` with one of them in an argument is the
  // server's to replace.
  // `workspace`: what `${workspaceFolder}` stands for in a text.
  TextReader(SecretTable& secrets, std::string server, std::string file,
             std::set<std::string, std::less<>> own_variables, std::string root)
      : secrets_(secrets),
        server_(std::move(server)),
        file_(std::move(file)),
        own_variables_(std::move(own_variables)),
        root_(std::move(root)) {}

  Text Read(const ValuePlace& place, std::string_view raw);

  // One word of a command line. `before` is the word in front of it, empty for the first.
  Text ReadArgument(std::string_view before, std::string_view raw, uint32_t line);

  // A secret for a literal that the caller has cut out of something.
  size_t Literal(const ValuePlace& place, std::string_view value);

  // What became of `${workspaceFolder}`: whether it stands in one of the texts, as `.`.
  bool used_workspace() const { return used_workspace_; }
  const std::string& server() const { return server_; }
  // Remarks on the texts, once each.
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  Text Credential(const ValuePlace& place, std::string_view raw);
  SecretUse Use(const ValuePlace& place) const;
  void Remark(std::string text);

  SecretTable& secrets_;
  std::string server_;
  std::string file_;
  std::set<std::string, std::less<>> own_variables_;
  std::string root_;
  bool used_workspace_ = false;
  std::vector<std::string> remarks_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_TEXT_READER_H_
