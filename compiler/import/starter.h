// SPDX-License-Identifier: Apache-2.0
// A policy to begin with, out of what is on a machine: the configurations of its clients, else
// programs that are installed.

#ifndef MCPLEXER_COMPILER_IMPORT_STARTER_H_
#define MCPLEXER_COMPILER_IMPORT_STARTER_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/import/import.h"

namespace mcplexer::importer {

// The machine, as far as it matters here. Tests put another in its place.
struct Machine {
  std::string home;         // absolute and normalised, or empty
  std::string config_home;  // $XDG_CONFIG_HOME, or empty
  // The text of a file, or nothing where there is none that can be read.
  std::function<std::optional<std::string>(const std::string& path)> read;
  std::function<bool(const std::string& path)> exists;
  // Whether a program of that name is in PATH.
  std::function<bool(const std::string& program)> has_program;
};

// Where clients keep their configurations: the project's in `directory` first, then the person's.
// Linux and macOS.
std::vector<std::string> ConfigurationPaths(const std::string& directory, const Machine& machine);

// The policy for `directory` (absolute, normalised): denied unless a rule allows it, reading
// allowed, destroying denied, the rest approved, with a test. A configuration that cannot be read
// is told about and left out. Fails only where the policy that was made does not compile.
tl::expected<Imported, ImportError> MakeStarter(const std::string& directory,
                                                const Machine& machine, const Options& options);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_STARTER_H_
