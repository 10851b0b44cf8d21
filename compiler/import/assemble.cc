// SPDX-License-Identifier: Apache-2.0
//
// A client asks before it calls a tool, unless a list of its says that it may or must not; so a
// server becomes `approve NAME__*`, and lists become rules around it. In Claude Code a deny comes
// before an ask and an ask before an allow, however narrow each is. Here a deny always wins as
// well; asks get a lower `priority` number than allows where one server has both.
//
// A list for everywhere (`~`) says something about each workspace. In a workspace a server gets all
// its rules or none, because the nearest workspace that has a rule decides.
#include "compiler/import/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/import/names.h"
#include "compiler/import/permissions.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/shell_command.h"

namespace mcplexer::importer {
namespace {

constexpr std::string_view kHome = "~";
constexpr std::string_view kReads = "{get,list,read,search}_*";
// Longer names are no tools'.
constexpr size_t kLongestTool = 200;

// What the lists say of one server in one workspace; globs over the names of tools.
struct Verdicts {
  std::vector<std::string> allowed;
  std::vector<std::string> asked;
  std::vector<std::string> denied;
};

bool Has(const std::vector<std::string>& globs, std::string_view glob) {
  return std::find(globs.begin(), globs.end(), glob) != globs.end();
}

bool AllLiteral(const Text& text) {
  return std::none_of(text.begin(), text.end(),
                      [](const Piece& piece) { return piece.is_secret(); });
}

std::string Literal(const Text& text) {
  std::string out;
  for (const Piece& piece : text) out += piece.text;
  return out;
}

bool IsInherited(std::string_view variable) {
  // What every child of the gateway is given (docs/language.md, server).
  constexpr std::string_view kInherited[] = {"PATH", "HOME",   "USER",   "LOGNAME", "SHELL",
                                             "LANG", "LC_ALL", "TMPDIR", "TERM"};
  return std::find(std::begin(kInherited), std::end(kInherited), variable) != std::end(kInherited);
}

class Assembler {
 public:
  Assembler(const Configuration& configuration, Stance stance, Draft& draft)
      : configuration_(configuration), stance_(stance), draft_(draft) {}

  void Run() {
    AddServers();
    SortPermissions();
    for (const std::string& root : roots_) AddWorkspace(root);
    if (stance_ == Stance::kStarter && !draft_.servers.empty()) {
      draft_.tool_sets.push_back({"destructive", {"*__{delete,destroy,drop,purge,remove}_*"}});
      AddTest();
    }
  }

 private:
  // A server of the draft and the configuration's that it was made of.
  struct Made {
    const ClientServer* from;
    size_t server;
    std::set<std::string> roots;
  };

  void Tell(const std::string& file, uint32_t line, std::string text) {
    draft_.notes.push_back({file, line, std::move(text), false});
  }

  // Told, and written at the server.
  void TellAt(Server& server, const ClientServer& from, const std::string& text) {
    server.comments.push_back(text);
    draft_.notes.push_back(
        {from.file, from.line, fmt::format("{}: {}", Ticked(from.name), text), true});
  }

  void AddRoot(const std::string& root) {
    if (std::find(roots_.begin(), roots_.end(), root) != roots_.end()) return;
    // A person's own come first.
    roots_.insert(root == kHome ? roots_.begin() : roots_.end(), root);
  }

  void AddServers() {
    std::map<std::string, size_t> known;
    UniqueNames names(kLongestNamespace);
    std::set<std::string> seen;
    for (const ClientServer& server : configuration_.servers) {
      AddRoot(server.root);
      const std::string key =
          fmt::format("{}:{} {} {} {}", server.name.size(), server.name, server.cwd,
                      server.needs_workspace ? server.root : "", server.fingerprint);
      const auto [at, added] = known.try_emplace(key, made_.size());
      if (!added) {
        made_[at->second].roots.insert(server.root);
        continue;
      }
      const std::string wanted = NamespaceFor(server.name, "server");
      const std::string name = names.Take(wanted);
      Server made = Make(server, name);
      if (!seen.insert(server.name).second) {
        Rename(server, made, fmt::format("is called `{}` here: another server has its name", name));
      } else if (name != server.name) {
        Rename(server, made, fmt::format("is called `{}` here: its names begin with that", name));
      }
      made_.push_back({&server, draft_.servers.size(), {server.root}});
      draft_.servers.push_back(std::move(made));
    }
  }

