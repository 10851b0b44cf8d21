// SPDX-License-Identifier: Apache-2.0
// A policy being made from configurations, before it is text. What a configuration says that a
// policy cannot say is a Note, never nothing. Plain data; the indices are into the draft's vectors.

#ifndef MCPLEXER_COMPILER_IMPORT_DRAFT_H_
#define MCPLEXER_COMPILER_IMPORT_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mcplexer::importer {

// A part of a text: as it is, or the value of a secret.
struct Piece {
  std::string text;
  size_t secret = kNoSecret;

  static constexpr size_t kNoSecret = static_cast<size_t>(-1);
  bool is_secret() const { return secret != kNoSecret; }
};
using Text = std::vector<Piece>;

inline Text PlainText(std::string text) { return {{std::move(text), Piece::kNoSecret}}; }

// Something to tell a person. `file` and `line` say where it comes from; line 0: the file as such.
struct Note {
  std::string file;
  uint32_t line = 0;
  std::string text;     // names are in backticks, values of secrets never in it
  bool placed = false;  // a comment in the policy says it as well
};

struct Secret {
  std::string name;      // as policies refer to it
  std::string variable;  // of the gateway's environment, where its value has to be put
  std::string comment;
  bool used = false;  // only these are declared
};

struct Server {
  std::string name;
  std::string name_space;  // when it is not the name
  std::vector<Text> command;
  std::string url;
  std::vector<std::pair<std::string, std::string>> env;
  std::string cwd;
  std::vector<std::pair<std::string, std::string>> attributes;  // key and value as written
  // What its calls are given: `set` lines of a scope that has the server's name. Headers when the
  // server has a URL, else environment variables.
  std::vector<std::pair<std::string, Text>> sets;
  std::vector<std::string> comments;
  bool disabled = false;  // declared, and no rule leads to it
};

struct Scope {
  std::string name;
  std::string type;  // env, header, oauth2
  std::vector<std::pair<std::string, Text>> sets;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::string> comments;
};

struct Provider {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::string> comments;
};

struct Rule {
  std::string effect;                 // allow, approve, deny
  std::vector<std::string> patterns;  // of names, as globs
  std::vector<std::string> except;
  std::string scope;
  std::vector<std::string> clauses;  // as written: `priority 50`, `because ".."`
  std::string name;
};

struct Workspace {
  std::string name;
  std::string root;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Rule> rules;
  std::vector<std::string> comments;
};

struct TestCall {
  std::string tool;
  std::string expect;
};

struct Test {
  std::string title;
  std::string directory;
  std::vector<TestCall> calls;
};

struct Draft {
  std::vector<std::string> header;  // comments at the top
  std::vector<Secret> secrets;
  std::vector<Provider> providers;
  std::vector<Scope> scopes;
  std::vector<Server> servers;
  std::vector<std::pair<std::string, std::vector<std::string>>> tool_sets;
  std::vector<Workspace> workspaces;
  // Rules about servers that none of the files declares.
  std::vector<Rule> unplaced;
  std::vector<Test> tests;
  std::vector<Note> notes;
};

// The draft as a policy, for syntax::FormatPlex to lay out.
std::string Write(const Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_DRAFT_H_
