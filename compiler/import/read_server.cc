// SPDX-License-Identifier: Apache-2.0
//
// Clients agree on `command`, `args`, `env` and `url` and on little else, so a key means the same
// here whatever client it comes from. Each key is either read or told about.
#include "compiler/import/read_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

#include "compiler/import/names.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/server_entry.h"
#include "compiler/import/server_keys.h"
#include "compiler/import/server_url.h"
#include "compiler/import/text_reader.h"
#include "compiler/model/roots.h"
#include "compiler/model/variables.h"

namespace mcplexer::importer {
namespace {

using std::string_view;

class ServerReader {
 public:
  ServerReader(Value entry, const ServerPlace& place, SecretTable& secrets,
               std::vector<Note>& notes)
      : entry_(entry),
        place_(place),
        notes_(notes),
        reader_(secrets, entry_.name(), place.file, OwnVariables(entry_), place.root) {}

  std::optional<ClientServer> Read() {
    server_.name = entry_.name();
    server_.root = place_.root;
    server_.file = place_.file;
    server_.line = entry_.value().line();
    server_.fingerprint = entry_.value().Fingerprint();
    if (!entry_.is_map()) return Skip("it is no table of settings");
    ReadState();
    if (!ReadTransport()) return std::nullopt;
    ReadEnvironment();
    ReadHeaders();
    ReadDirectory();
    ReadServerTools(entry_.value(), server_,
                    [this](std::string text, uint32_t line) { Say(std::move(text), line); });
    ReadOther();
    for (const std::string& remark : reader_.remarks()) Say(remark);
    return std::move(server_);
  }

 private:
  static std::set<std::string, std::less<>> OwnVariables(const ServerEntry& entry) {
    std::set<std::string, std::less<>> names;
    for (const string_view key : {"env", "environment"}) {
      for (const Value variable : entry.Find(key).Children()) names.emplace(variable.key());
    }
    return names;
  }

  // Told, and written at the server.
  void Say(std::string text, uint32_t line = 0) {
    server_.comments.push_back(text);
    Tell(std::move(text), line);
    notes_.back().placed = true;
  }

  void Tell(std::string text, uint32_t line = 0) {
    notes_.push_back({place_.file, line == 0 ? entry_.value().line() : line,
                      fmt::format("{}: {}", Ticked(entry_.name()), text), false});
  }

  std::nullopt_t Skip(string_view why) {
    Tell(fmt::format("not imported: {}", why));
    return std::nullopt;
  }

  Value First(std::initializer_list<string_view> keys) const {
    for (const string_view key : keys) {
      if (const Value value = entry_.Find(key)) return value;
    }
    return {};
  }

  void ReadState() {
    if (!entry_.Find("disabled").is_true() && !entry_.Find("enabled").is_false()) return;
    server_.disabled = true;
    Say("it is turned off there: declared here, and no rule leads to it");
  }

  bool ReadTransport() {
    const Value command = entry_.Find("command");
    const Value url = First({"url", "serverUrl", "httpUrl"});
    const Value type = First({"type", "transport", "transportType"});
    const bool wants_http = type.is_text() && type.text() != "stdio" && type.text() != "local";
    if (url && command) {
      Say(fmt::format("it has a command and a URL; the {} is taken",
                      wants_http ? "URL" : "command"));
    }
    if (command && !(url && wants_http)) return ReadCommand(command);
    if (!url.is_text()) {
      Skip("it has neither a command nor a URL");
      return false;
    }
    if (type.text() == "sse" || type.text() == "ws" || type.text() == "websocket") {
      Say(fmt::format("it is reached by {} there; here it has to speak Streamable HTTP",
                      Ticked(type.text())));
    }
    auto read = ReadServerUrl(url.text(), url.line(), reader_);
    if (!read) {
      Skip(read.error().message);
      return false;
    }
    server_.url = std::move(read->url);
    url_headers_ = std::move(read->headers);
    for (std::string& remark : read->remarks) Say(std::move(remark), url.line());
    return true;
  }

  bool ReadCommand(Value command) {
    std::vector<std::pair<std::string, uint32_t>> words;
    if (command.is_list()) {
      for (const Value word : command.Children()) {
        if (word.is_scalar()) words.emplace_back(word.text(), word.line());
      }
    } else if (command.is_text()) {
      words.emplace_back(command.text(), command.line());
    }
    const Value args = entry_.Find("args");
    if (args && !args.is_list()) Say("its `args` are no list and are left out", args.line());
    if (words.size() == 1 && args.Children().empty()) SplitLine(words);
    for (const Value word : args.Children()) {
      if (word.is_scalar()) {
        words.emplace_back(word.text(), word.line());
      } else {
        Say("an argument that is no text is left out", word.line());
      }
    }
    DropCmd(words);
    if (words.empty() || words.front().first.empty()) {
      Skip("its command is empty");
      return false;
    }
    std::string before;
    for (const auto& [word, line] : words) {
      server_.command.push_back(reader_.ReadArgument(before, word, line));
      before = server_.command.size() == 1 ? "" : word;
    }
    DockerVariables(words);
    return true;
  }

