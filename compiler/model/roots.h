// SPDX-License-Identifier: Apache-2.0
// Directories that a policy names: absolute, or after the home directory.

#ifndef MCPLEXER_COMPILER_MODEL_ROOTS_H_
#define MCPLEXER_COMPILER_MODEL_ROOTS_H_

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "compiler/model/policy.h"
#include "compiler/model/references.h"

namespace mcplexer::model {

// `/a/b`, `~`, `~/a`, `${HOME}/a`, lexically normalised: `.` segments and one trailing `/` vanish.
// Refused: anything else in front (`~user`, a relative path), `..` (what it means depends on
// symbolic links), empty segments, control characters, more than 4,096 bytes, `${...}` elsewhere.
tl::expected<Root, TextError> ParseRoot(std::string_view text);

// `/a/b`, `/`, `~` or `~/a`.
std::string RootText(const Root& root);

// `root` with a `~` resolved where `home` (canonical, or empty for unknown) is known.
Root Resolve(const Root& root, std::string_view home);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_ROOTS_H_
