// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/catalogue.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "runtime/downstream/log_text.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/codes.h"

namespace mcplexer::mcp {

// One page asked of a server.
class Catalogue::PageRequest final : public downstream::Exchange {
 public:
  PageRequest(Catalogue& owner, ServerId server)
      : owner_(owner), server_(server), renewals_(owner.renewals_) {}

  void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}

  void OnResponse(const json::Document& doc, const json::Envelope& response) override {
    if (outdated()) return;
    if (response.kind != json::MessageKind::kResult) {
      // Servers announce resources and know of no templates.
      const json::NodeId code = doc.Find(response.error, "code");
      if (owner_.kind_ == ItemKind::kTemplate && code.valid() &&
          doc.Raw(code) == std::to_string(json::kMethodNotFoundCode)) {
        return owner_.OnFetched(owner_.entries_.at(server_));
      }
      return owner_.OnFetchFailed(server_, "it answered with an error");
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
    if (outdated()) return;
    if (failure.kind == downstream::FailureKind::kNotOffered) {
      owner_.OnFetched(owner_.entries_.at(server_));  // so it has none
    } else {
      owner_.OnFetchFailed(server_, failure.message);
    }
  }

 private:
  // Asked by the ids of a plan that is not in force any more.
  bool outdated() const { return renewals_ != owner_.renewals_; }

  Catalogue& owner_;
  const ServerId server_;
  const uint64_t renewals_;
};

Catalogue::Catalogue(ItemKind kind, const std::vector<Target>& targets, Policy& policy,
                     downstream::Pool& pool, transport::Timers& timers, Client& client,
                     Announcer& announcer, std::function<void()> on_settled,
                     const CatalogueLimits& limits)
    : info_(Info(kind)),
      kind_(kind),
      policy_(policy),
      pool_(pool),
      timers_(timers),
      client_(client),
      announcer_(announcer),
      on_settled_(std::move(on_settled)),
      limits_(limits) {
  for (const Target& target : targets) entries_.emplace(target.server, target);
}

Catalogue::~Catalogue() = default;

void Catalogue::List(const ReplyTo& reply) {
  if (waiting_.size() >= limits_.waiting) {
    client_.Answer(reply,
                   json::ErrorResponse(
                       reply.raw_id, kConnectionClosedCode,
                       fmt::format("too many lists of {} are asked for at once", info_.nouns)));
    return;
  }
  Learn([this, reply] { Answer(reply); });
}

void Catalogue::Learn(std::function<void()> then) {
  const auto waiting = waiting_.emplace(waiting_.end(), timers_, std::move(then));
  for (auto& [server, entry] : entries_) {
    if (entry.state != State::kKnown) waiting->missing.insert(server);
  }
  // Set before the fetches begin: those that fail at once take themselves off.
  const std::set<ServerId> missing = waiting->missing;
  waiting->timer.SetAfter(limits_.list_patience, [this, waiting] {
    for (const ServerId server : waiting->missing) {
      spdlog::warn("server `{}` is slow: {} are listed without its own", NameOf(server),
                   info_.nouns);
    }
    const auto late = std::move(waiting->then);
    waiting_.erase(waiting);
    late();
    on_settled_();
  });
  if (missing.empty()) {
    const auto now = std::move(waiting->then);
    waiting_.erase(waiting);
    now();
    return;
  }
  for (const ServerId server : missing) {
    Entry& entry = entries_.at(server);
    if (entry.state == State::kUnknown) Fetch(entry);
  }
}

std::vector<Target> Catalogue::Targets() const {
  std::vector<Target> targets;
  for (const auto& [server, entry] : entries_) targets.push_back(entry.target);
  return targets;
}

bool Catalogue::known() const {
  return std::all_of(entries_.begin(), entries_.end(),
                     [](const auto& entry) { return entry.second.state == State::kKnown; });
}

std::vector<ServerId> Catalogue::OwnersOf(const std::string& name) const {
  std::vector<ServerId> owners;
  for (const auto& [server, entry] : entries_) {
    if (entry.names.contains(name)) owners.push_back(server);
  }
  return owners;
}

void Catalogue::ForEach(const std::function<void(ServerId, const std::string&)>& visit) const {
  for (const auto& [server, entry] : entries_) {
    for (const std::string& name : entry.names) visit(server, name);
  }
}

void Catalogue::Fetch(Entry& entry) {
  entry.state = State::kFetching;
  entry.changed_meanwhile = false;
  entry.fetched.clear();
  entry.fetched_hidden.clear();
  entry.fetched_names.clear();
  entry.cursors.clear();
  entry.bytes = 0;
  entry.dropped = 0;
  RequestPage(entry, "");
}

void Catalogue::RequestPage(Entry& entry, const std::string& raw_cursor) {
  const ServerId server = entry.target.server;
  downstream::Instance* instance = pool_.FindRunning(server);
  if (instance == nullptr) instance = &pool_.Get(server, entry.target.scope);
  const uint64_t id = instance->NextId();
  const std::string params =
      raw_cursor.empty() ? std::string() : fmt::format(R"({{"cursor":{}}})", raw_cursor);
  const std::chrono::milliseconds timeout(policy_.plan().servers()[server.index()].call_timeout_ms);
  instance->Send(id, json::Request(std::to_string(id), info_.method, params),
                 std::make_unique<PageRequest>(*this, server), {timeout, timeout}, info_.offer);
}

void Catalogue::OnPage(ServerId server, json::Document& doc, json::NodeId result) {
  Entry& entry = entries_.at(server);
  const downstream::Instance* instance = pool_.FindRunning(server);
  auto page = ReadItemPage(doc, result, kind_,
                           policy_.plan().text(policy_.plan().servers()[server.index()].name_space),
                           session_era_ && instance != nullptr && instance->stateless());
  if (!page) return OnFetchFailed(server, page.error().message);
  if (page->dropped != 0) Drop(entry, page->dropped, page->why);
  if (!Take(entry, *page)) {
    spdlog::warn("server `{}` has more {} than the gateway lists; the rest is left out",
                 NameOf(server), info_.nouns);
  } else if (!page->raw_cursor.empty()) {
    entry.bytes += page->raw_cursor.size();
    if (entry.cursors.size() + 1 >= limits_.pages || entry.bytes > limits_.bytes ||
        !entry.cursors.insert(page->raw_cursor).second) {
      spdlog::warn("server `{}`: its list of {} does not end; the rest is left out", NameOf(server),
                   info_.nouns);
    } else {
      return RequestPage(entry, page->raw_cursor);
    }
  }
  OnFetched(entry);
}

bool Catalogue::Take(Entry& entry, ItemPage& page) {
  for (ListedItem& item : page.items) {
    if (entry.fetched_names.size() == limits_.items ||
        entry.bytes + item.raw.size() > limits_.bytes) {
      return false;
    }
    entry.bytes += item.raw.size();  // shown or not: the names of all are kept
    if (!entry.fetched_names.insert(item.name).second) {
      Drop(entry, 1, "it is listed twice");
      continue;
    }
    if (!MayBeShown(entry.target.server, item.name)) {
      entry.fetched_hidden.push_back(std::move(item.name));
      continue;
    }
    if (!item.link.empty() && on_link_) on_link_(entry.target.server, item.link);
    entry.fetched.push_back(std::move(item));
  }
  return true;
}

bool Catalogue::MayBeShown(ServerId server, std::string_view name) {
  // What a template stands for is decided when it is read.
  if (kind_ == ItemKind::kTemplate) return true;
  decide::Call call;
  call.kind = info_.call;
  call.name = name;
  call.server = server;
  return policy_.CouldAllow(call);
}

void Catalogue::OnFetched(Entry& entry) {
  entry.items = std::move(entry.fetched);
  entry.hidden = std::move(entry.fetched_hidden);
  if (info_.call == plan::CallKind::kResource) entry.names = std::move(entry.fetched_names);
  entry.state = entry.changed_meanwhile ? State::kUnknown : State::kKnown;
  EndFetch(entry);
}

void Catalogue::OnFetchFailed(ServerId server, std::string_view why) {
  spdlog::warn("server `{}`: its {} are not listed: {}", NameOf(server), info_.nouns, why);
  Entry& entry = entries_.at(server);
  entry.items.clear();
  entry.hidden.clear();
  entry.names.clear();
  entry.state = State::kUnknown;
  EndFetch(entry);
}

void Catalogue::Drop(Entry& entry, size_t items, std::string_view why) {
  if (entry.dropped == 0) entry.why = why;
  entry.dropped += items;
}

void Catalogue::EndFetch(Entry& entry) {
  entry.fetched.clear();
  entry.fetched_hidden.clear();
  entry.fetched_names.clear();
  entry.cursors.clear();
  if (entry.dropped != 0) {
    // One line, however many: a list can hold millions.
    spdlog::warn("server `{}`: {} of its {} are not listed; the first one: {}",
                 NameOf(entry.target.server), entry.dropped, info_.nouns, entry.why);
  }
  bool waited_for = false;
  std::vector<std::function<void()>> complete;  // to be told last: they may ask for more
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    waited_for = at->missing.erase(entry.target.server) != 0 || waited_for;
    if (at->missing.empty()) {
      complete.push_back(std::move(at->then));
      at = waiting_.erase(at);
    } else {
      ++at;
    }
  }
  // Too late for the lists that were answered without it.
  if (!waited_for && !entry.items.empty()) Announce(entry);
  for (const auto& then : complete) {
    then();
    on_settled_();
  }
}

