// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/lock.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "compiler/commands/lock_file.h"
#include "compiler/commands/lock_subjects.h"
#include "compiler/commands/output.h"
#include "compiler/inventory/drift.h"
#include "compiler/inventory/parse.h"
#include "compiler/inventory/write.h"
#include "compiler/record/record.h"
#include "compiler/source/printable.h"
#include "runtime/commands/log_setup.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

using inventory::Inventory;

struct LockOptions {
  SourceOptions sources;
  std::string output;
  std::vector<std::string> servers;
  std::vector<std::string> scopes;
  uint32_t timeout_s = 60;
  bool check = false;
};

class LockCommand {
 public:
  explicit LockCommand(const LockOptions& options) : options_(options) {}

  int Run() {
    CompileOptions compile = options_.sources.ToCompile();
    // What is recorded now must not depend on what was recorded before.
    compile.inventory_use = InventoryUse::kNone;
    const auto compilation = Compile(compile);
    const int reported = Report(*compilation, options_.sources);
    if (compilation->plan.empty()) return reported;
    auto subjects = SelectSubjects(*compilation->space, options_.servers, options_.scopes);
    if (!subjects) return Usage(subjects.error());
    if (subjects->empty()) return Usage(Error{"the policy declares no server"});
    if (const Status read = ReadOld(); !read) return Usage(read.error());

    auto plan = plan::Plan::Load(compilation->plan);
    if (!plan) {
      Complain("internal error: " + plan.error().message);
      return kInternal;
    }
    Ask(std::make_shared<const plan::Plan>(std::move(*plan)), *subjects);
    return options_.check ? Check(compilation->policy) : Write(compilation->policy);
  }

 private:
  static int Usage(const Error& error) {
    Complain(error.message);
    return kUsage;
  }

  std::string File() const {
    if (!options_.output.empty() && options_.output != "-") return options_.output;
    return options_.sources.inventory.empty() ? DefaultLockFile(options_.sources.paths)
                                              : options_.sources.inventory;
  }

  Status ReadOld() {
    std::error_code ignored;
    if (!std::filesystem::exists(File(), ignored)) {
      if (options_.check) return Fail(fmt::format("`{}` does not exist", File()));
      return {};
    }
    auto old = inventory::LoadFile(File());
    if (old) {
      old_ = std::move(*old);
      return {};
    }
    // A file that cannot be read is no reason not to make a good one, unless there is something in
    // it that is not asked for now.
    if (options_.check || !options_.servers.empty()) return tl::unexpected(old.error());
    Complain(fmt::format("{}; everything is recorded anew", old.error().message));
    return {};
  }

  void Ask(const std::shared_ptr<const plan::Plan>& plan,
           const std::vector<record::Subject>& subjects) {
    SetUpLog("mcplexerc", "error");
    record::RecordOptions record_options;
    std::error_code ignored;
    record_options.directory = std::filesystem::current_path(ignored).string();
    const char* home = std::getenv("HOME");
    record_options.home = !options_.sources.home.empty() ? options_.sources.home
                          : home != nullptr              ? home
                                                         : "/";
    record_options.limits.patience = std::chrono::seconds(options_.timeout_s);
    recordings_ = record::Record(plan, subjects, record_options);
    for (const record::Recording& recording : recordings_) {
      for (const std::string& remark : recording.remarks) {
        Complain(fmt::format("server `{}`: {}", recording.server, remark));
      }
      if (!recording.answer) Complain(recording.answer.error().message);
      failed_ = failed_ || !recording.answer;
    }
  }

  // Where the lines for people go: the recorded file may be standard output.
  std::FILE* Log() const { return options_.output == "-" ? stderr : stdout; }

  int Write(const model::Policy& policy) {
    Inventory recorded;
    for (const model::Server& server : policy.servers) {
      const inventory::Server* before = old_ ? old_->Find(server.name) : nullptr;
      if (before != nullptr) recorded.Set(*before);
    }
    for (const record::Recording& recording : recordings_) {
      if (recording.answer) {
        fmt::print(Log(), "{}\n", Summary(*recording.answer));
        recorded.Set(*recording.answer);
      } else if (recorded.Find(recording.server) != nullptr) {
        Complain(fmt::format("what was recorded of server `{}` before is kept", recording.server));
      }
    }
    if (recorded.servers.empty()) return kFindings;  // each has been complained of
    const auto text = inventory::Write(recorded);
    const Status written = text ? WriteFile(options_.output == "-" ? "-" : File(), *text)
                                : Status(tl::unexpected(text.error()));
    if (!written) {
      Complain(written.error().message);
      return kInternal;
    }
    // Whoever accepts what is new should see it.
    if (old_) PrintChanges(inventory::Compare(*old_, recorded), Log());
    return failed_ ? kFindings : kClean;
  }

  int Check(const model::Policy& policy) const {
    // Only what was asked and answered, and what is recorded of servers that are gone.
    Inventory before;
    Inventory now;
    for (const record::Recording& recording : recordings_) {
      if (!recording.answer) continue;
      now.Set(*recording.answer);
      if (const auto* server = old_->Find(recording.server)) before.Set(*server);
    }
    if (options_.servers.empty()) {
      for (const inventory::Server& server : old_->servers) {
        const bool declared = std::ranges::any_of(
            policy.servers, [&](const model::Server& s) { return s.name == server.name; });
        if (!declared) before.Set(server);
      }
    }
    const auto changes = inventory::Compare(before, now);
    PrintChanges(changes, stdout);
    if (!changes.empty()) return kFindings;
    // A server that did not answer may have changed.
    if (failed_) return kInternal;
    if (options_.sources.format == "text") {
      fmt::print("{} as recorded\n", Count(now.servers.size(), "server"));
    }
    return kClean;
  }

  void PrintChanges(const std::vector<inventory::Change>& changes, std::FILE* out) const {
    for (const inventory::Change& change : changes) {
      fmt::print(out, "{}",
                 options_.sources.format == "json" ? ChangeJson(change) : ChangeText(change));
    }
    if (!changes.empty() && options_.sources.format != "json") {
      fmt::print(out, "{}\n", Count(changes.size(), "change"));
    }
  }

  static std::string Summary(const inventory::Server& server) {
    std::string line = source::Printable(server.name) + ":";
    for (const inventory::Kind kind : inventory::kKinds) {
      if (kind != inventory::Kind::kTool && server.of(kind).empty()) continue;
      line += fmt::format("{} {}", kind == inventory::Kind::kTool ? "" : ",",
                          Count(server.of(kind).size(), inventory::Info(kind).noun));
    }
    return line;
  }

  const LockOptions& options_;
  std::optional<Inventory> old_;
  std::vector<record::Recording> recordings_;
  bool failed_ = false;
};

}  // namespace

void AddLock(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("lock", "Ask every server what it offers, and record or compare it");
  auto options = std::make_shared<LockOptions>();
  options->sources.AddTo(*command, {"text", "json"});
  command
      ->add_option("-o,--output", options->output,
                   "The lock file; - is standard output. Default: mcplexer.lock beside the sources")
      ->type_name("FILE");
  command->add_option("--server", options->servers, "Ask this server only; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--with-scope", options->scopes,
                   "Give servers the credentials of this scope that rules send there; without it "
                   "no server gets any. May be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--timeout", options->timeout_s, "Seconds that each server has for it all")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  command->add_flag("--check", options->check, "Record nothing; show what has changed");
  command->footer("Example: mcplexerc lock policies/ --check");
  command->callback([options, &exit_code] { exit_code = LockCommand(*options).Run(); });
}

}  // namespace mcplexer::commands
