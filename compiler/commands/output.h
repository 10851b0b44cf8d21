// SPDX-License-Identifier: Apache-2.0
// What the commands have in common: options, how diagnostics are shown, exit codes.

#ifndef MCPLEXER_COMPILER_COMMANDS_OUTPUT_H_
#define MCPLEXER_COMPILER_COMMANDS_OUTPUT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/compilation.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

// docs/cli.md: clean; findings; bad usage, unreadable or no input; internal error or inconclusive.
enum ExitCode : int { kClean = 0, kFindings = 1, kUsage = 2, kInternal = 3 };

// The options that every command which reads sources shares.
struct SourceOptions {
  std::vector<std::string> paths = {"."};
  std::string format = "text";
  std::string fail_level = "error";
  std::string home;
  std::string inventory;

  CompileOptions ToCompile() const;

  // `formats`: the values that --format takes.
  void AddTo(CLI::App& command, const std::vector<std::string>& formats);
};

// For an option's `check`: empty, or what is wrong.
std::string IsAbsolutePath(const std::string& value);

// All that --format may be for a command whose result are its findings.
extern const std::vector<std::string> kFindingFormats;

// What standard output is for: nothing else, or the data that the command makes.
enum class StandardOutput : uint8_t { kFree, kTaken };

// Diagnostics in the format asked for: coloured text only on a terminal and without NO_COLOR. They
// go to standard error, but where it is free a SARIF log and workflow commands go to standard
// output, where those who ask for them look for them. Returns the exit code that they and the
// inputs call for.
int Report(const Compilation& compilation, const SourceOptions& options,
           StandardOutput output = StandardOutput::kFree);

// CountLine to standard output; to standard error where data or a SARIF log is there already.
void PrintCountLine(const Compilation& compilation, const SourceOptions& options,
                    StandardOutput output = StandardOutput::kFree);

// The same without an exit code, for commands that do not compile.
void ShowDiagnostics(const source::SourceMap& sources, const source::Diagnostics& diagnostics,
                     const std::string& format);

// The last line of a command that checks: "2 files, 14 rules, 0 errors, 1 warning, 3 suppressed",
// the last part only where it is not 0.
std::string CountLine(const Compilation& compilation);

// "1 file", "3 files".
std::string Count(size_t number, std::string_view noun);

// All bytes, or fails with what the system says.
Status WriteAll(int descriptor, std::string_view bytes);

// Writes the whole file or fails; `-` is standard output. A file appears under its name only when
// it is complete.
Status WriteFile(const std::string& path, std::string_view bytes);

// The same for a file that exists: its mode stays what it is, and a link to it stays a link.
Status RewriteFile(const std::string& path, std::string_view bytes);

// One line to standard error: "mcplexerc: MESSAGE".
void Complain(std::string_view message);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_OUTPUT_H_