bool Catalogue::Filter(Entry& entry) {
  const ServerId server = entry.target.server;
  const size_t before = entry.items.size();
  std::erase_if(entry.items, [&](const ListedItem& item) {
    if (MayBeShown(server, item.name)) return false;
    entry.hidden.push_back(item.name);
    return true;
  });
  bool changed = entry.items.size() != before;
  for (const std::string& name : entry.hidden) {
    if (!MayBeShown(server, name)) continue;
    // Only its name is known.
    if (entry.state == State::kKnown) entry.state = State::kUnknown;
    changed = true;
    break;
  }
  return changed;
}

void Catalogue::Renew(const std::vector<Target>& targets,
                      const std::function<ServerId(const Target&)>& was) {
  ++renewals_;
  std::map<ServerId, Entry> before = std::exchange(entries_, {});
  bool changed = false;
  for (const Target& target : targets) {
    const auto old = before.find(was(target));
    if (old == before.end()) {
      entries_.emplace(target.server, target);
      changed = true;  // perhaps: it has not said yet what it has
      continue;
    }
    Entry& entry = entries_.emplace(target.server, std::move(old->second)).first->second;
    before.erase(old);
    entry.target = target;
    changed = Filter(entry) || changed;
  }
  for (const auto& [server, gone] : before) changed = changed || !gone.items.empty();
  if (changed && std::exchange(listed_, false)) {
    for (auto& [server, entry] : entries_) entry.shown = false;
    announcer_.Announce();
  }
}