  // A whole command line where a program should stand. Some clients give it to a shell.
  void SplitLine(std::vector<std::pair<std::string, uint32_t>>& words) {
    const auto [text, line] = words.front();
    if (text.find_first_of(" \t") == std::string::npos || text.starts_with('/') ||
        text.find_first_of("\"'\\") != std::string::npos) {
      return;
    }
    words.clear();
    size_t at = 0;
    while ((at = text.find_first_not_of(" \t", at)) != std::string::npos) {
      const size_t end = std::min(text.find_first_of(" \t", at), text.size());
      words.emplace_back(text.substr(at, end - at), line);
      at = end;
    }
    Say("its command is a whole command line, split here at its blanks", line);
  }

  void DropCmd(std::vector<std::pair<std::string, uint32_t>>& words) {
    const auto is = [](string_view word, string_view wanted) {
      return word == wanted || (word.size() == wanted.size() + 4 && word.starts_with(wanted) &&
                                word.ends_with(".exe"));
    };
    if (words.size() < 3 || !is(words[0].first, "cmd") ||
        (words[1].first != "/c" && words[1].first != "/C")) {
      return;
    }
    words.erase(words.begin(), words.begin() + 2);
    Say("it is started through `cmd /c`, which is left out");
  }

  // `docker run -e NAME=value` puts a credential on a command line for nothing: with `-e NAME` it
  // takes the variable from its own environment.
  void DockerVariables(const std::vector<std::pair<std::string, uint32_t>>& words) {
    const string_view program = words.front().first;
    if (!program.ends_with("docker") && !program.ends_with("podman")) return;
    for (size_t i = 1; i < words.size(); ++i) {
      if (words[i - 1].first != "-e" && words[i - 1].first != "--env") continue;
      const size_t equals = words[i].first.find('=');
      Text& word = server_.command[i];
      const bool secret = std::any_of(word.begin(), word.end(),
                                      [](const Piece& piece) { return piece.is_secret(); });
      if (equals == std::string::npos || !secret) continue;
      const std::string name = words[i].first.substr(0, equals);
      if (!model::IsVariable(model::VariableKind::kEnvironment, name) || word.front().is_secret() ||
          word.front().text.size() <= equals) {
        continue;
      }
      Text value = word;
      value.front().text.erase(0, equals + 1);
      if (value.front().text.empty()) value.erase(value.begin());
      word = PlainText(name);
      server_.env.emplace_back(name, std::move(value));
    }
  }

  void AddVariable(string_view name, string_view raw, uint32_t line) {
    if (!model::IsVariable(model::VariableKind::kEnvironment, name)) {
      Say(fmt::format("the variable {} is left out: no policy can set one of that name",
                      Ticked(name)),
          line);
      return;
    }
    const auto same = [&](const auto& each) { return each.first == name; };
    if (std::any_of(server_.env.begin(), server_.env.end(), same)) return;
    server_.env.emplace_back(name,
                             reader_.Read({std::string(name), std::string(name),
                                           fmt::format("the variable {}", Ticked(name)), line},
                                          raw));
  }

  void ReadEnvironment() {
    for (const string_view key : {"env", "environment"}) {
      const Value env = entry_.Find(key);
      if (env && !server_.url.empty()) {
        if (!env.Children().empty()) {
          Say(fmt::format("its {} is left out: variables are for servers that are started here",
                          Ticked(key)),
              env.line());
        }
        continue;
      }
      for (const Value variable : env.Children()) {
        if (env.is_map() && variable.is_scalar()) {
          AddVariable(variable.key(), variable.text(), variable.line());
        } else if (env.is_list() && variable.is_text() &&
                   variable.text().find('=') != string_view::npos) {
          const size_t equals = variable.text().find('=');
          AddVariable(variable.text().substr(0, equals), variable.text().substr(equals + 1),
                      variable.line());
        } else if (variable.kind() != Kind::kNull) {
          Say(fmt::format("a value of its {} is no text and is left out", Ticked(key)),
              variable.line());
        }
      }
    }
    for (const string_view key : {"env_vars", "env_keys"}) {
      for (const Value name : entry_.Find(key).Children()) {
        const Value real = name.is_map() ? name.Find("name") : name;
        if (real.is_text()) {
          AddVariable(real.text(), fmt::format("${{{}}}", real.text()), real.line());
        }
      }
    }
  }

