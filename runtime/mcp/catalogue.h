// SPDX-License-Identifier: Apache-2.0
// A list over many servers, of tools, prompts, resources or templates: each server's items, all
// pages of them, kept until the server says that they changed or goes away, filtered by what the
// session could be allowed, and merged in the plan's order of servers and each server's order of
// items. A server that does not offer such things has none.
//
// A list waits for no server longer than list_patience. One that comes late, or changes its mind,
// is announced, and only to a client that has been shown a list since.
//
// A resource is known by its URI, which two servers may both use. Where the policy lets the session
// read it from both, neither is shown: whose it is would be a guess.

#ifndef MCPLEXER_RUNTIME_MCP_CATALOGUE_H_
#define MCPLEXER_RUNTIME_MCP_CATALOGUE_H_

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/announcer.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/item_page.h"
#include "runtime/mcp/policy.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

struct CatalogueLimits {
  // An agent's first list waits for package runners to start servers; clients give up at 30 to 60
  // s.
  std::chrono::seconds list_patience{10};
  // The largest servers in the field have some hundred tools, on one page.
  size_t pages = 100;
  size_t items = 10'000;
  size_t bytes = size_t{32} << 20;
  // Lists that wait for a server at the same time: each is answered by a copy of its own. A client
  // that asks again before it was answered has given up the first one.
  size_t waiting = 16;
};

// One thread. All parameters must outlive it.
class Catalogue {
 public:
  // `on_settled` runs after each list that was answered later than it was asked.
  // `targets` are the policy's for this kind.
  Catalogue(ItemKind kind, const std::vector<Target>& targets, Policy& policy,
            downstream::Pool& pool, transport::Timers& timers, Client& client, Announcer& announcer,
            std::function<void()> on_settled, const CatalogueLimits& limits = {});
  ~Catalogue();

  // Told of the resources that listed items name, with the server that lists them.
  void OnLink(std::function<void(ServerId, std::string_view)> on_link) {
    on_link_ = std::move(on_link);
  }

  void List(const ReplyTo& reply);
  // Asks the servers that are not known, and calls `then` when they have answered or took too long,
  // perhaps before this returns.
  void Learn(std::function<void()> then);
  bool known() const;
  // Which servers list this name, shown or not; as of their last list where a new one is due.
  std::vector<ServerId> OwnersOf(const std::string& name) const;
  // Calls `visit` with each name that each server lists.
  void ForEach(const std::function<void(ServerId, const std::string&)>& visit) const;

  const ItemKindInfo& kind() const { return info_; }
  // The servers whose items may be shown, and with which credentials they are asked.
  std::vector<Target> Targets() const;

  // Another policy is in force, and the pool is its own. `was` gives the target of the plan before
  // that is the same server with the same scope; one that is not valid where there was none. Tells
  // a client that has seen a list since the last time, when what it may see has changed. Resume has
  // to follow, when all that shares the policy knows of it.
  void Renew(const std::vector<Target>& targets, const std::function<ServerId(const Target&)>& was);
  // What was asked for before is asked for again.
  void Resume();

  // The client is of the session era, which knows schemas of objects only for what tools give back.
  void ForSessionEra() { session_era_ = true; }
  // The client wants to hear of changes, whether or not it has asked for a list.
  void Watch();
  void OnChanged(ServerId server);
  void OnLost(ServerId server);
  bool idle() const { return waiting_.empty(); }

 private:
  class PageRequest;

  enum class State : uint8_t { kUnknown, kFetching, kKnown };

  struct Entry {
    explicit Entry(Target t) : target(t) {}
    Target target;
    State state = State::kUnknown;
    bool changed_meanwhile = false;         // while it was fetched
    bool shown = false;                     // the client has a list with or without these items
    std::vector<ListedItem> items;          // that may be shown
    std::vector<std::string> hidden;        // names of those that may not
    std::unordered_set<std::string> names;  // of all; empty where nothing is routed by them
    // Of the fetch under way:
    std::vector<ListedItem> fetched;
    std::vector<std::string> fetched_hidden;
    std::unordered_set<std::string> fetched_names;
    std::unordered_set<std::string> cursors;
    size_t bytes = 0;
    size_t dropped = 0;    // items that are left out
    std::string_view why;  // the first of them is
  };

  struct Waiting {
    Waiting(transport::Timers& timers, std::function<void()> t)
        : then(std::move(t)), timer(timers) {}
    std::function<void()> then;
    std::set<ServerId> missing;
    transport::Timer timer;
  };

  void Fetch(Entry& entry);
  void RequestPage(Entry& entry, const std::string& raw_cursor);
  void OnPage(ServerId server, json::Document& doc, json::NodeId result);
  // Adds the page's items that may be shown. False when the server has too many.
  bool Take(Entry& entry, ItemPage& page);
  void OnFetched(Entry& entry);
  void OnFetchFailed(ServerId server, std::string_view why);
  void EndFetch(Entry& entry);
  static void Drop(Entry& entry, size_t items, std::string_view why);
  void Announce(Entry& entry);
  // Shows what may be shown by now; true when that is something else than before.
  bool Filter(Entry& entry);
  void Answer(const ReplyTo& reply);
  // Of resources that may be shown: those that more than one server has.
  std::unordered_set<std::string_view> Contested() const;
  bool MayBeShown(ServerId server, std::string_view name);
  std::string_view NameOf(ServerId server) const;

  const ItemKindInfo& info_;
  const ItemKind kind_;
  Policy& policy_;
  downstream::Pool& pool_;
  transport::Timers& timers_;
  Client& client_;
  Announcer& announcer_;
  const std::function<void()> on_settled_;
  const CatalogueLimits limits_;
  std::function<void(ServerId, std::string_view)> on_link_;
  bool session_era_ = false;
  std::map<ServerId, Entry> entries_;
  std::list<Waiting> waiting_;
  bool listed_ = false;  // the client has seen a list, or wants to hear of changes, since it was
                         // told of a new policy
  uint64_t renewals_ = 0;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CATALOGUE_H_
