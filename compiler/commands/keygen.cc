// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/keygen.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "compiler/commands/output.h"
#include "compiler/commands/signing_key.h"
#include "runtime/plan/key_text.h"

namespace mcplexer::commands {
namespace {

struct KeygenOptions {
  std::string file;
  bool only_public = false;
};

// A new pair whose secret half is in the file, or the pair of the file that is there.
Result<SigningKey> PairOf(const KeygenOptions& options) {
  if (options.only_public) return SigningKey::Read(options.file);
  if (options.file == "-") return Fail("a secret key is written to a file, not to standard output");
  SigningKey key = SigningKey::Generate();
  if (const Status written = key.WriteNew(options.file); !written) {
    return tl::unexpected(written.error());
  }
  return key;
}

int RunKeygen(const KeygenOptions& options) {
  const Result<SigningKey> key = PairOf(options);
  if (!key) {
    Complain(key.error().message);
    return kUsage;
  }
  fmt::print("{}\n", plan::PublicKeyText(key->public_key()));
  if (std::fflush(stdout) != 0) {
    Complain(fmt::format("cannot print the public key; `mcplexerc keygen --public {}` does again",
                         options.file));
    return kInternal;
  }
  return kClean;
}

}  // namespace

void AddKeygen(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("keygen", "Make a pair of keys: one signs plans, one is trusted");
  auto options = std::make_shared<KeygenOptions>();
  command
      ->add_option("FILE", options->file,
                   "Where the secret key is written; there must be nothing yet")
      ->required();
  command->add_flag("--public", options->only_public,
                    "Write nothing: print the public key of the secret one in FILE (- is stdin)");
  command->footer(
      "Prints the public key, one line, for --trust.\n"
      "Example: mcplexerc keygen release.key > release.pub\n"
      "         mcplexerc compile policies/ -o compiled.plan --sign release.key\n"
      "         mcplexer run compiled.plan --trust release.pub");
  command->callback([options, &exit_code] { exit_code = RunKeygen(*options); });
}

}  // namespace mcplexer::commands
