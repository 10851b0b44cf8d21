// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/import_yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/import/import_routes.h"
#include "compiler/import/names.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/secret_table.h"
#include "compiler/import/server_url.h"
#include "compiler/import/text_reader.h"
#include "compiler/model/roots.h"
#include "compiler/model/variables.h"

namespace mcplexer::importer {
namespace {

using std::string_view;

class YamlImport {
 public:
  YamlImport(Value root, std::string file, std::string home, const Check& check, Draft& draft)
      : yaml_(root, std::move(file), draft), home_(std::move(home)), check_(check), draft_(draft) {}

  void Run() {
    for (const Value section : yaml_.root().Children()) {
      constexpr string_view kSections[] = {"workspaces", "downstream_servers", "auth_scopes",
                                           "oauth_providers", "route_rules"};
      if (std::find(std::begin(kSections), std::end(kSections), section.key()) ==
          std::end(kSections)) {
        yaml_.Tell(section,
                   fmt::format("{} is not carried: it is not of the original; `mcplexerc` reads "
                               "the file as it is",
                               Ticked(section.key())));
      }
    }
    for (const Value item : yaml_.Items("oauth_providers")) AddProvider(item);
    for (const Value item : yaml_.Items("auth_scopes")) AddScope(item);
    for (const Value item : yaml_.Items("downstream_servers")) AddServer(item);
    SettleSecrets();
    for (const Value item : yaml_.Items("workspaces")) AddWorkspace(item);
    ImportRoutes(yaml_, names_, home_, check_, draft_);
  }

 private:
  std::string Declare(Value item, std::map<std::string, std::string>& table, UniqueNames& names,
                      string_view what, std::vector<std::string>& comments) {
    const std::string id = IdOf(item);
    const std::string name = names.Take(NamespaceFor(id, what));
    if (name != id) {
      yaml_.Tell(item, fmt::format("{} {} is called `{}` here", what, Ticked(id), name));
      comments.push_back(fmt::format("{} there.", Ticked(id)));
    }
    if (!table.emplace(id, name).second) {
      yaml_.Tell(item, fmt::format("{} {} is declared twice; what refers to it means the first",
                                   what, Ticked(id)));
    }
    return name;
  }

  TextReader Reader(const std::string& owner) { return {secrets_, owner, yaml_.file(), {}, "~"}; }

  void AddProvider(Value item) {
    Provider provider;
    provider.name = Declare(item, names_.providers, provider_names_, "provider", provider.comments);
    for (const string_view key :
         {"issuer", "authorize_url", "token_url", "registration_url", "client_id", "audience"}) {
      const Value value = item.Find(key);
      if (value.is_text() && !value.text().empty()) {
        provider.attributes.emplace_back(key, Quoted(value.text()));
      }
    }
    if (item.Find("scopes").is_list()) {
      provider.attributes.emplace_back("scopes", ListOf(Texts(item.Find("scopes"))));
    }
    if (const Value pkce = item.Find("use_pkce"); pkce.is_true() || pkce.is_false()) {
      provider.attributes.emplace_back("pkce", Scalar(pkce));
    }
    yaml_.Others(item, {"id", "name", "issuer", "authorize_url", "token_url", "registration_url",
                        "client_id", "audience", "scopes", "use_pkce"});
    Draft alone;
    alone.providers.push_back(provider);
    if (!check_(Write(alone)).empty()) {
      yaml_.Tell(item,
                 fmt::format("provider {} is left out: its URLs are no https URLs, or missing",
                             Ticked(IdOf(item))));
      names_.providers.erase(IdOf(item));
      return;
    }
    draft_.providers.push_back(std::move(provider));
  }

