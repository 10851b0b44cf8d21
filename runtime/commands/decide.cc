// SPDX-License-Identifier: Apache-2.0
//
// A line's arguments go to the decision as the bytes they are, so what is decided here is what the
// gateway would decide on the same bytes.

#include "runtime/commands/decide.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/commands/decision_json.h"
#include "runtime/commands/line_reader.h"
#include "runtime/commands/trust_option.h"
#include "runtime/decide/decide.h"
#include "runtime/json/document.h"
#include "runtime/json/writer.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

// A gateway takes messages of up to 64 MiB; somebody asking about one puts a directory around it.
constexpr size_t kMaxLine = size_t{65} << 20;
// More clients than this at a time share no work anyway.
constexpr size_t kMaxSessions = 1024;
constexpr size_t kFlushBytes = size_t{256} << 10;

struct Options {
  std::string plan;
  std::string home;
  TrustOption trust;
  bool exit_code = false;
};

// What `~` is by default: $HOME without symbolic links.
Result<std::string> HomeDirectory(const std::string& option) {
  std::string home = option;
  if (home.empty()) {
    const char* variable = std::getenv("HOME");
    home = variable != nullptr ? variable : "";
  }
  if (!home.starts_with('/')) return Fail("no home directory: give --home, or set HOME");
  std::error_code error;
  const std::filesystem::path canonical = std::filesystem::canonical(home, error);
  return error ? std::filesystem::path(home).lexically_normal().string() : canonical.string();
}

