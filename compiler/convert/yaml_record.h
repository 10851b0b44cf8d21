// SPDX-License-Identifier: Apache-2.0
// YAML as a policy has it: sections of records, in block style. Private to this folder.

#ifndef MCPLEXER_COMPILER_CONVERT_YAML_RECORD_H_
#define MCPLEXER_COMPILER_CONVERT_YAML_RECORD_H_

#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::convert {

struct YamlRecord;

// A key with one of: a scalar or flow collection, a list of such, records.
struct YamlField {
  std::string key;
  std::string text;
  std::vector<std::string> items;
  std::vector<YamlRecord> records;
};

struct YamlRecord {
  std::vector<std::string> comments;  // lines above it
  std::vector<YamlField> fields;

  void Add(std::string_view key, std::string text) {
    fields.push_back({std::string(key), std::move(text), {}, {}});
  }
};

// `root`'s fields as a document.
std::string WriteYaml(const YamlRecord& root);

}  // namespace mcplexer::convert

#endif  // MCPLEXER_COMPILER_CONVERT_YAML_RECORD_H_