  void Rename(const ClientServer& server, Server& made, const std::string& text) {
    made.comments.insert(made.comments.begin(), fmt::format("{} {}", Ticked(server.name), text));
    draft_.notes.push_back(
        {server.file, server.line, fmt::format("{} {}", Ticked(server.name), text), true});
  }

  Server Make(const ClientServer& from, const std::string& name) {
    Server server;
    server.name = name;
    server.url = from.url;
    server.cwd = from.cwd;
    server.attributes = from.attributes;
    server.comments = from.comments;
    server.disabled = from.disabled;
    if (Has(configuration_.disabled, from.name) && !server.disabled) {
      server.disabled = true;
      TellAt(server, from, "a settings file turns it off: it is declared, and no rule leads to it");
    }
    for (const auto& [key, value] : from.env) {
      if (AllLiteral(value)) {
        server.env.emplace_back(key, Literal(value));
      } else {
        server.sets.emplace_back(key, value);
      }
    }
    for (const auto& header : from.headers) server.sets.push_back(header);
    if (from.needs_workspace && server.cwd.empty() && from.root != kHome) server.cwd = from.root;
    if (from.needs_workspace && !server.cwd.empty() && server.cwd != from.root) {
      TellAt(server, from,
             "`${workspaceFolder}` is written `.`, and its `cwd` is another directory");
    }
    MakeCommand(from, server);
    for (const auto& [key, text] : server.sets) {
      for (const Piece& piece : text) {
        if (piece.is_secret()) draft_.secrets[piece.secret].used = true;
      }
    }
    return server;
  }

  void MakeCommand(const ClientServer& from, Server& server) {
    if (std::all_of(from.command.begin(), from.command.end(), AllLiteral)) {
      for (const Text& word : from.command) server.command.push_back(PlainText(Literal(word)));
      return;
    }
    std::map<size_t, std::string> variables;
    const auto variable = [&](size_t secret) {
      const auto known = variables.find(secret);
      if (known != variables.end()) return known->second;
      std::string name = draft_.secrets[secret].variable;
      if (!IsInherited(name)) {
        const auto taken = [&](const std::string& wanted) {
          const auto is = [&](const auto& each) { return each.first == wanted; };
          return std::any_of(server.sets.begin(), server.sets.end(), is) ||
                 std::any_of(server.env.begin(), server.env.end(), is);
        };
        while (taken(name)) name += "_ARG";
        server.sets.push_back({name, {{"", secret}}});
      }
      variables.emplace(secret, name);
      return name;
    };
    const std::string command = ShellCommand(from.command, variable);
    server.command = {PlainText("sh"), PlainText("-c"), PlainText(command)};
    if (server.sets.empty()) return;
    TellAt(
        server, from,
        "a shell puts a secret on its command line, where other users of the machine can see it; "
        "where it reads a variable, use that");
  }

  // Which servers a list of the workspace `root` is about: those of the workspace, those of
  // everywhere, and all for a list of everywhere.
  bool InReach(const Made& made, const std::string& root) const {
    return root == kHome || made.roots.contains(root) || made.roots.contains(std::string(kHome));
  }

  void SortPermissions() {
    for (const Permission& permission : configuration_.permissions) {
      const PermissionEntry entry = ParsePermission(permission.entry);
      const auto tell = [&](std::string text) {
        Tell(permission.file, permission.line,
             fmt::format("{}: {}", Ticked(permission.entry.substr(0, permission.entry.find('('))),
                         text));
      };
      Verdict verdict = permission.verdict;
      if (entry.specifier) {
        if (verdict == Verdict::kAllow) verdict = Verdict::kAsk;
        tell(
            "what stands in parentheses is not carried; a deny holds for the whole tool, and what "
            "was allowed is asked about");
      }
      if (entry.wide && verdict == Verdict::kAllow) {
        tell("allows nothing: a list to allow has to name its server");
        continue;
      }
      bool placed = false;
      for (size_t i = 0; i < made_.size(); ++i) {
        if (!InReach(made_[i], permission.root)) continue;
        std::string tools = ToolsOf(entry, PermissionName(made_[i].from->name));
        if (tools.empty()) continue;
        placed = true;
        if (permission.root != kHome) AddRoot(permission.root);
        if (!Usable(tools)) {
          if (verdict != Verdict::kDeny) continue;
          tell("no tool has such a name");
          tools = "*";
        }
        Verdicts& verdicts = listed_[{permission.root, i}];
        auto& list = verdict == Verdict::kAllow ? verdicts.allowed
                     : verdict == Verdict::kAsk ? verdicts.asked
                                                : verdicts.denied;
        if (!Has(list, tools)) list.push_back(std::move(tools));
      }
      if (!placed) Unplaced(verdict, entry, tell);
    }
  }

