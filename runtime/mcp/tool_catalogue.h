// SPDX-License-Identifier: Apache-2.0
// tools/list over many servers: each server's tools, all pages of them, kept until the server says
// that they changed or goes away, filtered by what the session could be allowed, and merged in the
// plan's order of servers and each server's order of tools.
//
// A list waits for no server longer than kListPatience. One that comes late, or changes its mind,
// is announced by notifications/tools/list_changed, once for all that happens within kCoalesce, and
// only to a client that has been shown a list since.

#ifndef MCPLEXER_RUNTIME_MCP_TOOL_CATALOGUE_H_
#define MCPLEXER_RUNTIME_MCP_TOOL_CATALOGUE_H_

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/policy.h"
#include "runtime/mcp/tool_page.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

struct CatalogueLimits {
  // An agent's first list waits for package runners to start servers; clients give up at 30 to 60
  // s.
  std::chrono::seconds list_patience{10};
  // A server that reloads its tools one by one should not make the client ask each time.
  std::chrono::milliseconds coalesce{50};
  // The largest servers in the field have some hundred tools, on one page.
  size_t pages = 100;
  size_t tools = 10'000;
  size_t bytes = size_t{32} << 20;
  // Lists that wait for a server at the same time: each is answered by a copy of its own. A client
  // that asks again before it was answered has given up the first one.
  size_t waiting = 16;
};

// One thread. All parameters must outlive it.
class ToolCatalogue {
 public:
  // `on_settled` runs after each list that was answered later than it was asked.
  ToolCatalogue(Policy& policy, downstream::Pool& pool, transport::Timers& timers, Client& client,
                std::function<void()> on_settled, const CatalogueLimits& limits = {});
  ~ToolCatalogue();

  void List(const ReplyTo& reply);
  void OnToolsChanged(ServerId server);
  void OnLost(ServerId server);
  bool idle() const { return waiting_.empty(); }

 private:
  class PageRequest;

  enum class State : uint8_t { kUnknown, kFetching, kKnown };

  struct Entry {
    explicit Entry(Target t) : target(t) {}
    Target target;
    State state = State::kUnknown;
    bool changed_meanwhile = false;  // while it was fetched
    bool shown = false;              // the client has a list with or without these tools
    std::vector<std::string> tools;  // raw, as shown
    // Of the fetch under way:
    std::vector<std::string> fetched;
    std::unordered_set<std::string> names;
    std::unordered_set<std::string> cursors;
    size_t bytes = 0;
    size_t dropped = 0;    // tools that are left out
    std::string_view why;  // the first of them is
  };

  struct Waiting {
    Waiting(transport::Timers& timers, ReplyTo r) : reply(std::move(r)), timer(timers) {}
    ReplyTo reply;
    std::set<ServerId> missing;
    transport::Timer timer;
  };

  void Fetch(Entry& entry);
  void RequestPage(Entry& entry, const std::string& raw_cursor);
  void OnPage(ServerId server, json::Document& doc, json::NodeId result);
  // Adds the page's tools that may be shown. False when the server has too many.
  bool Take(Entry& entry, ToolPage& page);
  void OnFetched(Entry& entry);
  void OnFetchFailed(ServerId server, std::string_view why);
  void EndFetch(Entry& entry);
  static void Drop(Entry& entry, size_t tools, std::string_view why);
  void Announce(Entry& entry);
  void Answer(const ReplyTo& reply);
  std::string_view NameOf(ServerId server) const;

  Policy& policy_;
  downstream::Pool& pool_;
  transport::Timers& timers_;
  Client& client_;
  const std::function<void()> on_settled_;
  const CatalogueLimits limits_;
  std::map<ServerId, Entry> entries_;
  std::list<Waiting> waiting_;
  transport::Timer announcement_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_TOOL_CATALOGUE_H_
