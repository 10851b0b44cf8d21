// SPDX-License-Identifier: Apache-2.0
// Where the gateways of one state directory are found: STATE/gateways holds a socket for each,
// named like its stream in the audit log (docs/audit-format.md), so that names are never used twice
// and sort by start. Clients that speak stdio start a gateway each, so there are many as a matter
// of course.
//
// The directory is its user's alone. A state directory's path may be longer than the 107 bytes that
// the address of a socket has room for, so sockets are addressed through the open directory.

#ifndef MCPLEXER_RUNTIME_CONTROL_CONTROL_DIRECTORY_H_
#define MCPLEXER_RUNTIME_CONTROL_CONTROL_DIRECTORY_H_

#include <sys/un.h>

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::control {

class ControlDirectory {
 public:
  // Fails when it is not a directory of our own that is closed to others.
  static Result<ControlDirectory> Make(const std::string& state);
  // Nothing where there is none.
  static Result<std::optional<ControlDirectory>> Find(const std::string& state);

  // Names of gateways, ascending; some may have died.
  std::vector<std::string> List() const;
  // Of the gateway's socket, or of the hidden name that it has while it is being made.
  sockaddr_un Address(const std::string& gateway) const;
  sockaddr_un HiddenAddress(const std::string& gateway) const;
  // Gives the socket that is being made its name.
  Status Publish(const std::string& gateway) const;
  void Remove(const std::string& gateway) const;
  void RemoveHidden(const std::string& gateway) const;

 private:
  explicit ControlDirectory(transport::UniqueFd fd) : fd_(std::move(fd)) {}
  static Result<std::optional<ControlDirectory>> Open(const std::string& path);

  transport::UniqueFd fd_;
};

}  // namespace mcplexer::control

#endif  // MCPLEXER_RUNTIME_CONTROL_CONTROL_DIRECTORY_H_
