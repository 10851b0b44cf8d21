// SPDX-License-Identifier: Apache-2.0
// Turns yaml-cpp's events into a Document and stops at the first thing a policy may not hold.

#ifndef MCPLEXER_COMPILER_YAML_BUILDER_H_
#define MCPLEXER_COMPILER_YAML_BUILDER_H_

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/yaml/document.h"

namespace mcplexer::yaml {

// Thrown by the builder to leave yaml-cpp, which knows no other way out. Caught in document.cc,
// which reports `finding`.
struct Refused {
  source::Diagnostic finding;
};

class Builder : public YAML::EventHandler {
 public:
  // `base`: the bytes before the text that yaml-cpp counts from (a byte order mark).
  Builder(Document& document, std::string_view text, uint32_t base, const source::Limits& limits,
          source::Diagnostics& diagnostics)
      : document_(document), text_(text), base_(base), limits_(limits), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { Close(); }

  // How far the text is known to have been read, in bytes of the file.
  size_t position() const { return position_; }
  // The opening bracket of the innermost flow collection still open; the text's size if none is.
  size_t open_bracket() const;

 private:
  struct Open {
    NodeId node;
    bool is_map = false;
    bool brackets = false;    // written with [ ] or { }
    bool expects_key = true;  // of a map
    NodeId key;               // the last one
    std::unordered_map<std::string_view, NodeId> keys;
  };

  uint32_t Offset(const YAML::Mark& mark);
  [[noreturn]] void Refuse(source::Code code, uint32_t begin, uint32_t end, std::string message,
                           std::string help = "");
  void RefuseProperties(uint32_t begin);
  NodeId Add(Node node);
  void AddKey(NodeId key);
  void OpenCollection(Node::Kind kind, uint32_t begin, bool flow);
  void Close();

  Document& document_;
  std::string_view text_;
  uint32_t base_;
  const source::Limits& limits_;
  source::Diagnostics& diagnostics_;
  std::vector<Open> open_;
  uint32_t documents_ = 0;
  size_t duplicates_ = 0;
  uint32_t inner_end_ = 0;  // the end of the nodes so far
  size_t position_ = 0;
};

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_BUILDER_H_