  void AddScope(Value item) {
    Scope scope;
    const std::string id = IdOf(item);
    std::string type = Scalar(item.Find("type"));
    const Value values = item.Find("headers") ? item.Find("headers") : item.Find("env");
    if (type != "env" && type != "header" && type != "oauth2") {
      if (!type.empty()) {
        yaml_.Tell(
            item, fmt::format("scope {} is of type {}; taken for `env`", Ticked(id), Ticked(type)));
      }
      type = item.Find("headers") ? "header" : "env";
    }
    scope.name = Declare(item, names_.scopes, scope_names_, "scope", scope.comments);
    scope.type = type;
    if (type == "oauth2") {
      const auto provider = names_.providers.find(Scalar(item.Find("oauth_provider_id")));
      if (provider == names_.providers.end()) {
        yaml_.Tell(item, fmt::format("scope {} is left out: it has no provider", Ticked(id)));
        names_.scopes.erase(id);
        return;
      }
      scope.attributes.emplace_back("provider", provider->second);
    } else {
      TextReader reader = Reader(scope.name);
      for (const Value value : values.Children()) {
        const auto kind =
            type == "env" ? model::VariableKind::kEnvironment : model::VariableKind::kHeader;
        const bool control = std::any_of(value.text().begin(), value.text().end(), [](char c) {
          return static_cast<unsigned char>(c) < 0x20;
        });
        if (!value.is_scalar() || !model::IsVariable(kind, value.key()) || control) {
          yaml_.Tell(value,
                     fmt::format("scope {}: {} is left out", Ticked(id), Ticked(value.key())));
          continue;
        }
        scope.sets.emplace_back(
            value.key(),
            reader.Read({std::string(value.key()), VariableFor(scope.name, value.key()),
                         fmt::format("{}", Ticked(value.key())), value.line()},
                        value.text()));
      }
      if (scope.sets.empty()) {
        scope.comments.emplace_back(
            "Its values were in the original's own store: write `set NAME = secret(..)`.");
        yaml_.Tell(
            item, fmt::format("scope {}: its values were in the original's own store", Ticked(id)));
      }
    }
    if (const auto hints = Texts(item.Find("redaction_hints")); !hints.empty()) {
      scope.attributes.emplace_back("redact", ListOf(hints));
    }
    yaml_.Others(item,
                 {"id", "name", "type", "oauth_provider_id", "redaction_hints", "env", "headers"});
    draft_.scopes.push_back(std::move(scope));
  }

  void AddServer(Value item) {
    const std::string id = IdOf(item);
    const std::string name_space = Scalar(item.Find("tool_namespace"));
    names_.spaces.emplace(id, Space{name_space.empty() ? id : name_space, ""});
    Server server;
    if (Scalar(item.Find("transport")) == "internal") {
      yaml_.Tell(item,
                 fmt::format("server {} is left out: it is part of the original", Ticked(id)));
      return;
    }
    const std::string command = Scalar(item.Find("command"));
    const std::string url = Scalar(item.Find("url"));
    TextReader reader = Reader(id);
    if (!command.empty()) {
      std::vector<Text> words = {PlainText(command)};
      std::string before;
      for (const Value word : item.Find("args").Children()) {
        words.push_back(reader.ReadArgument(before, word.text(), word.line()));
        before = Scalar(word);
      }
      for (const Text& word : words) {
        if (std::any_of(word.begin(), word.end(), [](const Piece& p) { return p.is_secret(); })) {
          yaml_.Tell(
              item, fmt::format("server {}: an argument that holds a credential is left out; let a "
                                "scope set a variable",
                                Ticked(id)));
          server.comments.emplace_back(
              "An argument that held a credential is left out: let a scope set a variable.");
        } else {
          std::string text;
          for (const Piece& piece : word) text += piece.text;
          server.command.push_back(PlainText(text));
        }
      }
      for (const Value variable : item.Find("env").Children()) {
        if (!variable.is_scalar() ||
            !model::IsVariable(model::VariableKind::kEnvironment, variable.key())) {
          continue;
        }
        const Text text =
            reader.Read({std::string(variable.key()), "", "a variable", 0}, variable.text());
        if (text.size() == 1 && !text.front().is_secret()) {
          server.env.emplace_back(variable.key(), text.front().text);
        } else {
          yaml_.Tell(variable,
                     fmt::format("server {}: the variable {} looks like a credential and is left "
                                 "out; let a scope set it",
                                 Ticked(id), Ticked(variable.key())));
        }
      }
    } else {
      const auto read = ReadServerUrl(url, item.line(), reader);
      if (!read) {
        yaml_.Tell(item, fmt::format("server {} is left out: {}", Ticked(id),
                                     url.empty() ? "it has neither a command nor a URL"
                                                 : read.error().message));
        return;
      }
      server.url = read->url;
      for (const std::string& remark : read->remarks) {
        yaml_.Tell(item, fmt::format("server {}: {}", Ticked(id), remark));
      }
    }
    server.name = Declare(item, names_.servers, server_names_, "server", server.comments);
    Tuning(item, server);
    yaml_.Others(item,
                 {"id", "name", "transport", "command", "args", "url", "env", "tool_namespace",
                  "discovery", "idle_timeout_sec", "max_instances", "restart_policy", "cache"});
    draft_.servers.push_back(std::move(server));
  }

