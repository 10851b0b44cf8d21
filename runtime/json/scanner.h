// SPDX-License-Identifier: Apache-2.0
// Scanner: the pass that checks a text and writes a Document's tape. Internal to Document::Parse.

#ifndef MCPLEXER_RUNTIME_JSON_SCANNER_H_
#define MCPLEXER_RUNTIME_JSON_SCANNER_H_

#include <cstdint>
#include <string_view>

#include "runtime/json/document.h"

namespace mcplexer::json {

class Scanner {
 public:
  // `text` is valid UTF-8 of at most Limits::kMaxBytes bytes.
  Scanner(Document& doc, std::string_view text, const Limits& limits);

  // On success doc's tape and count are set; on failure they hold nothing of use.
  ParseStatus Run();

 private:
  // Functions that take and return a position return null after Fail.
  const char* Fail(ErrorKind kind, const char* at);
  const char* FailAt(const char* p);  // a character or the end where neither may be

  const char* ScanValues(const char* p);
  const char* ScanString(const char* p, bool is_key);
  const char* ScanEscapes(const char* p);
  const char* ScanMemberStart(const char* p);
  const char* ScanNumber(const char* p);
  const char* ScanLiteral(const char* p, std::string_view literal, Type type);

  const char* Open(const char* p, Type type);
  const char* Close(const char* p);
  bool CheckKeys(uint32_t object);
  uint64_t EscapedKeyHash(std::string_view key);

  bool Emit(const char* begin, const char* end, uint32_t info);
  bool GrowTape(const char* at);
  uint32_t Offset(const char* p) const { return static_cast<uint32_t>(p - begin_); }

  Document& doc_;
  const char* const begin_;
  const char* const end_;
  const Limits& limits_;
  Node* nodes_;
  uint32_t count_ = 0;
  uint32_t capacity_;
  Document::Frame* frame_;  // the innermost open container; frames_[0] stands for the text itself
  uint32_t depth_ = 0;
  ParseError error_{ErrorKind::kUnexpectedEnd, 0};
};

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_SCANNER_H_
