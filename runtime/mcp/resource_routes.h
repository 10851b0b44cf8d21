// SPDX-License-Identifier: Apache-2.0
// Whose a resource is. URIs pass unchanged, so the gateway has to know: from the servers' lists,
// from the links in their results and tools, and from their templates, in this order. Only servers
// count from which the policy lets the session read the URI. Where two of them have it on the same
// ground, it is nobody's: an answer from the wrong one would look like success.

#ifndef MCPLEXER_RUNTIME_MCP_RESOURCE_ROUTES_H_
#define MCPLEXER_RUNTIME_MCP_RESOURCE_ROUTES_H_

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/mcp/catalogue.h"
#include "runtime/mcp/policy.h"

namespace mcplexer::mcp {

struct Route {
  enum class Kind : uint8_t {
    kOwner,      // `servers` has one
    kContested,  // `servers` has several
    kDenied,     // `servers` has one, whose rules say so
    kUnknown,    // of no server that is known
    kUnlisted,   // the same, but not all servers have been asked what they have
  };
  Kind kind = Kind::kUnknown;
  std::vector<ServerId> servers = {};
};

// One thread. All parameters must outlive it.
class ResourceRoutes {
 public:
  // Links kept for the session, the oldest forgotten first. A result can hold thousands.
  static constexpr size_t kMaxLinks = 4096;
  static constexpr size_t kMaxLinkBytes = 8192;  // longer ones are not kept

  ResourceRoutes(Policy& policy, const Catalogue& resources, const Catalogue& templates)
      : policy_(policy),
        resources_(resources),
        templates_(templates),
        targets_(resources.Targets()) {}

  // Work on templates for one URI: ten thousand ordinary ones, and no more of a hostile server's.
  static constexpr size_t kTemplateBudget = size_t{64} << 20;

  enum class Subject : uint8_t { kUri, kTemplate };

  // Of a URI, or of a template as it is listed. Never kUnlisted when `final`: then what is known
  // has to do.
  Route Find(const std::string& uri, Subject subject, bool final);
  // Another plan has come into force, and the lists are by its ids; `now` gives the new id of a
  // server that goes on, and of others one that is not valid.
  void Renew(const std::function<ServerId(ServerId)>& now);

  // The server has named the resource in a result or with a tool.
  void AddLink(ServerId server, std::string_view uri);

 private:
  bool MayRead(ServerId server, std::string_view uri);
  Route Denied(std::string_view uri);
  // Takes out whom the policy does not let the session read it from; true when some are left.
  bool Settle(std::string_view uri, std::vector<ServerId> owners, Route* route);

  Policy& policy_;
  const Catalogue& resources_;
  const Catalogue& templates_;
  std::vector<Target> targets_;
  std::unordered_map<std::string, std::vector<ServerId>> links_;
  std::list<std::string> link_order_;  // oldest first
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_RESOURCE_ROUTES_H_
