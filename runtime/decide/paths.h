// SPDX-License-Identifier: Apache-2.0
// Paths as texts. The normal form of an absolute path is "" for `/` and "/a/b" for all others: no
// empty segments, no `.` or `..`, no trailing slash. So a root contains a path exactly when the
// path begins with it and then ends or goes on with a slash, also for `/` itself.
//
// Lexical: nothing here asks the file system, so `..` takes back the segment before it whatever
// that is.

#ifndef MCPLEXER_RUNTIME_DECIDE_PATHS_H_
#define MCPLEXER_RUNTIME_DECIDE_PATHS_H_

#include <string>
#include <string_view>

namespace mcplexer::decide {

// Overwrites `out` with the normal form of `path`, which follows `base` (a normal form) unless it
// is absolute. False when there is none: the path is empty, holds a NUL byte, or climbs above `/`.
// Neither view may point into `out`.
bool NormalizePath(std::string_view base, std::string_view path, std::string& out);

// Both are normal forms. A root contains itself.
bool ContainsPath(std::string_view root, std::string_view path);

// Order of normal forms in which each path comes directly before all that it contains.
bool PathLess(std::string_view a, std::string_view b);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_PATHS_H_
