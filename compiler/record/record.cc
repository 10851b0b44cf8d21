// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/record.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <list>
#include <utility>

#include "runtime/base/version.h"
#include "runtime/downstream/server_launcher.h"
#include "runtime/transport/asio_timers.h"

namespace mcplexer::record {

std::vector<Recording> Record(const std::shared_ptr<const plan::Plan>& plan,
                              const std::vector<Subject>& subjects, const RecordOptions& options) {
  boost::asio::io_context io(1);
  const auto work = boost::asio::make_work_guard(io);
  transport::AsioTimers timers(io);
  downstream::ServerLauncher::Options launcher_options;
  launcher_options.processes.directory = options.directory;
  launcher_options.processes.entry = options.entry;
  launcher_options.processes.secrets.home = options.home;
  launcher_options.processes.secrets.warn = [](std::string_view text) { spdlog::warn("{}", text); };
  downstream::ServerLauncher launcher(io, timers, plan, std::move(launcher_options));

  size_t left = subjects.size();
  const auto on_end = [&] {
    if (--left == 0) launcher.WhenEmpty([&io] { io.stop(); });
  };
  std::list<Interview> interviews;
  for (const Subject& subject : subjects) {
    downstream::InstanceOptions instance;
    instance.server = subject.server;
    instance.scope = subject.scope;
    instance.name = plan->text(plan->servers()[subject.server.index()].name);
    instance.client_info = fmt::format(R"({{"name":"mcplexer","version":"{}"}})", kVersion);
    instance.restart = plan::Restart::kNever;
    instance.limits.handshake = options.limits.patience;
    interviews.emplace_back(std::move(instance), launcher, timers, options.limits, on_end);
  }
  if (!interviews.empty()) {
    for (Interview& interview : interviews) interview.Begin();
    io.run();
  }
  std::vector<Recording> recordings;
  for (Interview& interview : interviews) recordings.push_back(std::move(interview.recording()));
  return recordings;
}

}  // namespace mcplexer::record
