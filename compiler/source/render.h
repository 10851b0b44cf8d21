// SPDX-License-Identifier: Apache-2.0
// Diagnostics as people and programs read them. Every renderer is a pure function of the sources
// and the diagnostic; the user's text is escaped (printable.h), so output never drives a terminal.

#ifndef MCPLEXER_COMPILER_SOURCE_RENDER_H_
#define MCPLEXER_COMPILER_SOURCE_RENDER_H_

#include <span>
#include <string>
#include <string_view>

#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"

namespace mcplexer::source {

enum class Color : uint8_t { kNever, kAlways };

// "error", "warning" or "note".
std::string_view SeverityText(Severity severity);
// "note", "example" or "help".
std::string_view NoteText(NoteKind kind);

// Several lines: the message, the source with carets below the place, other places, notes. Ends
// with a line end. Lines that hold one of the `secrets` are not shown: a finding of something else
// may lie on them.
std::string RenderText(const SourceMap& sources, const Diagnostic& diagnostic,
                       Color color = Color::kNever, std::span<const Span> secrets = {});

// `path:line:col: error[E0401]: message` and a line end; without a place, `error[E0401]: message`.
std::string RenderShort(const SourceMap& sources, const Diagnostic& diagnostic);

// One JSON object and a line end, in ASCII; schemas/diagnostic.schema.json is its contract.
std::string RenderJson(const SourceMap& sources, const Diagnostic& diagnostic);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_RENDER_H_
