// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/import/document.h"
#include "compiler/import/import_yaml.h"
#include "compiler/import/place.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/read_configuration.h"
#include "compiler/import/secret_table.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/format.h"

namespace mcplexer::importer {
namespace {

struct NamedFormat {
  const char* name;
  Format format;
};
constexpr NamedFormat kNames[] = {
    {"claude-desktop", Format::kClaudeDesktop},
    {"claude-code", Format::kClaudeCode},
    {"cursor", Format::kCursor},
    {"vscode", Format::kVsCode},
    {"windsurf", Format::kWindsurf},
    {"codex", Format::kCodex},
    {"gemini", Format::kGemini},
    {"opencode", Format::kOpenCode},
    {"zed", Format::kZed},
    {"continue", Format::kContinue},
    {"goose", Format::kGoose},
    {"other", Format::kOther},
    {"mcplexer", Format::kMcplexer},
};

// What a text is written in, by its format or name, else by how it begins.
enum class Language : uint8_t { kJson, kToml, kYaml };

Language LanguageOf(Format format, std::string_view path, std::string_view text) {
  if (path.ends_with(".json") || path.ends_with(".jsonc")) return Language::kJson;
  if (path.ends_with(".toml")) return Language::kToml;
  if (path.ends_with(".yaml") || path.ends_with(".yml")) return Language::kYaml;
  const size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && (text[first] == '{' || text[first] == '/')) {
    return Language::kJson;
  }
  if (format == Format::kMcplexer) return Language::kYaml;
  if (format == Format::kCodex || (first != std::string_view::npos && text[first] == '[')) {
    return Language::kToml;
  }
  return text.find(" = ") != std::string_view::npos ? Language::kToml : Language::kYaml;
}

bool HoldsNul(Value root) {
  // A NUL ends a text for the programs that would be given it.
  std::vector<Value> open = {root};
  while (!open.empty()) {
    const Value value = open.back();
    open.pop_back();
    if (value.key().find('\0') != std::string_view::npos ||
        value.text().find('\0') != std::string_view::npos) {
      return true;
    }
    for (const Value child : value.Children()) open.push_back(child);
  }
  return false;
}

// In the one style; as it is where it cannot be parsed, which `check` then says.
std::string Formatted(const std::string& policy) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("policy.plex", policy);
  return syntax::FormatPlex(sources, file, source::Limits(), diagnostics).value_or(policy);
}

class Importer {
 public:
  Importer(std::vector<Source> sources, const Options& options)
      : sources_(std::move(sources)), options_(options) {}

  tl::expected<Imported, ImportError> Run() {
    for (const Source& source : sources_) {
      if (const Status status = Read(source); !status) {
        return Fail(ImportError::Kind::kUnreadable,
                    fmt::format("{}: {}", source.shown, status.error().message));
      }
    }
    if (!yaml_) draft_.secrets = secrets_.Finish();
    return Make();
  }

  tl::expected<Imported, ImportError> Run(Configuration configuration, std::vector<Secret> secrets,
                                          std::vector<std::string> header) {
    configuration_ = std::move(configuration);
    draft_.secrets = std::move(secrets);
    header_ = std::move(header);
    return Make();
  }

 private:
  tl::expected<Imported, ImportError> Make() {
    if (!yaml_) {
      if (!options_.only.empty()) Narrow();
      Assemble(configuration_, options_.stance, draft_);
    }
    if (draft_.servers.empty() && draft_.workspaces.empty() && draft_.unplaced.empty()) {
      return Fail(ImportError::Kind::kNothing, "there is nothing to import");
    }
    Header();
    return Finish();
  }

  void Narrow() {
    const auto elsewhere = [&](const auto& each) {
      return each.root != "~" && each.root != options_.only;
    };
    std::erase_if(configuration_.servers, elsewhere);
    std::erase_if(configuration_.permissions, elsewhere);
  }

  tl::unexpected<ImportError> Fail(ImportError::Kind kind, std::string message) {
    return tl::unexpected<ImportError>({kind, std::move(message), std::move(draft_.notes)});
  }

