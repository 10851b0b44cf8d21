// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "compiler/commands/sarif.h"
#include "compiler/commands/workflow_commands.h"
#include "compiler/source/printable.h"
#include "compiler/source/render.h"

namespace mcplexer::commands {
namespace {

source::Severity LevelOf(std::string_view name) {
  return name == "note"      ? source::Severity::kNote
         : name == "warning" ? source::Severity::kWarning
                             : source::Severity::kError;
}

std::string Render(const source::SourceMap& sources, const source::Diagnostic& diagnostic,
                   const std::string& format, source::Color color,
                   std::span<const source::Span> secrets) {
  if (format == "json") return RenderJson(sources, diagnostic);
  if (format == "short") return RenderShort(sources, diagnostic);
  return RenderText(sources, diagnostic, color, secrets);
}

std::vector<source::Span> SecretSpans(const source::Diagnostics& diagnostics) {
  std::vector<source::Span> spans;
  for (const source::Diagnostic& diagnostic : diagnostics.all()) {
    const source::Span span = diagnostic.primary.span;
    if (diagnostic.code == source::Code::kSecretLiteral && span.valid()) spans.push_back(span);
  }
  return spans;
}

}  // namespace

void SourceOptions::AddTo(CLI::App& command, const std::vector<std::string>& formats) {
  command.add_option("paths", paths, "Policy files, or directories to search for them")
      ->type_name("PATH");
  command.add_option("--format", format, "How findings are shown")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  command.add_option("--fail-level", fail_level, "Least severe finding that makes the exit code 1")
      ->check(CLI::IsMember({"error", "warning", "note"}))
      ->capture_default_str();
  command
      .add_option("--inventory", inventory,
                  "What servers offer (`lock`); default: mcplexer.lock beside the sources, if any")
      ->type_name("FILE");
  command.add_option("--home", home, "What `~` and `${HOME}` stand for")
      ->type_name("DIR")
      ->check(IsAbsolutePath);
}

std::string IsAbsolutePath(const std::string& value) {
  return value.starts_with('/') ? "" : "must be an absolute path";
}

CompileOptions SourceOptions::ToCompile() const {
  CompileOptions options;
  options.paths = paths;
  options.home = home;
  options.inventory = inventory;
  return options;
}

void ShowDiagnostics(const source::SourceMap& sources, const source::Diagnostics& diagnostics,
                     const std::string& format) {
  const bool color = ::isatty(STDERR_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  const std::vector<source::Span> secrets = SecretSpans(diagnostics);
  for (const source::Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.suppressed) continue;
    const std::string text =
        Render(sources, diagnostic, format, color ? source::Color::kAlways : source::Color::kNever,
               secrets);
    std::fwrite(text.data(), 1, text.size(), stderr);
    if (format == "text") std::fputc('\n', stderr);
  }
}

const std::vector<std::string> kFindingFormats = {"text", "short", "json", "sarif", "github"};

void PrintCountLine(const Compilation& compilation, const SourceOptions& options,
                    StandardOutput output) {
  const bool free = output == StandardOutput::kFree && options.format != "sarif";
  fmt::print(free ? stdout : stderr, "{}\n", CountLine(compilation));
}

int Report(const Compilation& compilation, const SourceOptions& options, StandardOutput output) {
  std::FILE* const log = output == StandardOutput::kFree ? stdout : stderr;
  const bool whole = options.format == "sarif" || options.format == "github";
  if (whole) {
    const std::string text =
        options.format == "sarif" ? SarifLog(compilation) : WorkflowCommands(compilation);
    std::fwrite(text.data(), 1, text.size(), log);
  } else {
    ShowDiagnostics(compilation.sources, compilation.diagnostics, options.format);
  }
  bool failed = false;
  for (const source::Diagnostic& diagnostic : compilation.diagnostics.all()) {
    if (diagnostic.suppressed) continue;
    failed |= source::Info(diagnostic.code).severity >= LevelOf(options.fail_level);
  }
  if (!whole) {
    for (const std::string& error : compilation.input_errors) Complain(error);
  }
  if (!compilation.input_errors.empty()) return kUsage;
  return failed || compilation.plan.empty() ? kFindings : kClean;
}

std::string CountLine(const Compilation& compilation) {
  const source::Diagnostics& diagnostics = compilation.diagnostics;
  std::string line = fmt::format("{}, {}, {}, {}", Count(compilation.file_count(), "file"),
                                 Count(compilation.rule_count(), "rule"),
                                 Count(diagnostics.count(source::Severity::kError), "error"),
                                 Count(diagnostics.count(source::Severity::kWarning), "warning"));
  if (const size_t suppressed = diagnostics.suppressed_count(); suppressed > 0) {
    line += fmt::format(", {} suppressed", suppressed);
  }
  return line;
}

std::string Count(size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

Status WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Fail(std::strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

namespace {

Status Replace(const std::string& path, std::string_view bytes, mode_t mode) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  const auto fail = [&] {
    const std::string message = fmt::format("cannot write `{}`: {}", path, std::strerror(errno));
    ::unlink(temporary.c_str());
    return Fail(message);
  };
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) return fail();
  const Status written = WriteAll(file, bytes);
  if (::close(file) != 0 || !written) return fail();
  if (::rename(temporary.c_str(), path.c_str()) != 0) return fail();
  return {};
}

}  // namespace

Status WriteFile(const std::string& path, std::string_view bytes) {
  if (path == "-") return WriteAll(STDOUT_FILENO, bytes);
  return Replace(path, bytes, 0644);
}

Status RewriteFile(const std::string& path, std::string_view bytes) {
  struct stat status = {};
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr),
                                                           &std::free);
  if (!target || ::stat(target.get(), &status) != 0) {
    return Fail(fmt::format("cannot write `{}`: {}", path, std::strerror(errno)));
  }
  return Replace(target.get(), bytes, status.st_mode & 07777);
}

void Complain(std::string_view message) {
  const std::string line = fmt::format("mcplexerc: {}\n", source::Printable(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace mcplexer::commands