  static bool Usable(std::string_view tool) {
    return !tool.empty() && tool.size() <= kLongestTool &&
           std::none_of(tool.begin(), tool.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  }

  template <typename Teller>
  void Unplaced(Verdict verdict, const PermissionEntry& entry, const Teller& tell) {
    const size_t split = entry.rest.find("__");
    const std::string server = NamespaceFor(entry.rest.substr(0, split), "");
    const std::string tools =
        split == std::string::npos ? "*" : StarGlob(entry.rest.substr(split + 2));
    if ((server.empty() && !entry.wide) || !Usable(tools)) {
      tell("names no tool and is left out");
      return;
    }
    std::string pattern = (entry.wide ? "*" : server) + "__" + tools;
    tell("no file declares this server: the rule stands in the template `unplaced`");
    const std::string effect = verdict == Verdict::kAllow  ? "allow"
                               : verdict == Verdict::kDeny ? "deny"
                                                           : "approve";
    for (Rule& rule : draft_.unplaced) {
      if (rule.effect == effect) {
        if (!Has(rule.patterns, pattern)) rule.patterns.push_back(std::move(pattern));
        return;
      }
    }
    Rule rule;
    rule.effect = effect;
    rule.patterns = {std::move(pattern)};
    if (effect == "approve") rule.clauses.emplace_back("priority 50");
    draft_.unplaced.push_back(std::move(rule));
  }

  void AddWorkspace(const std::string& root) {
    Workspace workspace;
    const size_t slash = root.rfind('/');
    workspace.name = workspace_names_.Take(
        root == kHome
            ? "home"
            : NamespaceFor(slash == std::string::npos ? root : root.substr(slash + 1), "root"));
    workspace.root = root;
    if (root.starts_with('/') && roots_.front() == kHome) {
      workspace.comments.emplace_back(
          "Where this lies below the home directory, write it with `~`: how workspaces nest is "
          "fixed when a policy is compiled.");
    }
    if (stance_ == Stance::kStarter) {
      Rule deny;
      deny.effect = "deny";
      deny.patterns = {"@destructive"};
      deny.clauses = {"because \"a person deletes, an agent does not\""};
      workspace.rules.push_back(std::move(deny));
    }
    for (size_t i = 0; i < made_.size(); ++i) {
      // What is a person's own is within reach everywhere, also in workspaces outside of `~`.
      const bool outside = root.starts_with('/');
      const bool declared =
          made_[i].roots.contains(root) || (outside && made_[i].roots.contains(std::string(kHome)));
      const auto own = listed_.find({root, i});
      if (draft_.servers[made_[i].server].disabled || (!declared && own == listed_.end())) continue;
      // A list of everywhere does not make a server of another workspace reachable here.
      if (!declared && root == kHome) continue;
      Verdicts verdicts;
      if (own != listed_.end()) verdicts = own->second;
      if (root != kHome) Append(listed_, i, verdicts);
      AddRules(i, verdicts, workspace.rules);
    }
    draft_.workspaces.push_back(std::move(workspace));
  }

  // Of the first server that no list says anything about; else only what holds for all.
  void AddTest() {
    const auto plain = [&](size_t i) {
      const ClientServer& from = *made_[i].from;
      const bool listed = std::any_of(listed_.begin(), listed_.end(),
                                      [&](const auto& each) { return each.first.second == i; });
      return !listed && !from.disabled && !draft_.servers[made_[i].server].disabled &&
             !from.allows_all && from.allowed.empty() && from.asked.empty() &&
             from.denied.empty() && !from.has_only;
    };
    size_t index = 0;
    while (index < made_.size() && !plain(index)) ++index;
    const bool found = index < made_.size();
    if (!found) index = 0;
    const Made& made = made_[index];
    const std::string& name = draft_.servers[made.server].name;
    Test test{"looking is free, destroying is denied", *made.roots.begin(), {}};
    if (found) {
      test.calls.push_back({name + "__read_something", "allow"});
      test.calls.push_back({name + "__write_something", "approve"});
    } else {
      test.title = "destroying is denied";
    }
    test.calls.push_back(
        {name + "__delete_something", "deny because \"a person deletes, an agent does not\""});
    draft_.tests.push_back(std::move(test));
  }

  template <typename Listed>
  static void Append(const Listed& listed, size_t server, Verdicts& verdicts) {
    const auto everywhere = listed.find({std::string(kHome), server});
    if (everywhere == listed.end()) return;
    const auto join = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
      for (const std::string& glob : from) {
        if (!Has(to, glob)) to.push_back(glob);
      }
    };
    join(verdicts.allowed, everywhere->second.allowed);
    join(verdicts.asked, everywhere->second.asked);
    join(verdicts.denied, everywhere->second.denied);
  }