  Status Read(const Source& source) {
    if (source.text.size() > options_.limits.bytes) return mcplexer::Fail("the file is too large");
    const Format by_path =
        options_.format != Format::kUnknown ? options_.format : FormatOf(source.path);
    auto document = Parse(source, by_path);
    if (!document) return mcplexer::Fail(document.error().message);
    const Value root = document->root();
    if (!root.is_map()) return mcplexer::Fail("it holds no settings");
    if (HoldsNul(root)) return mcplexer::Fail("a text in it holds a NUL character");
    Format format = by_path;
    const Format by_keys = FormatOf(root);
    if (options_.format == Format::kUnknown) {
      // YAML of no known name may be anybody's.
      if (format == Format::kUnknown || by_keys == Format::kMcplexer ||
          (format == Format::kMcplexer && by_keys != Format::kUnknown)) {
        format = by_keys;
      }
      if (by_keys == Format::kUnknown && format == Format::kUnknown) {
        return mcplexer::Fail(
            "it is no configuration of a client that is known here; --as says what it is");
      }
    }
    header_.push_back(
        fmt::format("From {}, a configuration of {}.", Shown(source.shown), FormatName(format)));
    if (format == Format::kMcplexer) {
      if (sources_.size() != 1) return mcplexer::Fail("a MCPlexer configuration is imported alone");
      yaml_ = true;
      if (Count(root.Find("route_rules")) > kMostRules) return mcplexer::Fail("too many rules");
      ImportYaml(root, source.shown, options_.home, options_.check, draft_);
      return {};
    }
    ReadConfiguration(root, format,
                      {source.shown, RootOf(source.path, options_.home), options_.home}, secrets_,
                      configuration_, draft_.notes);
    if (configuration_.servers.size() > options_.limits.servers) {
      return mcplexer::Fail("too many servers");
    }
    if (configuration_.permissions.size() > options_.limits.permissions) {
      return mcplexer::Fail("too many permissions");
    }
    return {};
  }

  static size_t Count(Value list) { return list.Children().size(); }

  Result<Document> Parse(const Source& source, Format format) const {
    switch (LanguageOf(format, source.path, source.text)) {
      case Language::kToml:
        return ReadToml(source.text, options_.limits);
      case Language::kYaml:
        return ReadYaml(source.text, options_.limits);
      case Language::kJson:
        break;
    }
    return ReadJson(source.text, options_.limits);
  }

  void Header() {
    draft_.header = header_;
    const bool approves = std::any_of(
        draft_.workspaces.begin(), draft_.workspaces.end(), [](const Workspace& workspace) {
          return std::any_of(workspace.rules.begin(), workspace.rules.end(),
                             [](const Rule& rule) { return rule.effect == "approve"; });
        });
    if (!yaml_ && approves && options_.stance == Stance::kFaithful) {
      draft_.header.emplace_back(
          "The client asks before each call: that is `approve` here. What may be called without "
          "asking becomes `allow`.");
    }
    if (!yaml_ && options_.stance == Stance::kStarter) {
      draft_.header.emplace_back(
          "Nothing is allowed that no rule allows. Looking is free, destroying is denied, and a "
          "person is asked about the rest.");
    }
    bool first = true;
    for (const Note& note : draft_.notes) {
      if (note.placed || note.file.empty()) continue;
      if (first) draft_.header.emplace_back("");
      first = false;
      draft_.header.push_back(
          note.line == 0 ? fmt::format("{}: {}", Shown(note.file), note.text)
                         : fmt::format("{}:{}: {}", Shown(note.file), note.line, note.text));
    }
  }

  tl::expected<Imported, ImportError> Finish() {
    Imported result;
    result.policy = Formatted(Write(draft_));
    const std::vector<std::string> errors = options_.check(result.policy);
    // The compiler looks at the whole text: names of servers, tools and directories as well.
    if (errors == std::vector<std::string>{"S0605"}) {
      return Fail(ImportError::Kind::kUnreadable,
                  "a name in it, of a server, tool or directory, looks like a credential");
    }
    if (!errors.empty()) {
      return Fail(
          ImportError::Kind::kInternal,
          fmt::format("the policy that was made does not compile ({})", fmt::join(errors, ", ")));
    }
    for (const Workspace& workspace : draft_.workspaces) result.rules += workspace.rules.size();
    result.servers = draft_.servers.size();
    for (const Server& server : draft_.servers) {
      if (!server.command.empty() && !server.disabled) {
        result.programs.push_back(server.command.front().front().text);
      }
    }
    AddSecretNotes();
    result.notes = std::move(draft_.notes);
    return result;
  }

  void AddSecretNotes() {
    for (const Secret& secret : draft_.secrets) {
      if (secret.used) {
        draft_.notes.push_back(
            {"", 0, fmt::format("secret `{}` is {}", secret.name, secret.comment), true});
      }
    }
  }

  // Each is compiled by itself, to tell which of them a policy cannot have.
  static constexpr size_t kMostRules = 2'000;

  std::vector<Source> sources_;
  const Options& options_;
  SecretTable secrets_;
  Configuration configuration_;
  Draft draft_;
  std::vector<std::string> header_;
  bool yaml_ = false;
};

}  // namespace

Format FormatByName(std::string_view name) {
  for (const NamedFormat& each : kNames) {
    if (name == each.name) return each.format;
  }
  return Format::kUnknown;
}

const std::vector<std::string>& FormatNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const NamedFormat& each : kNames) all.emplace_back(each.name);
    return all;
  }();
  return names;
}

tl::expected<Imported, ImportError> ImportConfiguration(Configuration configuration,
                                                        std::vector<Secret> secrets,
                                                        std::vector<std::string> header,
                                                        const Options& options) {
  return Importer({}, options).Run(std::move(configuration), std::move(secrets), std::move(header));
}

tl::expected<Imported, ImportError> Import(const std::vector<Source>& sources,
                                           const Options& options) {
  return Importer(sources, options).Run();
}

}  // namespace mcplexer::importer