  void AddHeader(string_view name, Text value, uint32_t line) {
    if (!model::IsVariable(model::VariableKind::kHeader, name)) {
      Say(fmt::format("the header {} is left out: no header can have that name", Ticked(name)),
          line);
      return;
    }
    for (const Piece& piece : value) {
      if (std::any_of(piece.text.begin(), piece.text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        Say(fmt::format("the header {} is left out: it holds a control character", Ticked(name)),
            line);
        return;
      }
    }
    const auto same = [&](const auto& each) {
      return std::equal(each.first.begin(), each.first.end(), name.begin(), name.end(),
                        [](char a, char b) {
                          return std::tolower(static_cast<unsigned char>(a)) ==
                                 std::tolower(static_cast<unsigned char>(b));
                        });
    };
    if (std::any_of(server_.headers.begin(), server_.headers.end(), same)) {
      Say(fmt::format("the header {} is set twice; the first is taken", Ticked(name)), line);
      return;
    }
    server_.headers.emplace_back(name, std::move(value));
  }

  ValuePlace HeaderPlace(string_view name, uint32_t line) const {
    const std::string variable = VariableFor(name);
    return {std::string(name),
            VariableFor(server_.name,
                        variable == "AUTHORIZATION" || variable.empty() ? "TOKEN" : variable),
            fmt::format("the header {}", Ticked(name)), line};
  }

  void ReadHeaders() {
    if (server_.url.empty()) {
      if (const Value headers = First({"headers", "http_headers"});
          headers && !headers.Children().empty()) {
        Say("its headers are left out: they are for servers with a URL", headers.line());
      }
      return;
    }
    for (const string_view key : {"headers", "http_headers"}) {
      for (const Value header : entry_.Find(key).Children()) {
        if (!header.is_scalar()) continue;
        AddHeader(header.key(),
                  reader_.Read(HeaderPlace(header.key(), header.line()), header.text()),
                  header.line());
      }
    }
    for (const Value header : entry_.Find("env_http_headers").Children()) {
      if (!header.is_text()) continue;
      AddHeader(header.key(),
                reader_.Read(HeaderPlace(header.key(), header.line()),
                             fmt::format("${{{}}}", header.text())),
                header.line());
    }
    if (const Value variable = entry_.Find("bearer_token_env_var"); variable.is_text()) {
      AddHeader("Authorization",
                reader_.Read(HeaderPlace("Authorization", variable.line()),
                             fmt::format("Bearer ${{{}}}", variable.text())),
                variable.line());
    }
    if (const Value token = entry_.Find("bearer_token"); token.is_text()) {
      AddHeader("Authorization",
                reader_.Read(HeaderPlace("Authorization", token.line()),
                             fmt::format("Bearer {}", token.text())),
                token.line());
    }
    for (auto& [name, value] : url_headers_)
      AddHeader(name, std::move(value), entry_.value().line());
  }

  void ReadDirectory() {
    const Value cwd = entry_.Find("cwd");
    server_.needs_workspace = reader_.used_workspace() && server_.url.empty();
    if (!cwd.is_text() || cwd.text().empty()) return;
    if (!server_.url.empty()) {
      Say("its `cwd` is left out: it is for servers that are started here", cwd.line());
      return;
    }
    std::string path(cwd.text());
    for (const string_view mark : {"${workspaceFolder}", "${workspaceRoot}"}) {
      if (path.starts_with(mark)) path.replace(0, mark.size(), place_.root);
    }
    if (path.starts_with("${userHome}")) path.replace(0, 11, "~");
    if (path == ".") path = place_.root;
    if (path.starts_with("./")) path.erase(0, 2);
    const bool absolute = path.starts_with("/") || path == "~" || path.starts_with("~/") ||
                          path.starts_with("${HOME}");
    if (!absolute && path.find("${") == std::string::npos) {
      path = place_.root + (place_.root.ends_with('/') ? "" : "/") + path;
    }
    if (const auto root = model::ParseRoot(path); root && path.find('\0') == std::string::npos) {
      server_.cwd = model::RootText(*root);
    } else {
      Say("its `cwd` is left out: a policy needs an absolute path, or one that begins with `~`",
          cwd.line());
    }
  }

  void ReadOther() {
    if (const Value seconds = entry_.Find("tool_timeout_sec"); seconds.kind() == Kind::kNumber) {
      double value = 0;
      const string_view text = seconds.text();
      std::from_chars(text.data(), text.data() + text.size(), value);
      constexpr double kDay = 86'400;
      if (value >= 0.1 && value <= kDay) {
        const auto milliseconds = static_cast<int64_t>(value * 1'000);
        server_.attributes.emplace_back(
            "call_timeout", milliseconds % 1'000 == 0 ? fmt::format("{}s", milliseconds / 1'000)
                                                      : fmt::format("{}ms", milliseconds));
      } else {
        Say("its `tool_timeout_sec` is left out: `call_timeout` is 100ms to 1d", seconds.line());
      }
    }
    if (entry_.Find("required").is_true()) server_.attributes.emplace_back("required", "true");
    ExplainServerKeys(
        entry_.value(), [this](std::string text, uint32_t line) { Say(std::move(text), line); },
        [this](std::string text, uint32_t line) { Tell(std::move(text), line); });
  }

  ServerEntry entry_;
  const ServerPlace& place_;
  std::vector<Note>& notes_;
  TextReader reader_;
  ClientServer server_;
  std::vector<std::pair<std::string, Text>> url_headers_;
};

}  // namespace

std::optional<ClientServer> ReadServer(Value entry, const ServerPlace& place, SecretTable& secrets,
                                       std::vector<Note>& notes) {
  return ServerReader(entry, place, secrets, notes).Read();
}

}  // namespace mcplexer::importer
