// SPDX-License-Identifier: Apache-2.0
// Source files and places in them. A place is a span of bytes; line and column are computed only
// when something is shown. Files are added before parsing starts and never change afterwards.

#ifndef MCPLEXER_COMPILER_SOURCE_SOURCE_H_
#define MCPLEXER_COMPILER_SOURCE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/id.h"

namespace mcplexer::source {

// Half-open range of byte offsets in one file. An invalid file id means "no place in the sources"
// (a command-line option, a default).
struct Span {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool valid() const { return file.valid(); }
  friend auto operator<=>(const Span&, const Span&) = default;
};

// 1-based line, 1-based column in Unicode code points.
struct Position {
  uint32_t line = 0;
  uint32_t column = 0;
};

// All files of one compilation. Append-only; references to a file's text stay valid. Not
// thread-safe while files are added.
class SourceMap {
 public:
  // `path` is the name shown to people and stored in the plan's source map.
  FileId Add(std::string path, std::string text);

  size_t size() const { return files_.size(); }
  const std::string& path(FileId file) const;
  std::string_view text(FileId file) const;
  std::string_view text(Span span) const;
  Position position(FileId file, uint32_t offset) const;
  // The whole of a line, 1-based, without its line end (LF or CR LF).
  std::string_view line_text(FileId file, uint32_t line) const;
  // Where that line begins, in bytes.
  uint32_t line_start(FileId file, uint32_t line) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<uint32_t> line_starts;
  };
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_SOURCE_H_
