// SPDX-License-Identifier: Apache-2.0
// Diagnostics: what the compiler has to say to a person. Codes are permanent and declared once, in
// diagnostics.def. Wording: lower case, no full stop, the user's text in backticks, what was
// observed first; the message stands alone on one line.

#ifndef MCPLEXER_COMPILER_SOURCE_DIAGNOSTIC_H_
#define MCPLEXER_COMPILER_SOURCE_DIAGNOSTIC_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/source/source.h"

namespace mcplexer::source {

enum class Severity : uint8_t { kNote, kWarning, kError };

enum class Code : uint16_t {
#define MCPLEXER_DIAGNOSTIC(name, code, severity, title) name,
#include "compiler/source/diagnostics.def"
#undef MCPLEXER_DIAGNOSTIC
};

struct CodeInfo {
  Code code;
  std::string_view text;  // "E0401"
  Severity severity;
  std::string_view title;  // what the finding is called, without the particulars
};

const CodeInfo& Info(Code code);
// The code written as `text` ("E0401"), if there is one.
std::optional<Code> FindCode(std::string_view text);
const std::vector<CodeInfo>& AllCodes();

struct Label {
  Span span;
  std::string text;
};

enum class NoteKind : uint8_t { kNote, kExample, kHelp };

struct Note {
  NoteKind kind;
  std::string text;
};

// One change of a source: the text at `span` (nothing, where it is empty) becomes `replacement`.
struct Edit {
  Span span;
  std::string replacement;
};

enum class Applicability : uint8_t {
  // Changes no decision, which is proven before it is written. Of an error, where there are no
  // decisions yet: does what was plainly meant, and is written when the policy compiles with it.
  kSafe,
  kUnsafe,  // changes what the policy does, or may: only where a person asks for it
};

// Edits that belong together: all of them or none. They do not overlap.
struct Fix {
  Applicability applicability = Applicability::kUnsafe;
  std::string description;  // imperative: "delete the rule"
  std::vector<Edit> edits;
};

struct Diagnostic {
  Code code;
  std::string message;
  Label primary;  // may have an invalid span: then nothing of the source is shown
  std::vector<Label> secondary;
  std::vector<Note> notes;
  std::vector<Fix> fixes;  // alternatives, the best first
  // Where the templates are used that the place comes out of, the outermost first: a comment that
  // accepts the finding may stand at any of them as well.
  std::vector<Span> uses;
  std::optional<std::string> suppressed;  // the reason that a comment in the sources gives

  Diagnostic(Code c, Span span, std::string text)
      : code(c), message(std::move(text)), primary{span, ""} {}

  Diagnostic& Mark(std::string text) & {
    primary.text = std::move(text);
    return *this;
  }
  Diagnostic& Also(Span span, std::string text) & {
    secondary.push_back({span, std::move(text)});
    return *this;
  }
  Diagnostic& Example(std::string text) & {
    notes.push_back({NoteKind::kExample, std::move(text)});
    return *this;
  }
  Diagnostic& Help(std::string text) & {
    notes.push_back({NoteKind::kHelp, std::move(text)});
    return *this;
  }
  Diagnostic& Offer(Fix fix) & {
    fixes.push_back(std::move(fix));
    return *this;
  }
};

// Collects the diagnostics of one compilation. Each phase adds; none reads.
class Diagnostics {
 public:
  // Adds one and returns it for Mark, Also, Help; the reference holds until the next Report.
  Diagnostic& Report(Code code, Span span, std::string message);
  void Add(Diagnostic diagnostic);

  const std::vector<Diagnostic>& all() const { return all_; }
  std::vector<Diagnostic>& all() { return all_; }
  // Without those that are suppressed.
  size_t count(Severity severity) const;
  size_t suppressed_count() const;
  bool has_errors() const { return count(Severity::kError) > 0; }
  // By file (in `sources` order), place and code, duplicates removed.
  void Sort();

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_DIAGNOSTIC_H_
