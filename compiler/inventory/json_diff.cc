// SPDX-License-Identifier: Apache-2.0
// Since both texts are canonical, two values are equal exactly when their texts are, and the
// members of two objects can be merged like sorted lists.

#include "compiler/inventory/json_diff.h"

#include <utility>

#include "compiler/inventory/inventory.h"
#include "runtime/base/check.h"
#include "runtime/json/document.h"

namespace mcplexer::inventory {
namespace {

using json::NodeId;

std::string Pointer(std::string_view parent, std::string_view key) {
  std::string path(parent);
  path += '/';
  for (const char c : key) {
    if (c == '~') {
      path += "~0";
    } else if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
  return path;
}

struct Pair {
  std::string path;
  NodeId before;  // one of the two may be not valid
  NodeId after;
};

class Differ {
 public:
  Differ(std::string_view before, std::string_view after) {
    json::Limits limits;
    limits.depth = Limits().depth;
    const bool parsed =
        before_.Parse(before, limits).has_value() && after_.Parse(after, limits).has_value();
    MCPLEXER_CHECK(parsed);  // canonical texts are what a parsed document was written to
  }

  std::vector<Difference> Run() && {
    std::vector<Pair> stack = {{"", before_.Root(), after_.Root()}};
    std::vector<Difference> found;
    while (!stack.empty()) {
      Pair pair = std::move(stack.back());
      stack.pop_back();
      if (pair.before.valid() && pair.after.valid()) {
        if (before_.Raw(pair.before) == after_.Raw(pair.after)) continue;
        if (before_.TypeOf(pair.before) == json::Type::kObject &&
            after_.TypeOf(pair.after) == json::Type::kObject) {
          std::vector<Pair> members = Members(pair);
          stack.insert(stack.end(), std::move_iterator(members.rbegin()),
                       std::move_iterator(members.rend()));
          continue;
        }
      }
      Difference difference{std::move(pair.path), {}, {}};
      if (pair.before.valid()) difference.before = before_.Raw(pair.before);
      if (pair.after.valid()) difference.after = after_.Raw(pair.after);
      found.push_back(std::move(difference));
    }
    return found;
  }

 private:
  std::vector<Pair> Members(const Pair& pair) {
    std::vector<Pair> members;
    std::string scratch;
    for (const auto [key, value] : before_.Members(pair.before)) {
      const std::string name(before_.Unescape(key, scratch));
      members.push_back({Pointer(pair.path, name), value, after_.Find(pair.after, name)});
    }
    for (const auto [key, value] : after_.Members(pair.after)) {
      const std::string name(after_.Unescape(key, scratch));
      if (before_.Find(pair.before, name).valid()) continue;
      members.push_back({Pointer(pair.path, name), NodeId(), value});
    }
    return members;
  }

  json::Document before_;
  json::Document after_;
};

}  // namespace

std::vector<Difference> DiffJson(std::string_view before, std::string_view after) {
  return Differ(before, after).Run();
}

}  // namespace mcplexer::inventory
