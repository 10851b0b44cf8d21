// SPDX-License-Identifier: Apache-2.0
// References as clients write them: `${env:NAME}`, `${input:id}`, `${workspaceFolder}` (VS Code,
// Cursor, Windsurf), `${NAME}` and `${NAME:-default}` (Claude Code), `$NAME` as a whole value
// (Gemini CLI), `{env:NAME}` and `{file:PATH}` (OpenCode), `${{ secrets.NAME }}` (Continue),
// `{{NAME}}` (LibreChat).

#ifndef MCPLEXER_COMPILER_IMPORT_PLACEHOLDER_H_
#define MCPLEXER_COMPILER_IMPORT_PLACEHOLDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::importer {

struct Segment {
  enum class Kind : uint8_t {
    kLiteral,
    kVariable,       // of the environment; `text` is its name
    kInput,          // asked for when the server starts; `text` is its id
    kWorkspace,      // the directory that is open
    kWorkspaceName,  // its last part
    kHome,
    kSeparator,  // between the parts of a path
    kUnknown,    // `text` is the whole reference
  };
  Kind kind = Kind::kLiteral;
  std::string text;
  std::optional<std::string> otherwise;  // after `:-`
};

// The segments of `text` in order, no two literals in a row. What is not closed is literal.
std::vector<Segment> SplitPlaceholders(std::string_view text);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_PLACEHOLDER_H_
