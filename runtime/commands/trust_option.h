// SPDX-License-Identifier: Apache-2.0
// `--trust KEY`, which every command that loads a plan on somebody's behalf has.

#ifndef MCPLEXER_RUNTIME_COMMANDS_TRUST_OPTION_H_
#define MCPLEXER_RUNTIME_COMMANDS_TRUST_OPTION_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/signature.h"

namespace mcplexer::commands {

// One object for one command, alive while it is parsed.
class TrustOption {
 public:
  TrustOption() = default;
  TrustOption(const TrustOption&) = delete;  // the command writes into it
  TrustOption& operator=(const TrustOption&) = delete;

  void AddTo(CLI::App& command);

  // After parsing: everybody where the option was not given; else whoever it names. Each value is a
  // public key, or a file of public keys that only its owner may write. Fails when one is neither
  // or holds no key, so an empty variable in somebody's script never means everybody.
  Result<plan::Trust> Read() const;
  // As they were given.
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
  const CLI::Option* option_ = nullptr;
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_TRUST_OPTION_H_
