// SPDX-License-Identifier: Apache-2.0
// What makes a server with a scope's credentials what it is, so that two plans can be compared: an
// instance that is defined alike in both goes on when the one takes the other's place.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_DEFINITION_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_DEFINITION_H_

#include <string>
#include <string_view>

#include "runtime/base/id.h"
#include "runtime/plan/plan.h"

namespace mcplexer::downstream {

// Equal for the same server (name, namespace, command, environment, directory or URL) with the same
// scope (injections, the references of their secrets, provider), whatever ids they have; not for
// people. Timeouts and other things that a running server does not notice do not count. `scope` may
// be not valid. Never holds a secret.
std::string DefinitionOf(const plan::Plan& plan, ServerId server, ScopeId scope);

// The server of that name; not valid where there is none.
ServerId FindServer(const plan::Plan& plan, std::string_view name);
ScopeId FindScope(const plan::Plan& plan, std::string_view name);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_DEFINITION_H_
