// SPDX-License-Identifier: Apache-2.0
// Where the roots of a plan's workspaces are on this machine.

#ifndef MCPLEXER_RUNTIME_DECIDE_ROOTS_H_
#define MCPLEXER_RUNTIME_DECIDE_ROOTS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/decide/text_index.h"
#include "runtime/plan/tables.h"

namespace mcplexer::decide {

// What a session asks of a workspace when it begins, in one cache line: whether the directory
// begins with its root, what lies around it, and where its tables are.
struct alignas(64) Place {
  uint32_t size = 0;  // of the root, bytes
  uint32_t parent = plan::kNone;
  plan::Range path_automata;
  plan::Range buckets;
  plan::Range entries;               // of all buckets
  std::array<char, 32> beginning{};  // of the root; nearly always all of it
};
static_assert(sizeof(Place) == 64);

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
  const Place& place(uint32_t workspace) const { return places_[workspace]; }
  // Normal form of the home directory; nullopt when none was given.
  const std::optional<std::string>& home() const { return home_; }
  // The workspace with the deepest root that contains the directory, or plan::kNone.
  uint32_t Find(std::string_view directory) const;

 private:
  void IndexRoots(const plan::Tables& tables);
  bool Is(uint32_t workspace, std::string_view root) const;

  std::vector<std::string> roots_;  // by workspace
  std::vector<Place> places_;       // by workspace
  TextIndex by_root_;               // views of roots_, whose texts stay where they are
  std::optional<std::string> home_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_ROOTS_H_