void Catalogue::Resume() {
  std::set<ServerId> fetched;
  for (auto& [server, entry] : entries_) {
    if (entry.state != State::kFetching) continue;
    entry.state = State::kUnknown;
    fetched.insert(server);
  }
  std::vector<std::function<void()>> complete;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    at->missing.clear();
    for (const auto& [server, entry] : entries_) {
      if (entry.state == State::kKnown) continue;
      at->missing.insert(server);
      fetched.insert(server);
    }
    if (at->missing.empty()) {
      complete.push_back(std::move(at->then));
      at = waiting_.erase(at);
    } else {
      ++at;
    }
  }
  for (const auto& then : complete) {
    then();
    on_settled_();
  }
  for (const ServerId server : fetched) {
    Entry& entry = entries_.at(server);
    if (entry.state == State::kUnknown) Fetch(entry);
  }
}

void Catalogue::OnChanged(ServerId server) {
  const auto at = entries_.find(server);
  if (at == entries_.end()) return;
  Entry& entry = at->second;
  if (entry.state == State::kFetching) entry.changed_meanwhile = true;
  if (entry.state == State::kKnown) entry.state = State::kUnknown;
  Announce(entry);
}

void Catalogue::OnLost(ServerId server) {
  const auto at = entries_.find(server);
  if (at != entries_.end() && at->second.state == State::kKnown) {
    at->second.state = State::kUnknown;
  }
}

void Catalogue::Watch() {
  listed_ = true;
  for (auto& [server, entry] : entries_) entry.shown = true;
}

void Catalogue::Announce(Entry& entry) {
  if (!entry.shown) return;
  entry.shown = false;
  announcer_.Announce();
}

std::unordered_set<std::string_view> Catalogue::Contested() const {
  std::unordered_set<std::string_view> contested;
  if (kind_ != ItemKind::kResource || entries_.size() < 2) return contested;
  std::unordered_set<std::string_view> seen;
  for (const auto& [server, entry] : entries_) {
    for (const ListedItem& item : entry.items) {
      if (!seen.insert(item.name).second) contested.insert(item.name);
    }
  }
  if (!contested.empty()) {
    spdlog::warn("{} of the resources are not listed: several servers have them; the first one: {}",
                 contested.size(), downstream::Printable(*contested.begin(), 200));
  }
  return contested;
}

void Catalogue::Answer(const ReplyTo& reply) {
  const std::unordered_set<std::string_view> contested = Contested();
  std::string result = fmt::format(R"({{"{}":[)", info_.member);
  listed_ = true;
  for (auto& [server, entry] : entries_) {
    entry.shown = true;
    for (const ListedItem& item : entry.items) {
      if (contested.contains(item.name)) continue;
      if (result.back() != '[') result += ',';
      result += item.raw;
    }
  }
  result += "]}";
  client_.Answer(reply, json::ResultResponse(reply.raw_id, result));
}

std::string_view Catalogue::NameOf(ServerId server) const {
  return policy_.plan().text(policy_.plan().servers()[server.index()].name);
}

}  // namespace mcplexer::mcp
