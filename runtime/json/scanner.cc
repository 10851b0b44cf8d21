// SPDX-License-Identifier: Apache-2.0
// One pass, no recursion, no look-back.
//
// The grammar of JSON needs one token of look-ahead and a stack of open brackets. ScanValues holds
// both loops: the outer one stands where a value begins, the inner one where a value has just ended
// and only a comma, a closing bracket or the end may follow. Each place has its own branches, which
// predict better than one shared switch over all tokens. Runs of bytes are skipped by bytes.h.
//
// Duplicate keys: each key gets a hash while it is at hand. A frame keeps a set of 64 bits, one for
// each value of the hash's top six; as long as no bit is set twice no two keys can be equal, and
// most objects are done without a comparison. The others are searched when they close
// (unique_keys.cc).
//
// UTF-8 has been checked over the whole text before, which is faster than doing it here, so every
// byte from 0x80 up in a string is fine, and elsewhere is an unexpected character.
#include "runtime/json/scanner.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "runtime/json/bytes.h"
#include "runtime/json/key_hash.h"
#include "runtime/json/unescape.h"

namespace mcplexer::json {
namespace {

constexpr uint32_t Info(Type type) { return static_cast<uint32_t>(type); }

constexpr uint32_t kFirstNodes = 128;
constexpr size_t kFirstFrames = 8;

}  // namespace

Scanner::Scanner(Document& doc, std::string_view text, const Limits& limits)
    : doc_(doc), begin_(text.data()), end_(text.data() + text.size()), limits_(limits) {
  // Grown by need, not by the size of the text: a megabyte may be one string.
  if (doc_.nodes_ == nullptr) {
    doc_.capacity_ = std::min(kFirstNodes, limits.nodes);
    doc_.nodes_ = std::make_unique_for_overwrite<Node[]>(doc_.capacity_);
  }
  // The tape kept from before may be larger than what this parse may use.
  capacity_ = std::min(doc_.capacity_, limits.nodes);
  nodes_ = doc_.nodes_.get();
  if (doc_.frames_.empty()) doc_.frames_.resize(kFirstFrames);
  frame_ = doc_.frames_.data();
}

ParseStatus Scanner::Run() {
  const char* p = ScanValues(SkipSpace(begin_, end_));
  if (p != nullptr) {
    p = SkipSpace(p, end_);
    if (p != end_) Fail(ErrorKind::kTrailingContent, p), p = nullptr;
  }
  if (p == nullptr) return tl::unexpected(error_);
  doc_.count_ = count_;
  return {};
}

// From the first byte of the root value to the byte behind it.
const char* Scanner::ScanValues(const char* p) {
  while (true) {
    if (p == end_) [[unlikely]] {
      return FailAt(p);
    }
    switch (*p) {
      case '"':
        p = ScanString(p, /*is_key=*/false);
        break;
      case '{':
        p = Open(p, Type::kObject);
        if (p == nullptr) return nullptr;
        if (p == end_ || *p != '}') {
          p = ScanMemberStart(p);
          if (p == nullptr) return nullptr;
          continue;
        }
        p = Close(p);
        break;
      case '[':
        p = Open(p, Type::kArray);
        if (p == nullptr) return nullptr;
        if (p == end_ || *p != ']') continue;
        p = Close(p);
        break;
      case 't':
        p = ScanLiteral(p, "true", Type::kTrue);
        break;
      case 'f':
        p = ScanLiteral(p, "false", Type::kFalse);
        break;
      case 'n':
        p = ScanLiteral(p, "null", Type::kNull);
        break;
      default:
        p = ScanNumber(p);
        break;
    }

    while (true) {
      if (p == nullptr) [[unlikely]] {
        return nullptr;
      }
      if (depth_ == 0) return p;
      p = SkipSpace(p, end_);
      if (p == end_) [[unlikely]] {
        return FailAt(p);
      }
      if (*p == ',') {
        p = SkipSpace(p + 1, end_);
        if (frame_->close == ']') break;
        p = ScanMemberStart(p);
        if (p == nullptr) [[unlikely]] {
          return nullptr;
        }
        break;
      }
      if (static_cast<uint8_t>(*p) != frame_->close) [[unlikely]] {
        return FailAt(p);
      }
      p = Close(p);
    }
  }
}

// From a key's quote to the first byte of its value.
inline const char* Scanner::ScanMemberStart(const char* p) {
  if (p == end_ || *p != '"') [[unlikely]] {
    return FailAt(p);
  }
  p = ScanString(p, /*is_key=*/true);
  if (p == nullptr) [[unlikely]] {
    return nullptr;
  }
  p = SkipSpace(p, end_);
  if (p == end_ || *p != ':') [[unlikely]] {
    return FailAt(p);
  }
  return SkipSpace(p + 1, end_);
}

// In both of its places, so that neither asks what it is: most of the time of small objects is
// here.
[[gnu::always_inline]] inline const char* Scanner::ScanString(const char* p, bool is_key) {
  const char* content = p + 1;
  const char* q = SkipPlain(content, end_);
  uint32_t info = Info(Type::kString);
  if (q == end_ || *q != '"') [[unlikely]] {
    q = ScanEscapes(q);
    if (q == nullptr) return nullptr;
    info |= Node::kEscaped;
  }
  if (is_key) {
    const std::string_view key(content, static_cast<size_t>(q - content));
    const uint64_t hash = (info & Node::kEscaped) == 0 ? QuickKeyHash(key.data(), key.size(), end_)
                                                       : EscapedKeyHash(key);
    const uint64_t bit = uint64_t{1} << (hash >> 58);
    frame_->may_repeat |= static_cast<uint8_t>((frame_->seen_keys & bit) != 0);
    frame_->seen_keys |= bit;
    info |= static_cast<uint32_t>(hash >> 40) << Node::kHashShift;
  }
  if (!Emit(p, q + 1, info)) return nullptr;
  return q + 1;
}

// From the first byte that is not plain to the closing quote.
const char* Scanner::ScanEscapes(const char* p) {
  while (true) {
    if (p == end_) return FailAt(p);
    if (*p == '"') return p;
    if (*p != '\\') return Fail(ErrorKind::kControlCharacter, p);
    const Escape escape = ReadEscape(p, end_);
    if (escape.next == nullptr) return Fail(escape.error, p);
    p = SkipPlain(escape.next, end_);
  }
}

// number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ( "e" / "E" ) [ "+" / "-" ] 1*digit
// ]
inline const char* Scanner::ScanNumber(const char* p) {
  const char* digits = p;
  if (*p == '-') {
    ++digits;
  } else if (*p < '0' || *p > '9') [[unlikely]] {
    return FailAt(p);
  }
  const char* q = SkipDigits(digits, end_);
  if (q == digits || (*digits == '0' && q - digits > 1)) [[unlikely]] {
    return Fail(ErrorKind::kInvalidNumber, p);
  }
  if (q != end_ && *q == '.') {
    const char* fraction = q + 1;
    q = SkipDigits(fraction, end_);
    if (q == fraction) return Fail(ErrorKind::kInvalidNumber, p);
  }
  if (q != end_ && (*q | 0x20) == 'e') {
    const char* exponent = q + 1;
    if (exponent != end_ && (*exponent == '+' || *exponent == '-')) ++exponent;
    q = SkipDigits(exponent, end_);
    if (q == exponent) return Fail(ErrorKind::kInvalidNumber, p);
  }
  if (!Emit(p, q, Info(Type::kNumber))) return nullptr;
  return q;
}

inline const char* Scanner::ScanLiteral(const char* p, std::string_view literal, Type type) {
  const size_t left = static_cast<size_t>(end_ - p);
  if (left < literal.size() || std::memcmp(p, literal.data(), literal.size()) != 0) [[unlikely]] {
    return Fail(ErrorKind::kInvalidLiteral, p);
  }
  if (!Emit(p, p + literal.size(), Info(type))) return nullptr;
  return p + literal.size();
}

// From an opening bracket to the first byte behind it that is not white space.
inline const char* Scanner::Open(const char* p, Type type) {
  if (depth_ >= limits_.depth) [[unlikely]] {
    return Fail(ErrorKind::kTooDeep, p);
  }
  ++depth_;
  if (depth_ >= doc_.frames_.size()) [[unlikely]] {
    doc_.frames_.resize(doc_.frames_.size() * 2);
  }
  frame_ = doc_.frames_.data() + depth_;
  *frame_ = {.seen_keys = 0,
             .node = count_,
             .close = static_cast<uint8_t>(type == Type::kObject ? '}' : ']'),
             .may_repeat = 0};
  if (!Emit(p, p, Info(type))) return nullptr;
  return SkipSpace(p + 1, end_);
}

// From the innermost container's closing bracket to the byte behind it.
inline const char* Scanner::Close(const char* p) {
  Node& node = nodes_[frame_->node];
  node.end = Offset(p + 1);
  node.next = count_;
  if (frame_->may_repeat != 0 && !CheckKeys(frame_->node)) [[unlikely]] {
    return nullptr;
  }
  --depth_;
  --frame_;
  return p + 1;
}

bool Scanner::CheckKeys(uint32_t object) {
  if (depth_ > limits_.unique_keys_depth) return true;
  const std::string_view text(begin_, static_cast<size_t>(end_ - begin_));
  const NodeId repeated = doc_.unique_keys_.FindRepeated(text, nodes_, object);
  if (!repeated.valid()) return true;
  Fail(ErrorKind::kDuplicateKey, begin_ + nodes_[repeated.index()].begin);
  return false;
}

[[gnu::noinline]] uint64_t Scanner::EscapedKeyHash(std::string_view key) {
  UnescapeTo(key, doc_.unescaped_key_);
  const std::string& unescaped = doc_.unescaped_key_;
  return QuickKeyHash(unescaped.data(), unescaped.size(), unescaped.data() + unescaped.size());
}

inline bool Scanner::Emit(const char* begin, const char* end, uint32_t info) {
  if (count_ == capacity_) [[unlikely]] {
    if (!GrowTape(begin)) return false;
  }
  nodes_[count_] = {Offset(begin), Offset(end), count_ + 1, info};
  ++count_;
  return true;
}

// To as many nodes as there will be if the text goes on as it began, and an eighth more: a first
// large text took five times as long while the tape doubled, most of it for pages of tapes
// outgrown. Too much is only address space. At least doubled, so that all copying together stays
// linear.
bool Scanner::GrowTape(const char* at) {
  if (capacity_ >= limits_.nodes) {
    Fail(ErrorKind::kTooManyNodes, at);
    return false;
  }
  const uint64_t expected = uint64_t{count_} * Offset(end_) / std::max<uint32_t>(1, Offset(at));
  const uint64_t wanted = std::max<uint64_t>(uint64_t{capacity_} * 2, expected + expected / 8);
  capacity_ = static_cast<uint32_t>(std::min<uint64_t>(wanted, limits_.nodes));
  auto grown = std::make_unique_for_overwrite<Node[]>(capacity_);
  std::copy_n(nodes_, count_, grown.get());
  doc_.nodes_ = std::move(grown);
  doc_.capacity_ = capacity_;
  nodes_ = doc_.nodes_.get();
  return true;
}

const char* Scanner::Fail(ErrorKind kind, const char* at) {
  error_ = {kind, static_cast<size_t>(at - begin_)};
  return nullptr;
}

const char* Scanner::FailAt(const char* p) {
  return Fail(p == end_ ? ErrorKind::kUnexpectedEnd : ErrorKind::kUnexpectedCharacter, p);
}

}  // namespace mcplexer::json
