// SPDX-License-Identifier: Apache-2.0
//
// The words, the comments and the empty lines of a policy; the layout is syntax::FormatPlex's.
// Comments stand above what they are about.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "compiler/import/draft.h"
#include "compiler/import/plex_text.h"

namespace mcplexer::importer {
namespace {

// Of comments: the formatter leaves their words alone.
constexpr size_t kColumns = 100;

using Attribute = std::pair<std::string, std::string>;  // key (or `set KEY`) and value

class Writer {
 public:
  explicit Writer(const Draft& draft) : draft_(draft) {}

  std::string Write() {
    Comments(draft_.header);
    for (const Secret& secret : draft_.secrets) {
      if (!secret.used) continue;
      Comments({secret.comment});
      Line(fmt::format("secret {} = env({})", secret.name, Quoted(secret.variable)));
    }
    for (const Provider& provider : draft_.providers) {
      Comments(provider.comments);
      Block("provider " + provider.name, provider.attributes);
    }
    for (const Scope& scope : draft_.scopes) {
      Comments(scope.comments);
      WriteScope(scope.name, scope.type, scope.sets, scope.attributes);
    }
    for (const Server& server : draft_.servers) WriteServer(server);
    for (const auto& [name, patterns] : draft_.tool_sets) {
      Line(fmt::format("\ntools {} = [{}]", name, Joined(patterns)));
    }
    for (const Workspace& workspace : draft_.workspaces) WriteWorkspace(workspace);
    if (!draft_.unplaced.empty()) Unplaced();
    for (const Test& test : draft_.tests) WriteTest(test);
    return std::move(out_);
  }

 private:
  void Line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  void Comment(std::string_view text) {
    std::string line = "//";
    while (!text.empty()) {
      const size_t end = std::min(text.find(' '), text.size());
      const std::string_view word = text.substr(0, end);
      if (line.size() + 1 + word.size() > kColumns) {
        Line(line);
        line = "//";
      }
      // A name out of somebody's file must not accept findings (docs/cli.md).
      if (line == "//" && word.starts_with("allow(")) line += " ..";
      line += ' ';
      line += word;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    Line(line);
  }

  // Begins a declaration: an empty line, and what is said about it.
  void Comments(const std::vector<std::string>& comments) {
    if (!out_.empty()) out_ += '\n';
    for (const std::string& comment : comments) Comment(comment);
  }

  void Attributes(const std::vector<Attribute>& attributes) {
    for (const auto& [key, value] : attributes) Line(fmt::format("{} = {}", key, value));
  }

  void Block(std::string_view head, const std::vector<Attribute>& attributes) {
    Line(fmt::format("{} {{", head));
    Attributes(attributes);
    Line("}");
  }

  void WriteScope(const std::string& name, const std::string& type,
                  const std::vector<std::pair<std::string, Text>>& sets,
                  const std::vector<Attribute>& others) {
    std::vector<Attribute> attributes = {{"type", type}};
    for (const auto& [key, text] : sets) {
      attributes.emplace_back("set " + KeyText(key), QuotedText(text, draft_.secrets));
    }
    attributes.insert(attributes.end(), others.begin(), others.end());
    Block("scope " + name, attributes);
  }

  void WriteServer(const Server& server) {
    Comments(server.comments);
    std::vector<Attribute> attributes;
    if (!server.command.empty()) {
      std::vector<std::string> words;
      for (const Text& word : server.command) words.push_back(QuotedText(word, draft_.secrets));
      attributes.emplace_back("command", fmt::format("[{}]", fmt::join(words, ", ")));
    }
    if (!server.url.empty()) attributes.emplace_back("url", Quoted(server.url));
    if (!server.env.empty()) {
      std::vector<std::string> items;
      for (const auto& [key, value] : server.env) {
        items.push_back(fmt::format("{} = {}", key, Quoted(value)));
      }
      attributes.emplace_back("env", fmt::format("{{ {} }}", fmt::join(items, ", ")));
    }
    if (!server.cwd.empty()) attributes.emplace_back("cwd", Quoted(server.cwd));
    if (!server.name_space.empty() && server.name_space != server.name) {
      attributes.emplace_back("namespace", Quoted(server.name_space));
    }
    attributes.insert(attributes.end(), server.attributes.begin(), server.attributes.end());
    Block("server " + server.name, attributes);
    if (server.sets.empty()) return;
    out_ += '\n';
    WriteScope(server.name, server.url.empty() ? "env" : "header", server.sets, {});
  }

  void WriteWorkspace(const Workspace& workspace) {
    Comments(workspace.comments);
    Line(fmt::format("workspace {} {{", workspace.name));
    Attributes({{"root", Quoted(workspace.root)}, {"default", "deny"}});
    Attributes(workspace.attributes);
    if (!workspace.rules.empty()) out_ += '\n';
    Rules(workspace.rules);
    Line("}");
  }

  static std::string Joined(const std::vector<std::string>& patterns) {
    std::vector<std::string> texts;
    for (const std::string& pattern : patterns) {
      texts.push_back(pattern.starts_with('@') ? pattern : PatternText(pattern));
    }
    return fmt::format("{}", fmt::join(texts, ", "));
  }

  void Rules(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      out_ += fmt::format("{} {}", rule.effect, Joined(rule.patterns));
      if (!rule.except.empty()) out_ += " except " + Joined(rule.except);
      if (!rule.scope.empty()) out_ += " using " + rule.scope;
      for (const std::string& clause : rule.clauses) out_ += " " + clause;
      if (!rule.name.empty()) out_ += " as " + rule.name;
      out_ += '\n';
    }
  }

  void Unplaced() {
    Comments(
        {"Rules about servers that no file declares. Declare the servers, and write "
         "`use unplaced()` in a workspace."});
    Line("template unplaced() {");
    Rules(draft_.unplaced);
    Line("}");
  }

  void WriteTest(const Test& test) {
    Line(fmt::format("\ntest {} {{\nin {}", Quoted(test.title), Quoted(test.directory)));
    for (const TestCall& call : test.calls) {
      Line(fmt::format("call {} expect {}", call.tool, call.expect));
    }
    Line("}");
  }

  const Draft& draft_;
  std::string out_;
};

}  // namespace

std::string Write(const Draft& draft) { return Writer(draft).Write(); }

}  // namespace mcplexer::importer
