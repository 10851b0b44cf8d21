// SPDX-License-Identifier: Apache-2.0
// Where the roots of a plan's workspaces are on this machine.

#ifndef MCPLEXER_RUNTIME_DECIDE_ROOTS_H_
#define MCPLEXER_RUNTIME_DECIDE_ROOTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/decide/text_index.h"

namespace mcplexer::decide {

class Roots {
 public:
  Roots() = default;
  Roots(Roots&&) noexcept = default;
  Roots& operator=(Roots&&) noexcept = default;
  Roots(const Roots&) = delete;  // the index views this very object's texts
  Roots& operator=(const Roots&) = delete;

  // Fails as Engine::Create says about homes and roots.
  static Result<Roots> Bind(const plan::Plan& plan, const std::string& home,
                            const PathResolver& resolver);

  // In normal form (paths.h).
  const std::string& of(uint32_t workspace) const { return roots_[workspace]; }
  size_t size_of(uint32_t workspace) const { return sizes_[workspace]; }
  // Normal form of the home directory; nullopt when none was given.
  const std::optional<std::string>& home() const { return home_; }
  // The workspace with the deepest root that contains the directory, or plan::kNone.
  uint32_t Find(std::string_view directory) const;

 private:
  void IndexRoots();

  std::vector<std::string> roots_;  // by workspace
  std::vector<uint32_t> sizes_;     // of roots_, which lie far apart
  TextIndex by_root_;               // views of roots_, whose texts stay where they are
  std::optional<std::string> home_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_ROOTS_H_
