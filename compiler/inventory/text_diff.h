// SPDX-License-Identifier: Apache-2.0
// Two texts as one, with what went and what came marked word by word: "reads [-a file-] {+any file
// and sends it+}". Descriptions are long lines of prose, of which a diff by lines would show all
// and point at nothing.

#ifndef MCPLEXER_COMPILER_INVENTORY_TEXT_DIFF_H_
#define MCPLEXER_COMPILER_INVENTORY_TEXT_DIFF_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace mcplexer::inventory {

struct TextDiffLimits {
  // Words of one text times words of the other, beyond which the differing middle is shown as one
  // replacement: about 16 MiB of table. Descriptions have some hundred words.
  size_t cells = size_t{4} << 20;
  // Equal words shown on each side of a change.
  size_t context = 6;
};

// On one line. Whatever is not plainly visible is escaped (source::Printable): a description may
// hide instructions for a model in characters that nobody sees.
std::string DiffText(std::string_view before, std::string_view after,
                     const TextDiffLimits& limits = {});

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_TEXT_DIFF_H_
