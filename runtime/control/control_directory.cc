// SPDX-License-Identifier: Apache-2.0
#include "runtime/control/control_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::control {
namespace {

using transport::UniqueFd;

constexpr std::string_view kSuffix = ".sock";

std::string PathOf(const std::string& state) { return state + "/gateways"; }
std::string FileOf(const std::string& gateway) { return gateway + std::string(kSuffix); }

sockaddr_un AddressIn(int directory, const std::string& file) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = fmt::format("/proc/self/fd/{}/{}", directory, file);
  MCPLEXER_CHECK(path.size() < sizeof(address.sun_path));  // names are ours and short
  path.copy(address.sun_path, path.size());
  return address;
}

}  // namespace

Result<std::optional<ControlDirectory>> ControlDirectory::Open(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.valid() && errno == ENOENT) return std::nullopt;
  struct stat status{};
  if (!fd.valid() || ::fstat(fd.get(), &status) != 0) {
    return Fail(fmt::format("`{}`: {}", path, std::strerror(errno)));
  }
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fail(fmt::format(
        "`{}` has to belong to the gateway's user and be closed to all others (mode 0700)", path));
  }
  return ControlDirectory(std::move(fd));
}

Result<ControlDirectory> ControlDirectory::Make(const std::string& state) {
  const std::string path = PathOf(state);
  if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return Fail(fmt::format("`{}`: {}", path, std::strerror(errno)));
  }
  auto opened = Open(path);
  if (!opened) return tl::unexpected(opened.error());
  if (!*opened) return Fail(fmt::format("`{}` is gone", path));
  return std::move(**opened);
}

Result<std::optional<ControlDirectory>> ControlDirectory::Find(const std::string& state) {
  return Open(PathOf(state));
}

std::vector<std::string> ControlDirectory::List() const {
  std::vector<std::string> names;
  // A descriptor of its own: reading moves its offset, and closedir closes it.
  const int fd = ::openat(fd_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return names;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::fdopendir(fd), &::closedir);
  if (!directory) return names;
  while (const dirent* entry = ::readdir(directory.get())) {
    std::string_view name = entry->d_name;
    if (name.starts_with('.') || !name.ends_with(kSuffix)) continue;
    name.remove_suffix(kSuffix.size());
    if (name.size() <= 64) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

sockaddr_un ControlDirectory::Address(const std::string& gateway) const {
  return AddressIn(fd_.get(), FileOf(gateway));
}

sockaddr_un ControlDirectory::HiddenAddress(const std::string& gateway) const {
  return AddressIn(fd_.get(), "." + FileOf(gateway));
}

Status ControlDirectory::Publish(const std::string& gateway) const {
  const std::string file = FileOf(gateway);
  if (::renameat(fd_.get(), ("." + file).c_str(), fd_.get(), file.c_str()) != 0) {
    return Fail(fmt::format("the gateway's socket: {}", std::strerror(errno)));
  }
  return {};
}

void ControlDirectory::Remove(const std::string& gateway) const {
  ::unlinkat(fd_.get(), FileOf(gateway).c_str(), 0);
}

void ControlDirectory::RemoveHidden(const std::string& gateway) const {
  ::unlinkat(fd_.get(), ("." + FileOf(gateway)).c_str(), 0);
}

}  // namespace mcplexer::control
