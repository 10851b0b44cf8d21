// SPDX-License-Identifier: Apache-2.0
// What `mcplexer status` is told: docs/cli.md and schemas/status.schema.json. A session's id is
// what a client over HTTP proves itself by, so no more than its beginning is shown.

#include <unistd.h>

#include "runtime/audit/clock.h"
#include "runtime/audit/object_writer.h"
#include "runtime/base/version.h"
#include "runtime/commands/gateway.h"

namespace mcplexer::commands {
namespace {

using audit::ObjectWriter;

constexpr size_t kSessionDigits = 8;

std::string_view ToString(listen::Via via) {
  switch (via) {
    case listen::Via::kStdio:
      return "stdio";
    case listen::Via::kSocket:
      return "socket";
    case listen::Via::kHttp:
      return "http";
  }
  return "";
}

std::string_view StateOf(const downstream::Instance& instance) {
  if (instance.leaving()) return "leaving";
  if (!instance.running()) return "stopped";
  return instance.ready() ? "ready" : "starting";
}

void WriteTime(ObjectWriter& out, std::string_view key, uint64_t nanoseconds) {
  std::string& text = out.Key(key);
  text += '"';
  audit::AppendTime(nanoseconds, text);
  text += '"';
}

void WriteProcess(ObjectWriter& out, int64_t process) {
  if (process > 0) return out.Number("pid", static_cast<uint64_t>(process));
  out.Raw("pid", "null");
}

std::string Server(const downstream::Instance& instance) {
  std::string text;
  ObjectWriter out(text);
  out.String("server", instance.options().name);
  out.StringOrNull("scope", instance.options().scope_name);
  out.String("state", StateOf(instance));
  WriteProcess(out, instance.process());
  out.Number("open", instance.open_requests());
  out.Number("restarts", instance.run() == 0 ? 0 : instance.run() - 1);
  out.StringOrNull("error", instance.last_failure());
  out.Close();
  return text;
}

std::string Session(const listen::ClientSession& client, const mcp::GatewaySession& session) {
  const plan::Plan& plan = client.plan();
  const listen::Identity& identity = client.identity();
  const mcp::SessionFacts& facts = session.facts();
  std::string text;
  ObjectWriter out(text);
  out.String("session", std::string_view(facts.session).substr(0, kSessionDigits));
  out.String("via", ToString(identity.via));
  WriteProcess(out, identity.process);
  out.StringOrNull("name", facts.client_name);
  out.StringOrNull("version", facts.client_version);
  out.StringOrNull("principal", plan.text(plan.principals()[identity.principal.index()].name));
  out.String("directory", identity.directory);
  out.Number("calls", session.open_calls());
  std::string servers = "[";
  session.pool().ForEach([&](const downstream::Instance& instance) {
    if (servers.size() > 1) servers += ',';
    servers += Server(instance);
  });
  out.Raw("servers", servers + "]");
  out.Close();
  return text;
}

}  // namespace

std::string Gateway::DescribeStatus() const {
  const plan::Plan& plan = engine_->plan();
  std::string text;
  ObjectWriter out(text);
  out.String("gateway", log_.stream());
  out.Number("pid", static_cast<uint64_t>(::getpid()));
  out.String("version", kVersion);
  WriteTime(out, "since", started_);
  out.String("plan", plan.id());
  out.String("path", options_.source.path);
  out.StringOrNull("signer", plan::SignerId(plan.header()).value_or(""));
  WriteTime(out, "loaded", loaded_);
  if (refusal_.empty()) {
    out.Raw("refused", "null");
  } else {
    std::string refused;
    ObjectWriter one(refused);
    WriteTime(one, "time", refused_);
    one.String("error", refusal_);
    one.Close();
    out.Raw("refused", refused);
  }
  std::string clients = "[";
  for (const auto& session : sessions_) {
    session->ForEachSession([&](const mcp::GatewaySession& one) {
      if (clients.size() > 1) clients += ',';
      clients += Session(*session, one);
    });
  }
  out.Raw("clients", clients + "]");
  out.Close();
  return text;
}

}  // namespace mcplexer::commands
