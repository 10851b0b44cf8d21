// SPDX-License-Identifier: Apache-2.0
// Names of a policy out of names that may be anything.

#ifndef MCPLEXER_COMPILER_IMPORT_NAMES_H_
#define MCPLEXER_COMPILER_IMPORT_NAMES_H_

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace mcplexer::importer {

// The longest namespace that a server may have, in bytes.
inline constexpr size_t kLongestNamespace = 32;

// Whether somebody put a credential where a name belongs. It is then no part of any other name.
bool NameHoldsCredential(std::string_view name);

// The nearest name that is also a namespace: runs of anything but letters, digits and `-` become
// one `_`, those at the ends go, and so does what is past 32 bytes. `otherwise` where nothing
// is left, or the name holds a credential, and in front of what reads as a number: `rule_12`.
std::string NamespaceFor(std::string_view name, std::string_view otherwise);

// The name of an environment variable, in upper case: `api-key` is API_KEY. Empty where nothing is
// left, or the name holds a credential.
std::string VariableFor(std::string_view name);

// The variable for what `what` names of the server: SERVER_WHAT, or WHAT where that begins with
// the server's name.
std::string VariableFor(std::string_view server, std::string_view what);

// As Claude Code writes the names of servers in `mcp__SERVER__TOOL`: whatever is no letter, digit,
// `_` or `-` becomes `_`.
std::string PermissionName(std::string_view name);

// Names that are in use. Deterministic: the second `a` becomes `a_2`.
class UniqueNames {
 public:
  explicit UniqueNames(size_t longest = 128) : longest_(longest) {}
  std::string Take(std::string_view wanted);

 private:
  size_t longest_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_NAMES_H_
