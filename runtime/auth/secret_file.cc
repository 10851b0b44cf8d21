// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/secret_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "runtime/auth/guarded_file.h"

namespace mcplexer::auth {
namespace {

void DropLineBreak(SecretString& value) {
  size_t size = value.size();
  if (size != 0 && value.Reveal()[size - 1] == '\n') {
    --size;
    if (size != 0 && value.Reveal()[size - 1] == '\r') --size;
  }
  value.Resize(size);
}

}  // namespace

Result<SecretString> ReadSecretFile(const std::string& path, const ResolveContext& context) {
  std::string absolute = path;
  if (path == "~" || path.starts_with("~/")) {
    if (context.home.empty()) return Fail("is below `~`, and there is no home directory");
    absolute = context.home + path.substr(1);
  }
  if (!absolute.starts_with('/')) return Fail("is neither absolute nor below `~`");
  if (absolute.find('\0') != std::string::npos) return Fail("has a NUL byte in its path");

  Result<GuardedFile> file = ReadGuardedFile(absolute, Others::kMayRead, context.limits.file_bytes);
  if (!file) return tl::unexpected(std::move(file.error()));
  SecretString& value = file->bytes;
  DropLineBreak(value);
  if (value.empty()) return Fail("is empty");
  if ((file->mode & S_IROTH) != 0 && context.warn) {
    context.warn(
        fmt::format("file `{}` holds a secret and may be read by everybody (chmod go-r)", path));
  }
  return std::move(value);
}

}  // namespace mcplexer::auth