  static void AddTools(const std::vector<std::string>& tools, std::vector<std::string>& globs) {
    for (const std::string& tool : tools) {
      const std::string glob = EscapedGlob(tool);
      if (Usable(tool) && !Has(globs, glob)) globs.push_back(glob);
    }
  }

  void AddRules(size_t index, Verdicts verdicts, std::vector<Rule>& rules) {
    const ClientServer& from = *made_[index].from;
    const Server& server = draft_.servers[made_[index].server];
    AddTools(from.allowed, verdicts.allowed);
    AddTools(from.asked, verdicts.asked);
    AddTools(from.denied, verdicts.denied);
    if (from.allows_all && !Has(verdicts.allowed, "*")) verdicts.allowed.emplace_back("*");
    const auto add = [&](std::string effect, std::vector<std::string> tools) -> Rule& {
      Rule rule;
      rule.effect = std::move(effect);
      // `*` holds all the others.
      if (Has(tools, "*")) tools = {"*"};
      rule.patterns = NamePatterns(server.name, tools);
      if (rule.effect != "deny" && !server.sets.empty()) rule.scope = server.name;
      rules.push_back(std::move(rule));
      return rules.back();
    };
    if (from.has_only) {
      std::vector<std::string> only;
      AddTools(from.only, only);
      Rule& rule = add("deny", {"*"});
      if (!only.empty()) rule.except = NamePatterns(server.name, only);
      rule.clauses.emplace_back("because \"it is not among the enabled tools\"");
      if (only.empty()) return;
    }
    if (!verdicts.denied.empty()) add("deny", verdicts.denied);
    if (Has(verdicts.denied, "*")) return;
    const bool asks_all = Has(verdicts.asked, "*");
    const bool allows_all = Has(verdicts.allowed, "*") && !asks_all;
    const bool starter = stance_ == Stance::kStarter;
    if (starter && !asks_all && !allows_all) add("allow", {std::string(kReads)});
    if (!verdicts.allowed.empty() && !asks_all) add("allow", verdicts.allowed);
    if (!verdicts.asked.empty() && !asks_all) {
      Rule& rule = add("approve", verdicts.asked);
      if (starter || !verdicts.allowed.empty()) rule.clauses.emplace_back("priority 50");
    }
    if (!allows_all) add("approve", {"*"});
  }

  const Configuration& configuration_;
  Stance stance_;
  Draft& draft_;
  std::vector<std::string> roots_;
  std::vector<Made> made_;
  std::map<std::pair<std::string, size_t>, Verdicts> listed_;  // by root and index into made_
  UniqueNames workspace_names_;
};

}  // namespace

void Assemble(const Configuration& configuration, Stance stance, Draft& draft) {
  Assembler(configuration, stance, draft).Run();
}

}  // namespace mcplexer::importer
