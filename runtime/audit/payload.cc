// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/payload.h"

#include <fmt/format.h>

#include <iterator>

#include "runtime/audit/clock.h"

namespace mcplexer::audit {
namespace {

// Names longer than this are not names any more; errors longer than this are dumps.
constexpr size_t kMaxText = 4096;

ObjectWriter Begin(std::string_view type, uint64_t sequence, uint64_t utc_nanoseconds,
                   std::string& out) {
  ObjectWriter object(out);
  object.String("type", type);
  object.Number("sequence", sequence);
  object.Key("time") += '"';
  AppendTime(utc_nanoseconds, out);
  out += '"';
  return object;
}

ObjectWriter Begin(std::string_view type, const Stamp& stamp, std::string& out) {
  ObjectWriter object = Begin(type, stamp.sequence, stamp.utc_nanoseconds, out);
  object.Number("monotonic_ns", stamp.monotonic_nanoseconds);
  return object;
}

// Shortens UTF-8 between two characters.
void CutText(std::string& text, size_t size) {
  if (text.size() <= size) return;
  while (size != 0 && (static_cast<uint8_t>(text[size]) & 0xC0) == 0x80) --size;
  text.resize(size);
  text += kCutMark;
}

template <typename Records, typename Id>
std::string_view NameOf(const plan::Plan& plan, const Records& records, Id id) {
  return id.valid() ? plan.text(records[id.index()].name) : std::string_view();
}

std::string_view KindName(plan::CallKind kind) {
  switch (kind) {
    case plan::CallKind::kTool:
      return "tool";
    case plan::CallKind::kResource:
      return "resource";
    case plan::CallKind::kPrompt:
      return "prompt";
  }
  return "tool";
}

void AppendRule(ObjectWriter& object, const plan::Plan& plan, RuleId id) {
  if (!id.valid()) {
    object.Raw("rule", "null");
    object.Raw("at", "null");
    return;
  }
  const plan::RuleOriginRecord& rule = plan.rule_origins()[id.index()];
  object.String("rule", plan.text(rule.id));
  std::string& out = object.Key("at");
  json::AppendString(out, plan.text(plan.files()[rule.file].path));
  out.pop_back();
  fmt::format_to(std::back_inserter(out), ":{}\"", rule.line);
}

}  // namespace

std::string_view ToString(OutcomeStatus status) {
  switch (status) {
    case OutcomeStatus::kOk:
      return "ok";
    case OutcomeStatus::kToolError:
      return "tool_error";
    case OutcomeStatus::kError:
      return "error";
    case OutcomeStatus::kDenied:
      return "denied";
    case OutcomeStatus::kCancelled:
      return "cancelled";
    case OutcomeStatus::kTimeout:
      return "timeout";
    case OutcomeStatus::kInterrupted:
      return "interrupted";
  }
  return "error";
}

uint32_t PayloadWriter::Masked(ObjectWriter& object, std::string_view key, std::string_view text) {
  scratch_.clear();
  const uint32_t replaced = redactor_.AppendMasked(text, scratch_);
  CutText(scratch_, kMaxText);
  object.String(key, scratch_);
  return replaced;
}

uint32_t PayloadWriter::Arguments(ObjectWriter& object, const audit::Intent& intent,
                                  std::string& out) {
  const RedactedArguments arguments =
      redactor_.RedactArguments(*intent.plan, intent.scope, intent.arguments);
  switch (arguments.form) {
    case ArgumentsForm::kFull:
      object.Raw("arguments", arguments.text);
      break;
    case ArgumentsForm::kCut:
      object.String("arguments", arguments.text);
      break;
    default:
      object.Raw("arguments", "null");
  }
  object.String("arguments_form", ToString(arguments.form));
  if (intent.arguments.empty()) {
    object.Raw("arguments_size", "null");
    object.Raw("arguments_sha256", "null");
  } else {
    object.Number("arguments_size", intent.arguments.size());
    object.Key("arguments_sha256") += '"';
    AppendHex(sha_.Of({intent.arguments}), out);
    out += '"';
  }
  return arguments.replaced;
}

void PayloadWriter::Opened(const Stamp& stamp, std::string_view version, uint64_t pid,
                           std::string& out) {
  ObjectWriter object = Begin("opened", stamp, out);
  object.String("version", version);
  object.Number("pid", pid);
  object.Close();
}

void PayloadWriter::Intent(const Stamp& stamp, const audit::Intent& intent, std::string& out) {
  const plan::Plan& plan = *intent.plan;
  uint32_t replaced = 0;
  ObjectWriter object = Begin("intent", stamp, out);
  replaced += Masked(object, "session", intent.session);
  object.Key("client");
  ObjectWriter client(out);
  replaced += Masked(client, "name", intent.client_name);
  replaced += Masked(client, "version", intent.client_version);
  client.Close();
  object.StringOrNull("principal", NameOf(plan, plan.principals(), intent.principal));
  object.StringOrNull("workspace", NameOf(plan, plan.workspaces(), intent.workspace));
  if (intent.workspace.valid()) {
    replaced += Masked(object, "subpath", intent.subpath);
  } else {
    object.Raw("subpath", "null");
  }
  object.String("method", intent.method);
  object.String("kind", KindName(intent.kind));
  replaced += Masked(object, "name", intent.name);
  replaced += Arguments(object, intent, out);
  object.Number("redacted", replaced);
  object.String("plan", plan.id());
  AppendRule(object, plan, intent.rule);
  object.String("decision", intent.decision);
  object.String("reason", intent.reason);
  object.Raw("unevaluated", intent.unevaluated ? "true" : "false");
  object.StringOrNull("server", NameOf(plan, plan.servers(), intent.server));
  object.StringOrNull("scope", NameOf(plan, plan.scopes(), intent.scope));
  if (intent.tool.empty()) {
    object.Raw("tool", "null");
  } else {
    Masked(object, "tool", intent.tool);
  }
  object.Close();
}

void PayloadWriter::Outcome(const Stamp& stamp, const audit::Outcome& outcome, std::string& out) {
  ObjectWriter object = Begin("outcome", stamp, out);
  object.Number("intent", outcome.intent);
  object.String("status", ToString(outcome.status));
  if (outcome.error.empty()) {
    object.Raw("error", "null");
  } else {
    Masked(object, "error", outcome.error);
  }
  object.Number("latency_us", outcome.latency_us);
  object.Number("response_size", outcome.response_size);
  object.Close();
}

void PayloadWriter::Event(const Stamp& stamp, const audit::Event& event, std::string& out) {
  ObjectWriter object = Begin("event", stamp, out);
  object.String("event", event.name);
  if (event.session.empty()) {
    object.Raw("session", "null");
  } else {
    Masked(object, "session", event.session);
  }
  if (event.intent == 0) {
    object.Raw("intent", "null");
  } else {
    object.Number("intent", event.intent);
  }
  Masked(object, "detail", event.detail);
  object.Close();
}

void PayloadWriter::Closed(const Stamp& stamp, std::string& out) {
  Begin("closed", stamp, out).Close();
}

void AppendRecovered(uint64_t sequence, uint64_t utc_nanoseconds, uint64_t torn_bytes,
                     const Digest* digest, std::string& out) {
  ObjectWriter object = Begin("recovered", sequence, utc_nanoseconds, out);
  object.Number("torn_bytes", torn_bytes);
  if (digest == nullptr) {
    object.Raw("torn_sha256", "null");
  } else {
    object.Key("torn_sha256") += '"';
    AppendHex(*digest, out);
    out += '"';
  }
  object.Close();
}

}  // namespace mcplexer::audit
