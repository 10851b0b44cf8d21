// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/modern_meta.h"

#include <algorithm>

namespace mcplexer::downstream {

std::string WithoutMembers(const json::Document& doc, json::NodeId object,
                           std::initializer_list<std::string_view> keys) {
  std::string out = "{";
  for (const auto [key, value] : doc.Members(object)) {
    const json::NodeId name = key;
    const bool drop = std::any_of(keys.begin(), keys.end(), [&](std::string_view one) {
      return doc.StringEquals(name, one);
    });
    if (drop) continue;
    if (out.size() > 1) out += ',';
    out.append(doc.Raw(key)).append(":").append(doc.Raw(value));
  }
  return out + "}";
}

}  // namespace mcplexer::downstream
