// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/source.h"

#include <algorithm>

#include "runtime/base/check.h"

namespace mcplexer::source {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

FileId SourceMap::Add(std::string path, std::string text) {
  // Offsets are 32 bits wide; the loader's limit is far below.
  MCPLEXER_CHECK(text.size() < UINT32_MAX);
  auto file = std::make_unique<File>();
  file->path = std::move(path);
  file->text = std::move(text);
  file->line_starts.push_back(0);
  for (size_t at = file->text.find('\n'); at != std::string::npos;
       at = file->text.find('\n', at + 1)) {
    file->line_starts.push_back(static_cast<uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return FileId(files_.size() - 1);
}

const std::string& SourceMap::path(FileId file) const { return files_.at(file.index())->path; }

std::string_view SourceMap::text(FileId file) const { return files_.at(file.index())->text; }

std::string_view SourceMap::text(Span span) const {
  const std::string_view all = text(span.file);
  const size_t begin = std::min<size_t>(span.begin, all.size());
  const size_t end = std::clamp<size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

Position SourceMap::position(FileId file, uint32_t offset) const {
  const File& f = *files_.at(file.index());
  offset = std::min(offset, static_cast<uint32_t>(f.text.size()));
  const auto next = std::upper_bound(f.line_starts.begin(), f.line_starts.end(), offset);
  const uint32_t start = *(next - 1);
  uint32_t column = 1;
  for (uint32_t i = start; i < offset; ++i) column += IsContinuation(f.text[i]) ? 0u : 1u;
  return {static_cast<uint32_t>(next - f.line_starts.begin()), column};
}

uint32_t SourceMap::line_start(FileId file, uint32_t line) const {
  const File& f = *files_.at(file.index());
  MCPLEXER_CHECK(line >= 1 && line <= f.line_starts.size());
  return f.line_starts[line - 1];
}

std::string_view SourceMap::line_text(FileId file, uint32_t line) const {
  const File& f = *files_.at(file.index());
  const uint32_t begin = line_start(file, line);
  const size_t end = line < f.line_starts.size() ? f.line_starts[line] - 1 : f.text.size();
  std::string_view result = std::string_view(f.text).substr(begin, end - begin);
  if (!result.empty() && result.back() == '\r') result.remove_suffix(1);
  return result;
}

}  // namespace mcplexer::source
