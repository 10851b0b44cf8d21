// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/tool_catalogue.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "runtime/json/writer.h"
#include "runtime/mcp/tool_calls.h"

namespace mcplexer::mcp {

// One page asked of a server.
class ToolCatalogue::PageRequest final : public downstream::Exchange {
 public:
  PageRequest(ToolCatalogue& owner, ServerId server) : owner_(owner), server_(server) {}

  void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}

  void OnResponse(const json::Document& doc, const json::Envelope& response) override {
    if (response.kind != json::MessageKind::kResult) {
      owner_.OnFetchFailed(server_, "it answered with an error");
      return;
    }
    // A parse of its own: reading a list looks for keys that are there twice, which the instance's
    // document is not ours to do with.
    const std::string result(doc.Raw(response.result));
    json::Document page;
    json::Limits limits;
    limits.unique_keys_depth = 1;
    if (const auto parsed = page.Parse(result, limits); !parsed) {
      owner_.OnFetchFailed(server_, parsed.error().Message());
      return;
    }
    owner_.OnPage(server_, page, page.Root());
  }

  void OnFailure(const downstream::Failure& failure) override {
    owner_.OnFetchFailed(server_, failure.message);
  }

 private:
  ToolCatalogue& owner_;
  const ServerId server_;
};

ToolCatalogue::ToolCatalogue(Policy& policy, downstream::Pool& pool, transport::Timers& timers,
                             Client& client, std::function<void()> on_settled,
                             const CatalogueLimits& limits)
    : policy_(policy),
      pool_(pool),
      timers_(timers),
      client_(client),
      on_settled_(std::move(on_settled)),
      limits_(limits),
      announcement_(timers) {
  for (const Target& target : policy.Targets()) entries_.emplace(target.server, target);
}

ToolCatalogue::~ToolCatalogue() = default;

void ToolCatalogue::List(const ReplyTo& reply) {
  if (waiting_.size() >= limits_.waiting) {
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, kConnectionClosedCode,
                                              "too many lists of tools are asked for at once"));
    return;
  }
  const auto waiting = waiting_.emplace(waiting_.end(), timers_, reply);
  for (auto& [server, entry] : entries_) {
    if (entry.state != State::kKnown) waiting->missing.insert(server);
  }
  // Set before the fetches begin: those that fail at once take themselves off.
  const std::set<ServerId> missing = waiting->missing;
  waiting->timer.SetAfter(limits_.list_patience, [this, waiting] {
    for (const ServerId server : waiting->missing) {
      spdlog::warn("server `{}` is slow: tools are listed without its own", NameOf(server));
    }
    const ReplyTo to = waiting->reply;
    waiting_.erase(waiting);
    Answer(to);
    on_settled_();
  });
  if (missing.empty()) {
    waiting_.erase(waiting);
    Answer(reply);
    return;
  }
  for (const ServerId server : missing) {
    Entry& entry = entries_.at(server);
    if (entry.state == State::kUnknown) Fetch(entry);
  }
}

void ToolCatalogue::Fetch(Entry& entry) {
  entry.state = State::kFetching;
  entry.changed_meanwhile = false;
  entry.fetched.clear();
  entry.names.clear();
  entry.cursors.clear();
  entry.bytes = 0;
  entry.dropped = 0;
  RequestPage(entry, "");
}

void ToolCatalogue::RequestPage(Entry& entry, const std::string& raw_cursor) {
  const ServerId server = entry.target.server;
  downstream::Instance* instance = pool_.FindRunning(server);
  if (instance == nullptr) instance = &pool_.Get(server, entry.target.scope);
  const uint64_t id = instance->NextId();
  const std::string params =
      raw_cursor.empty() ? std::string() : fmt::format(R"({{"cursor":{}}})", raw_cursor);
  const std::chrono::milliseconds timeout(policy_.plan().servers()[server.index()].call_timeout_ms);
  instance->Send(id, json::Request(std::to_string(id), "tools/list", params),
                 std::make_unique<PageRequest>(*this, server), {timeout, timeout});
}

