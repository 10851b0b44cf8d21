// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/load.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "compiler/source/printable.h"

namespace mcplexer::source {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// The first byte that is part of no UTF-8 sequence, or size() if there is none.
size_t FirstBadByte(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return text.size();
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = Decode(text, at);
    if (!point.valid) return at;
    at += point.length;
  }
  return text.size();
}

// Direction controls all begin with E2 80 or E2 81, so memchr does the searching.
size_t FirstDirectionControl(std::string_view text) {
  for (size_t at = text.find('\xE2'); at != std::string_view::npos;
       at = text.find('\xE2', at + 1)) {
    if (IsDirectionControl(Decode(text, at).value)) return at;
  }
  return text.size();
}

// The first place that a reader may see as another line end than the parsers do, or that steers a
// terminal: control characters but for tab, LF and CR LF, and Unicode's line ends.
size_t FirstControl(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) continue;
    if (byte == '\t' || byte == '\n') continue;
    if (byte == '\r' && text.substr(at + 1, 1) == "\n") continue;
    if (byte < 0x20 || byte == 0x7F) return at;
    if (byte != 0xC2 && byte != 0xE2) continue;
    const char32_t value = Decode(text, at).value;
    if ((value >= 0x80 && value < 0xA0) || value == 0x2028 || value == 0x2029) return at;
  }
  return text.size();
}

tl::unexpected<Error> CannotRead(std::string_view shown, int error) {
  return Fail(fmt::format("cannot read `{}`: {}", Printable(shown), std::strerror(error)));
}

Result<FileId> Load(std::FILE* file, std::string shown, const Limits& limits, SourceMap& sources) {
  std::string text;
  const size_t most = limits.file_bytes + 1 + kByteOrderMark.size();
  char buffer[1 << 16];
  while (text.size() < most) {
    const size_t want = std::min(sizeof(buffer), most - text.size());
    const size_t got = std::fread(buffer, 1, want, file);
    text.append(buffer, got);
    if (got < want) break;
  }
  if (std::ferror(file) != 0) return CannotRead(shown, errno != 0 ? errno : EIO);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return sources.Add(std::move(shown), std::move(text));
}

}  // namespace

Result<FileId> LoadFile(const std::string& path, std::string shown, const Limits& limits,
                        SourceMap& sources) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return CannotRead(shown, errno);
  struct stat status = {};
  if (fstat(fileno(file.get()), &status) != 0) return CannotRead(shown, errno);
  if (S_ISDIR(status.st_mode)) return CannotRead(shown, EISDIR);
  return Load(file.get(), std::move(shown), limits, sources);
}

Result<FileId> LoadStandardInput(std::string shown, const Limits& limits, SourceMap& sources) {
  return Load(stdin, std::move(shown), limits, sources);
}

bool CheckText(const SourceMap& sources, FileId file, const Limits& limits,
               Diagnostics& diagnostics) {
  const std::string_view text = sources.text(file);
  const auto span = [&](size_t at, size_t length) {
    return Span{file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)};
  };
  if (text.size() > limits.file_bytes) {
    diagnostics
        .Report(Code::kLimitExceeded, span(0, 0),
                fmt::format("the file is larger than {} bytes, the limit for one source file",
                            limits.file_bytes))
        .Help("split it; `import` puts files together");
    return false;
  }
  if (const size_t bad = FirstBadByte(text); bad < text.size()) {
    diagnostics.Report(Code::kBadEncoding, span(bad, 1),
                       fmt::format("byte 0x{:02x} is not valid UTF-8 here",
                                   static_cast<unsigned char>(text[bad])));
    return false;
  }
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    diagnostics.Report(Code::kBadEncoding, span(nul, 1), "a NUL byte in the source text");
    return false;
  }
  if (const size_t at = FirstDirectionControl(text); at < text.size()) {
    const auto value = static_cast<uint32_t>(Decode(text, at).value);
    diagnostics
        .Report(Code::kHiddenText, span(at, 3),
                fmt::format("U+{:04X} turns the direction of the text that follows", value))
        .Help(fmt::format("write `\\u{{{:x}}}` in a string if it is meant", value));
    return false;
  }
  if (const size_t at = FirstControl(text); at < text.size()) {
    const CodePoint point = Decode(text, at);
    const auto value = static_cast<uint32_t>(point.value);
    diagnostics.Report(
        Code::kHiddenText, span(at, point.length),
        value == '\r'  ? std::string("a carriage return that does not belong to a line end")
        : value < 0xA0 ? fmt::format("the control character U+{:04X}", value)
                       : fmt::format("U+{:04X} ends a line for some readers only", value));
    return false;
  }
  return true;
}

}  // namespace mcplexer::source