// Canonical where the directory exists, else in normal form; calls of another machine can be asked
// about.
std::string CanonicalDirectory(std::string_view directory) {
  std::error_code error;
  const std::filesystem::path canonical = std::filesystem::canonical(directory, error);
  if (!error) return canonical.string();
  std::string normal = std::filesystem::path(directory).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

// Sessions by who asks from where, the ones used last kept.
class Sessions {
 public:
  explicit Sessions(std::shared_ptr<const decide::Engine> engine) : engine_(std::move(engine)) {}

  Result<decide::Session*> Get(const std::string& directory, const std::string& principal,
                               const std::string& client, const std::string& model) {
    std::string key;
    for (const std::string* part : {&directory, &principal, &client, &model}) {
      key += fmt::format("{}:", part->size());
      key += *part;
    }
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      used_.splice(used_.begin(), used_, found->second);
      return &found->second->session;
    }
    const Result<PrincipalId> id = engine_->FindPrincipal(principal);
    if (!id) return tl::unexpected(id.error());
    if (used_.size() == kMaxSessions) {
      by_key_.erase(used_.back().key);
      used_.pop_back();
    }
    used_.push_front(
        {key, decide::Session(engine_, CanonicalDirectory(directory), *id, client, model)});
    by_key_.emplace(std::move(key), used_.begin());
    return &used_.front().session;
  }

 private:
  struct Entry {
    std::string key;
    decide::Session session;
  };

  std::shared_ptr<const decide::Engine> engine_;
  std::list<Entry> used_;
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

// One line of input.
struct Question {
  std::string dir, name, kind, principal, client, model, server;
  std::string_view arguments;  // into the line
};

class Decider {
 public:
  explicit Decider(std::shared_ptr<const decide::Engine> engine)
      : engine_(engine), sessions_(std::move(engine)) {}

  // Appends the decision on the call that the line describes.
  Result<decide::Verdict> Decide(std::string_view line, std::string& out) {
    if (Status read = Read(line); !read) return tl::unexpected(std::move(read.error()));
    decide::Call call{.name = question_.name, .arguments = question_.arguments};
    const Result<plan::CallKind> kind = Kind();
    if (!kind) return tl::unexpected(kind.error());
    call.kind = *kind;
    const Result<ServerId> server = Server();
    if (!server) return tl::unexpected(server.error());
    call.server = *server;
    const Result<decide::Session*> session =
        sessions_.Get(question_.dir, question_.principal, question_.client, question_.model);
    if (!session) return tl::unexpected(session.error());
    const decide::Decision decision = (*session)->Decide(call);
    AppendDecisionJson(engine_->plan(), **session, decision, out);
    return decision.verdict;
  }

 private:
  Status Read(std::string_view line) {
    // What is wrong inside of arguments is the decision's to judge: a duplicate key or a text too
    // deep leaves conditions unevaluated. The members of the line itself must be beyond doubt.
    if (const json::ParseStatus parsed = document_.Parse(line, {.unique_keys_depth = 1}); !parsed) {
      return Fail(parsed.error().Message());
    }
    const json::NodeId root = document_.Root();
    if (document_.TypeOf(root) != json::Type::kObject) return Fail("not a JSON object");
    question_ = {};
    for (const auto [key, value] : document_.Members(root)) {
      if (Status member = ReadMember(key, value); !member) return member;
    }
    if (!question_.dir.starts_with('/')) return Fail("`dir` is missing or not absolute");
    if (question_.name.empty()) return Fail("`name` is missing");
    return {};
  }

  Status ReadMember(json::NodeId key, json::NodeId value) {
    if (document_.StringEquals(key, "arguments")) {
      question_.arguments = document_.Raw(value);
      return {};
    }
    const std::pair<std::string_view, std::string*> members[] = {
        {"dir", &question_.dir},       {"name", &question_.name},
        {"kind", &question_.kind},     {"principal", &question_.principal},
        {"client", &question_.client}, {"model", &question_.model},
        {"server", &question_.server}};
    for (const auto& [name, text] : members) {
      if (!document_.StringEquals(key, name)) continue;
      if (document_.TypeOf(value) == json::Type::kNull) return {};
      if (document_.TypeOf(value) != json::Type::kString) {
        return Fail(fmt::format("`{}` is not a string", name));
      }
      *text = document_.Unescape(value, scratch_);
      if (text->find('\0') != std::string::npos) {
        return Fail(fmt::format("`{}` holds a NUL byte", name));
      }
      return {};
    }
    return Fail(fmt::format("unknown member `{}`", document_.Unescape(key, scratch_)));
  }

  Result<plan::CallKind> Kind() const {
    if (question_.kind.empty() || question_.kind == "tool") return plan::CallKind::kTool;
    if (question_.kind == "resource") return plan::CallKind::kResource;
    if (question_.kind == "prompt") return plan::CallKind::kPrompt;
    return Fail("`kind` is none of tool, resource, prompt");
  }

  Result<ServerId> Server() const {
    if (question_.server.empty()) return ServerId();
    const plan::Plan& plan = engine_->plan();
    for (size_t i = 0; i < plan.servers().size(); ++i) {
      if (plan.text(plan.servers()[i].name) == question_.server) return ServerId(i);
    }
    return Fail(fmt::format("no server `{}` in the plan", question_.server));
  }

  std::shared_ptr<const decide::Engine> engine_;
  Sessions sessions_;
  json::Document document_;
  Question question_;
  std::string scratch_;
};

Result<std::shared_ptr<const decide::Engine>> LoadEngine(const Options& options) {
  const Result<plan::Trust> trust = options.trust.Read();
  if (!trust) return tl::unexpected(trust.error());
  Result<plan::Plan> plan = plan::Plan::LoadFile(options.plan, *trust);
  if (!plan) return tl::unexpected(std::move(plan.error()));
  const Result<std::string> home = HomeDirectory(options.home);
  if (!home) return tl::unexpected(home.error());
  return decide::Engine::Create(std::make_shared<const plan::Plan>(std::move(*plan)), *home);
}

bool WriteAll(std::string& out) {
  const bool written =
      std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
  out.clear();
  return written;
}

int RunDecide(const Options& options) {
  Result<std::shared_ptr<const decide::Engine>> engine = LoadEngine(options);
  if (!engine) {
    fmt::print(stderr, "mcplexer decide: {}\n", engine.error().message);
    return 2;
  }
  Decider decider(std::move(*engine));
  LineReader reader(STDIN_FILENO, kMaxLine);
  std::string out;
  std::string_view line;
  size_t lines = 0;
  bool denied = false;
  bool failed = false;
  for (;;) {
    // Whoever asks one call at a time gets each answer at once.
    if ((out.size() > kFlushBytes || reader.WouldRead()) && !out.empty() && !WriteAll(out)) {
      fmt::print(stderr, "mcplexer decide: cannot write: {}\n", std::strerror(errno));
      return 3;
    }
    const LineReader::Outcome read = reader.Next(line);
    if (read == LineReader::Outcome::kEnd) break;
    if (read == LineReader::Outcome::kFailed) {
      fmt::print(stderr, "mcplexer decide: cannot read: {}\n", std::strerror(errno));
      return 2;
    }
    ++lines;
    Result<decide::Verdict> verdict = read == LineReader::Outcome::kTooLong
                                          ? Fail("the line is too long")
                                          : decider.Decide(line, out);
    if (verdict) {
      denied |= *verdict == decide::Verdict::kDeny;
    } else {
      failed = true;
      out += "{\"error\":";
      json::AppendString(out, verdict.error().message);
      out += '}';
    }
    out += '\n';
  }
  if (!WriteAll(out)) return 3;
  if (lines == 0) fmt::print(stderr, "mcplexer decide: no calls on standard input\n");
  if (failed || lines == 0) return 2;
  return options.exit_code && denied ? 1 : 0;
}

}  // namespace

void AddDecide(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("decide", "decide calls without making them");
  command->footer(
      "Reads one JSON object a line and writes one decision a line:\n"
      "  echo '{\"dir\":\"/work\",\"name\":\"github__get_issue\",\"arguments\":{\"number\":7}}' "
      "\\\n"
      "    | mcplexer decide compiled.plan");
  command->add_option("PLAN", options->plan, "a compiled plan")->required();
  command->add_option("--home", options->home, "the directory that ~ stands for");
  options->trust.AddTo(*command);
  command->add_flag("--exit-code", options->exit_code, "exit with 1 when a call was denied");
  command->callback([options, &exit_code] { exit_code = RunDecide(*options); });
}

}  // namespace mcplexer::commands
