// SPDX-License-Identifier: Apache-2.0
// The settings of one server under the names that most clients have for them.
//
// Most write `{"command", "args", "env", "url"}` below the server's name. Zed writes a map where
// the command should stand, Continue a list whose entries have a `name` and sometimes a map
// `transport`, goose `cmd`, `envs` and `uri`, Cherry Studio `baseUrl` and `isActive`.

#ifndef MCPLEXER_COMPILER_IMPORT_SERVER_ENTRY_H_
#define MCPLEXER_COMPILER_IMPORT_SERVER_ENTRY_H_

#include <string>
#include <string_view>

#include "compiler/import/document.h"

namespace mcplexer::importer {

class ServerEntry {
 public:
  // An entry of a map has its key for a name, one of a list its `name` or `id`.
  explicit ServerEntry(Value entry);

  const std::string& name() const { return name_; }
  Value value() const { return entry_; }
  bool is_map() const { return entry_.is_map(); }
  // The setting of this name, whatever the client calls it and wherever it puts it; or nothing.
  Value Find(std::string_view key) const;

 private:
  Value entry_;
  std::string name_;
};

// Whether a setting of an entry is a map with settings in it, and whether Find looks at this one of
// them.
bool IsNestedSetting(Value setting);
bool IsReadInside(Value setting, Value inner);

// A map from names to such entries, where nothing says that it is one.
bool IsServerMap(Value map);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_SERVER_ENTRY_H_