  void Tuning(Value item, Server& server) {
    const std::string wanted = Scalar(item.Find("tool_namespace"));
    const std::string base = wanted.empty() ? server.name : wanted;
    server.name_space = namespaces_.Take(NamespaceFor(base, "server"));
    if (server.name_space != base) {
      yaml_.Tell(item, fmt::format("server {}: its namespace {} is `{}` here", Ticked(IdOf(item)),
                                   Ticked(base), server.name_space));
    }
    // What refers to an id that is declared twice means the first.
    if (Space& space = names_.spaces[IdOf(item)]; space.here.empty()) {
      space = {base, server.name_space};
    }
    const auto number = [&](string_view key, string_view name, int64_t low, int64_t high,
                            string_view unit) {
      const Value value = item.Find(key);
      if (!value) return;
      const auto read = Number(value);
      if (read && *read >= low && *read <= high) {
        server.attributes.emplace_back(name, fmt::format("{}{}", *read, unit));
      } else if (!read || *read != 0) {
        yaml_.Tell(value, fmt::format("server {}: {} is out of range and left out",
                                      Ticked(IdOf(item)), Ticked(key)));
      }
    };
    constexpr int64_t kMonth = 2'592'000;
    number("idle_timeout_sec", "idle_timeout", 1, kMonth, "s");
    number("max_instances", "instances", 1, 256, "");
    std::string restart = Scalar(item.Find("restart_policy"));
    std::replace(restart.begin(), restart.end(), '-', '_');
    if (restart == "on_failure" || restart == "always" || restart == "never") {
      server.attributes.emplace_back("restart", restart);
    }
    const std::string discovery = Scalar(item.Find("discovery"));
    if (discovery == "static" || discovery == "dynamic") {
      server.attributes.emplace_back("discovery", discovery);
    }
    if (item.Find("cache")) {
      yaml_.Tell(item, fmt::format("server {}: `cache` is not carried: responses are not cached",
                                   Ticked(IdOf(item))));
    }
  }

  void SettleSecrets() {
    draft_.secrets = secrets_.Finish();
    for (const Scope& scope : draft_.scopes) {
      for (const auto& [key, text] : scope.sets) {
        for (const Piece& piece : text) {
          if (piece.is_secret()) draft_.secrets[piece.secret].used = true;
        }
      }
    }
  }

  void AddWorkspace(Value item) {
    Workspace workspace;
    const string_view written = item.Find("root_path").text();
    const auto root = model::ParseRoot(written);
    if (!root) {
      yaml_.Tell(
          item, fmt::format("workspace {} is left out: its root is no path that begins with `/` or "
                            "`~`",
                            Ticked(IdOf(item))));
      return;
    }
    workspace.root = model::RootText(*root);
    names_.ranks.emplace(
        IdOf(item), std::pair(-static_cast<int64_t>(written.size()), Scalar(item.Find("name"))));
    const auto same =
        std::find_if(draft_.workspaces.begin(), draft_.workspaces.end(),
                     [&](const Workspace& each) { return each.root == workspace.root; });
    if (same != draft_.workspaces.end()) {
      yaml_.Tell(item, fmt::format("workspace {} has the root of `{}`: its rules stand there",
                                   Ticked(IdOf(item)), same->name));
      names_.workspaces.emplace(IdOf(item), same->name);
      return;
    }
    workspace.name =
        Declare(item, names_.workspaces, workspace_names_, "workspace", workspace.comments);
    if (const Value policy = item.Find("default_policy"); policy.text() == "allow") {
      yaml_.Tell(policy, fmt::format("workspace {}: the original shows `default_policy: allow` and "
                                     "does not act on it; what no rule matches is denied",
                                     Ticked(IdOf(item))));
    }
    const Value tags = item.Find("tags");
    if (tags.is_map() && !tags.Children().empty()) {
      std::vector<std::string> entries;
      for (const Value tag : tags.Children()) {
        entries.push_back(fmt::format("{}: {}", Quoted(tag.key()), Quoted(tag.text())));
      }
      workspace.attributes.emplace_back("tags", fmt::format("{{ {} }}", fmt::join(entries, ", ")));
    } else if (!tags.Children().empty()) {
      yaml_.Tell(tags, fmt::format("workspace {}: tags without values are not carried",
                                   Ticked(IdOf(item))));
    }
    yaml_.Others(item, {"id", "name", "root_path", "default_policy", "tags"});
    draft_.workspaces.push_back(std::move(workspace));
  }

  Yaml yaml_;
  std::string home_;
  const Check& check_;
  Draft& draft_;
  SecretTable secrets_;
  YamlNames names_;
  UniqueNames provider_names_{kLongestNamespace};
  UniqueNames scope_names_{kLongestNamespace};
  UniqueNames server_names_{kLongestNamespace};
  UniqueNames workspace_names_{kLongestNamespace};
  UniqueNames namespaces_{kLongestNamespace};
};

}  // namespace

void ImportYaml(Value root, const std::string& file, const std::string& home, const Check& check,
                Draft& draft) {
  YamlImport(root, file, home, check, draft).Run();
}

}  // namespace mcplexer::importer