void ToolCatalogue::OnPage(ServerId server, json::Document& doc, json::NodeId result) {
  Entry& entry = entries_.at(server);
  auto page = ReadToolPage(
      doc, result, policy_.plan().text(policy_.plan().servers()[server.index()].name_space));
  if (!page) return OnFetchFailed(server, page.error().message);
  if (page->dropped != 0) Drop(entry, page->dropped, page->why);
  if (!Take(entry, *page)) {
    spdlog::warn("server `{}` has more tools than the gateway lists; the rest is left out",
                 NameOf(server));
  } else if (!page->raw_cursor.empty()) {
    entry.bytes += page->raw_cursor.size();
    if (entry.cursors.size() + 1 >= limits_.pages || entry.bytes > limits_.bytes ||
        !entry.cursors.insert(page->raw_cursor).second) {
      spdlog::warn("server `{}`: its list of tools does not end; the rest is left out",
                   NameOf(server));
    } else {
      return RequestPage(entry, page->raw_cursor);
    }
  }
  OnFetched(entry);
}

bool ToolCatalogue::Take(Entry& entry, ToolPage& page) {
  for (ListedTool& tool : page.tools) {
    if (entry.names.size() == limits_.tools || entry.bytes + tool.raw.size() > limits_.bytes) {
      return false;
    }
    entry.bytes += tool.raw.size();  // shown or not: the names of all are kept
    if (!entry.names.insert(tool.name).second) {
      Drop(entry, 1, "a tool is listed twice");
      continue;
    }
    decide::Call call;
    call.name = tool.name;
    if (!policy_.CouldAllow(call)) continue;
    entry.fetched.push_back(std::move(tool.raw));
  }
  return true;
}

void ToolCatalogue::OnFetched(Entry& entry) {
  entry.tools = std::move(entry.fetched);
  entry.state = entry.changed_meanwhile ? State::kUnknown : State::kKnown;
  EndFetch(entry);
}

void ToolCatalogue::OnFetchFailed(ServerId server, std::string_view why) {
  spdlog::warn("server `{}`: its tools are not listed: {}", NameOf(server), why);
  Entry& entry = entries_.at(server);
  entry.tools.clear();
  entry.state = State::kUnknown;
  EndFetch(entry);
}

void ToolCatalogue::Drop(Entry& entry, size_t tools, std::string_view why) {
  if (entry.dropped == 0) entry.why = why;
  entry.dropped += tools;
}

void ToolCatalogue::EndFetch(Entry& entry) {
  entry.fetched.clear();
  entry.names.clear();
  entry.cursors.clear();
  if (entry.dropped != 0) {
    // One line, however many: a list can hold millions.
    spdlog::warn("server `{}`: {} of its tools are not listed; the first one: {}",
                 NameOf(entry.target.server), entry.dropped, entry.why);
  }
  bool waited_for = false;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    waited_for = at->missing.erase(entry.target.server) != 0 || waited_for;
    if (!at->missing.empty()) {
      ++at;
      continue;
    }
    const ReplyTo reply = at->reply;
    at = waiting_.erase(at);
    Answer(reply);
    on_settled_();
  }
  // Too late for the lists that were answered without it.
  if (!waited_for && !entry.tools.empty()) Announce(entry);
}

void ToolCatalogue::OnToolsChanged(ServerId server) {
  const auto at = entries_.find(server);
  if (at == entries_.end()) return;
  Entry& entry = at->second;
  if (entry.state == State::kFetching) entry.changed_meanwhile = true;
  if (entry.state == State::kKnown) entry.state = State::kUnknown;
  Announce(entry);
}

void ToolCatalogue::OnLost(ServerId server) {
  const auto at = entries_.find(server);
  if (at != entries_.end() && at->second.state == State::kKnown) {
    at->second.state = State::kUnknown;
  }
}

void ToolCatalogue::Announce(Entry& entry) {
  if (!entry.shown) return;
  entry.shown = false;
  if (announcement_.set()) return;
  announcement_.SetAfter(limits_.coalesce, [this] {
    client_.Notify(json::Notification("notifications/tools/list_changed", ""));
  });
}

void ToolCatalogue::Answer(const ReplyTo& reply) {
  std::string result = R"({"tools":[)";
  for (auto& [server, entry] : entries_) {
    entry.shown = true;
    for (const std::string& tool : entry.tools) {
      if (result.back() != '[') result += ',';
      result += tool;
    }
  }
  result += "]}";
  client_.Answer(reply, json::ResultResponse(reply.raw_id, result));
}

std::string_view ToolCatalogue::NameOf(ServerId server) const {
  return policy_.plan().text(policy_.plan().servers()[server.index()].name);
}

}  // namespace mcplexer::mcp
