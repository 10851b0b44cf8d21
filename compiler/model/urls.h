// SPDX-License-Identifier: Apache-2.0
// The URLs a policy names, as far as the compiler must understand them.

#ifndef MCPLEXER_COMPILER_MODEL_URLS_H_
#define MCPLEXER_COMPILER_MODEL_URLS_H_

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

enum class UrlScheme : uint8_t {
  kHttp,   // http or https
  kHttps,  // https; http only to this machine, where nobody listens in
};

// Reports what is not an http(s) URL with a host (E0108), and credentials in one: before the host
// or as a parameter (S0605).
void CheckUrl(const syntax::Value& value, UrlScheme scheme, Reporter& reporter);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_URLS_H_
