// SPDX-License-Identifier: Apache-2.0
// Which URIs a template may stand for (RFC 6570): enough to tell whose a URI is, not to take it
// apart. More lenient than the RFC where servers are: a variable takes any characters that do not
// end the part of a URI in which it stands, encoded or not.

#ifndef MCPLEXER_RUNTIME_MCP_URI_TEMPLATE_H_
#define MCPLEXER_RUNTIME_MCP_URI_TEMPLATE_H_

#include <cstddef>
#include <string_view>

namespace mcplexer::mcp {

// Whether the template expands to the URI for some values. A template that is malformed (a brace
// without its other one, an operator that the RFC reserves) stands for nothing. Takes at most
// O(template * URI) time; that product is taken from `budget`, and where it does not suffice the
// answer is no.
bool MatchesTemplate(std::string_view uri_template, std::string_view uri, size_t* budget);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_URI_TEMPLATE_H_
