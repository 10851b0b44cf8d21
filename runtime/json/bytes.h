// SPDX-License-Identifier: Apache-2.0
// Runs of bytes, sixteen at a time.
//
// Most bytes of a JSON text lie in runs of one sort: string content, digits, white space. A loop
// over single bytes pays a mispredicted branch at the end of every short run; loading sixteen
// bytes, comparing them all and counting the zeros of the mask finds the end of a run without one.
// SSE2 is part of every x86-64, so nothing is dispatched at run time. Elsewhere, and for the last
// fifteen bytes of a text (we never read past its end), the scalar versions do the same; the tests
// compare the two.

#ifndef MCPLEXER_RUNTIME_JSON_BYTES_H_
#define MCPLEXER_RUNTIME_JSON_BYTES_H_

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mcplexer::json {

static_assert(std::endian::native == std::endian::little, "LoadPrefix masks by byte order");

namespace scalar {

// Each returns the first byte of [p, end) outside the run, or end.

// String content: anything but a quote, a backslash and control characters below 0x20.
inline const char* SkipPlain(const char* p, const char* end) {
  while (p != end && *p != '"' && *p != '\\' && static_cast<uint8_t>(*p) >= 0x20) ++p;
  return p;
}

inline const char* SkipDigits(const char* p, const char* end) {
  while (p != end && *p >= '0' && *p <= '9') ++p;
  return p;
}

inline const char* SkipSpace(const char* p, const char* end) {
  while (p != end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) ++p;
  return p;
}

}  // namespace scalar

#if defined(__SSE2__)

namespace sse2 {

inline __m128i Load(const char* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
inline uint32_t Mask(__m128i bytes) { return static_cast<uint32_t>(_mm_movemask_epi8(bytes)); }

// One bit for each of sixteen bytes that ends the run.
inline uint32_t PlainEnds(const char* p) {
  const __m128i bytes = Load(p);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  return Mask(_mm_or_si128(_mm_or_si128(quote, backslash), control));
}

inline uint32_t DigitEnds(const char* p) {
  const __m128i value = _mm_sub_epi8(Load(p), _mm_set1_epi8('0'));
  return Mask(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value)) ^ 0xFFFFu;
}

inline uint32_t SpaceEnds(const char* p) {
  const __m128i bytes = Load(p);
  const __m128i blank = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '));
  const __m128i feed = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
  const __m128i carriage = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
  const __m128i tab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
  return Mask(_mm_or_si128(_mm_or_si128(blank, feed), _mm_or_si128(carriage, tab))) ^ 0xFFFFu;
}

template <uint32_t (*Ends)(const char*), const char* (*Tail)(const char*, const char*)>
inline const char* Skip(const char* p, const char* end) {
  while (end - p >= 16) {
    const uint32_t ends = Ends(p);
    if (ends != 0) return p + std::countr_zero(ends);
    p += 16;
  }
  return Tail(p, end);
}

}  // namespace sse2

inline const char* SkipPlain(const char* p, const char* end) {
  return sse2::Skip<sse2::PlainEnds, scalar::SkipPlain>(p, end);
}
inline const char* SkipDigits(const char* p, const char* end) {
  return sse2::Skip<sse2::DigitEnds, scalar::SkipDigits>(p, end);
}
inline const char* SkipSpaceRun(const char* p, const char* end) {
  return sse2::Skip<sse2::SpaceEnds, scalar::SkipSpace>(p, end);
}

#else

inline const char* SkipPlain(const char* p, const char* end) { return scalar::SkipPlain(p, end); }
inline const char* SkipDigits(const char* p, const char* end) { return scalar::SkipDigits(p, end); }
inline const char* SkipSpaceRun(const char* p, const char* end) {
  return scalar::SkipSpace(p, end);
}

#endif

// What machines write has no white space between tokens: one comparison in the common case.
inline const char* SkipSpace(const char* p, const char* end) {
  if (p == end || static_cast<uint8_t>(*p) > ' ') [[likely]] {
    return p;
  }
  return SkipSpaceRun(p, end);
}

// The first `length` (at most 8) bytes at p as a number, zeros behind. `end` bounds what may be
// read.
inline uint64_t LoadPrefix(const char* p, size_t length, const char* end) {
  static constexpr std::array<uint64_t, 9> kMask = {0,
                                                    0xFF,
                                                    0xFFFF,
                                                    0xFFFFFF,
                                                    0xFFFFFFFF,
                                                    0xFFFFFFFFFF,
                                                    0xFFFFFFFFFFFF,
                                                    0xFFFFFFFFFFFFFF,
                                                    0xFFFFFFFFFFFFFFFF};
  uint64_t word = 0;
  if (end - p >= 8) [[likely]] {
    std::memcpy(&word, p, 8);
    return word & kMask[length];
  }
  std::memcpy(&word, p, length);
  return word;
}

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_BYTES_H_
