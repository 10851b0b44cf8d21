// SPDX-License-Identifier: Apache-2.0
// What the sections of a MCPlexer YAML file have in common: lists of maps with an `id`.

#ifndef MCPLEXER_COMPILER_IMPORT_YAML_ITEMS_H_
#define MCPLEXER_COMPILER_IMPORT_YAML_ITEMS_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/import/document.h"
#include "compiler/import/draft.h"

namespace mcplexer::importer {

std::string Scalar(Value value);
// One text, or the texts of a list.
std::vector<std::string> Texts(Value value);
std::optional<int64_t> Number(Value value);
// `["a", "b"]`.
std::string ListOf(const std::vector<std::string>& texts);
// The `id`, else the `name`.
std::string IdOf(Value item);

// The namespace of a server.
struct Space {
  std::string there;
  std::string here;  // empty where the server is not carried
};

// The names that ids have in the policy.
struct YamlNames {
  std::map<std::string, std::string> providers;
  std::map<std::string, std::string> scopes;
  std::map<std::string, std::string> servers;
  std::map<std::string, std::string> workspaces;
  std::map<std::string, Space> spaces;  // of all servers, those that are not carried as well
  // Of workspaces: the length of the root as it is written, negative, and the name. By these the
  // original tells apart those of one root.
  std::map<std::string, std::pair<int64_t, std::string>> ranks;
};

class Yaml {
 public:
  Yaml(Value root, std::string file, Draft& draft)
      : root_(root), file_(std::move(file)), draft_(draft) {}

  Value root() const { return root_; }
  const std::string& file() const { return file_; }

  // The maps of a section; anything else in it is told about.
  std::vector<Value> Items(std::string_view section);
  void Tell(Value at, std::string text);
  // Tells about the keys of an item that are not `known`.
  void Others(Value item, std::initializer_list<std::string_view> known);

 private:
  Value root_;
  std::string file_;
  Draft& draft_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_YAML_ITEMS_H_
