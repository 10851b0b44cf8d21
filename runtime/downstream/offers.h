// SPDX-License-Identifier: Apache-2.0
// What a server offers: the capabilities of its answer to `initialize`, as far as it matters to a
// gateway. A server is asked for nothing that it does not offer (MCP basic/lifecycle, operation).

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_OFFERS_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_OFFERS_H_

#include "runtime/json/document.h"

namespace mcplexer::downstream {

struct Offers {
  bool prompts = false;
  bool resources = false;
  bool subscriptions = false;  // resources.subscribe
  bool logging = false;
  bool tasks_list = false;
  bool tasks_cancel = false;
};

// One of them; null where none is needed.
using Offer = bool Offers::*;

// `introduction` is the result of `initialize`. What is not an object is no capability.
Offers ReadOffers(const json::Document& doc, json::NodeId introduction);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_OFFERS_H_
