// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/fmt.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/output.h"
#include "compiler/model/find.h"
#include "compiler/source/fix.h"
#include "compiler/source/load.h"
#include "compiler/source/printable.h"
#include "compiler/syntax/format.h"

namespace mcplexer::commands {
namespace {

enum class Mode : uint8_t { kRewrite, kCheck, kFilter };

// What is in comments could drive a terminal.
std::string ShownLines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    out += source::Printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Formats one file; `-` is standard input. The exit code that it calls for.
int FormatFile(const std::string& path, Mode mode) {
  const source::Limits limits;
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const std::string shown = path == "-" ? "<stdin>" : path;
  const Result<FileId> file = path == "-" ? source::LoadStandardInput(shown, limits, sources)
                                          : source::LoadFile(path, shown, limits, sources);
  if (!file) {
    Complain(file.error().message);
    return kUsage;
  }
  const std::optional<std::string> formatted =
      syntax::FormatPlex(sources, *file, limits, diagnostics);
  diagnostics.Sort();
  ShowDiagnostics(sources, diagnostics, "text");
  if (!formatted) return kFindings;
  const std::string_view text = sources.text(*file);
  if (mode == Mode::kFilter) {
    if (const Status written = WriteFile("-", *formatted); !written) {
      Complain(fmt::format("cannot write: {}", written.error().message));
      return kInternal;
    }
    return kClean;
  }
  if (text == *formatted) return kClean;
  if (mode == Mode::kCheck) {
    const std::string diff = source::UnifiedDiff(shown, text, *formatted);
    fmt::print("{}", ::isatty(STDOUT_FILENO) == 1 ? ShownLines(diff) : diff);
    return kFindings;
  }
  if (const Status written = RewriteFile(path, *formatted); !written) {
    Complain(written.error().message);
    return kUsage;
  }
  fmt::print(stderr, "formatted {}\n", source::Printable(shown));
  return kClean;
}

int RunFmt(const std::vector<std::string>& paths, bool check) {
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    if (paths.size() == 1) {
      return FormatFile("-", check ? Mode::kCheck : Mode::kFilter);
    }
    Complain("`-` is standard input and stands alone");
    return kUsage;
  }
  const model::Found found = model::FindFiles(paths, model::Disk());
  int exit_code = kClean;
  for (const Error& error : found.unreadable) {
    Complain(error.message);
    exit_code = kUsage;
  }
  std::set<std::string_view> seen;
  for (const model::FoundFile& file : found.files) {
    if (!model::IsPlex(file.shown) || !seen.insert(file.canonical).second) continue;
    const int code = FormatFile(file.shown, check ? Mode::kCheck : Mode::kRewrite);
    exit_code = std::max(exit_code, code);
  }
  if (seen.empty() && found.unreadable.empty()) {
    Complain("no .plex file found; YAML is left as it is");
    return kUsage;
  }
  return exit_code;
}

}  // namespace

void AddFmt(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("fmt", "Write .plex files in the one style");
  auto paths = std::make_shared<std::vector<std::string>>(1, ".");
  auto check = std::make_shared<bool>(false);
  command
      ->add_option("paths", *paths,
                   "Files, or directories to search for .plex; - is standard input to output")
      ->type_name("PATH");
  command->add_flag("--check", *check,
                    "Change nothing, show what would change, and exit with 1 if anything would");
  command->footer("Example: mcplexerc fmt --check policies/");
  command->callback([paths, check, &exit_code] { exit_code = RunFmt(*paths, *check); });
}

}  // namespace mcplexer::commands
