// SPDX-License-Identifier: Apache-2.0
// A file of the person who runs us, as it is read, and then as it is to be. It is exchanged as a
// whole, so nobody ever sees half of it; what it was is kept beside it.
//
// Configurations are often symbolic links into a repository. The link is followed and stays; the
// file that it leads to has to be our own, in a directory where nobody else may put another.

#ifndef MCPLEXER_RUNTIME_CLIENTS_OWN_FILE_H_
#define MCPLEXER_RUNTIME_CLIENTS_OWN_FILE_H_

#include <sys/types.h>

#include <ctime>
#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace mcplexer::clients {

struct OwnFile {
  std::string path;  // where it really is
  bool exists = false;
  std::string bytes;
  mode_t mode = 0;
  dev_t device = 0;
  ino_t inode = 0;
  timespec modified{};
};

// One that does not exist is empty; its directory has to. Fails when it is no regular file, another
// user's, larger than kMaxConfigurationBytes, or where others may write.
Result<OwnFile> ReadOwnFile(const std::string& path);

// What the earlier content is kept as.
std::string BackupOf(const OwnFile& file);

// Exchanges the content, with the mode that the file has, `new_mode` for a new one. Fails when it
// is not the file that was read any more.
Status ReplaceOwnFile(const OwnFile& file, std::string_view bytes, mode_t new_mode);

}  // namespace mcplexer::clients

#endif  // MCPLEXER_RUNTIME_CLIENTS_OWN_FILE_H_
