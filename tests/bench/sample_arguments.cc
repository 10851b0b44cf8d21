// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sample_arguments.h"

#include <fmt/format.h>

#include <string_view>

#include "runtime/base/check.h"

namespace mcplexer::bench {
namespace {

constexpr std::string_view kEnd = R"(],"last":"end"})";

// Adds elements while they fit.
template <typename MakeElement>
std::string ListOf(std::string_view name, size_t bytes, const MakeElement& make) {
  std::string text = fmt::format(R"({{"{}":[)", name);
  for (size_t i = 0;; ++i) {
    const std::string element = make(i);
    if (text.size() + 1 + element.size() + kEnd.size() > bytes) break;
    if (i > 0) text += ',';
    text += element;
  }
  return text += kEnd;
}

}  // namespace

std::string ArgumentsOfObjects(size_t bytes) {
  return ListOf("records", bytes, [](size_t i) {
    return fmt::format(
        R"({{"id":{},"name":"record_{}.txt","size":{},"ratio":{}.25,"dirty":{},"tags":["a","b{}"]}})",
        i, i % 997, i * 37 % 100'000, i % 100, i % 3 == 0, i % 7);
  });
}

std::string ArgumentsOfStrings(size_t bytes) {
  MCPLEXER_CHECK(bytes >= 1000);
  // Four files, and what is around their contents.
  const size_t content = bytes / 4 - 60;
  return ListOf("files", bytes, [content](size_t i) {
    std::string text;
    for (size_t line = 0; text.size() + 80 < content; ++line) {
      text += fmt::format(R"(  const text = \"value of line {}\"; // {}\n)", line,
                          line % 8 == 0 ? "größer" : "and so on");
    }
    return fmt::format(R"({{"path":"src/part{}/file.ts","content":"{}"}})", i, text);
  });
}

}  // namespace mcplexer::bench
