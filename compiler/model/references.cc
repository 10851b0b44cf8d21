// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/references.h"

#include <utility>

namespace mcplexer::model {

tl::expected<std::vector<TextPiece>, TextError> SplitReferences(std::string_view text) {
  std::vector<TextPiece> pieces;
  const auto append = [&](std::string_view literal, size_t offset, size_t length) {
    if (pieces.empty() || pieces.back().reference) pieces.push_back({false, "", offset, 0});
    pieces.back().text += literal;
    pieces.back().length += length;
  };
  size_t at = 0;
  while (at < text.size()) {
    const size_t dollar = text.find('$', at);
    const size_t end = dollar == std::string_view::npos ? text.size() : dollar;
    if (end > at) append(text.substr(at, end - at), at, end - at);
    at = end;
    if (at == text.size()) break;
    if (text.substr(at).starts_with("$${")) {
      append("${", at, 3);
      at += 3;
    } else if (text.substr(at).starts_with("${")) {
      const size_t close = text.find('}', at);
      if (close == std::string_view::npos) {
        return tl::unexpected<TextError>({"`${` without `}`", at, 2});
      }
      pieces.push_back(
          {true, std::string(text.substr(at + 2, close - at - 2)), at, close + 1 - at});
      at = close + 1;
    } else {
      append("$", at, 1);
      at += 1;
    }
  }
  return pieces;
}

}  // namespace mcplexer::model
