// SPDX-License-Identifier: Apache-2.0
// The file as a container: header, table, digest, signature. Nothing is read before it is known to
// be there.

#include <algorithm>
#include <cstring>

#include "runtime/plan/digest.h"
#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

size_t TableBytes(uint32_t sections) { return sections * sizeof(SectionEntry); }

bool AllZero(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

template <size_t N>
bool AllZero(const std::array<uint8_t, N>& bytes) {
  return AllZero(std::as_bytes(std::span(bytes)));
}

Status CheckHeader(const Header& header, size_t size) {
  if (header.magic != kMagic) return Fail("plan: not a compiled plan (wrong magic)");
  if (header.major_version != kMajorVersion) {
    return Fail(fmt::format("plan: format {}.{}, this program reads {}.x; compile the policy again",
                            header.major_version, header.minor_version, kMajorVersion));
  }
  if (header.header_size != sizeof(Header)) {
    return Fail(
        fmt::format("plan: header of {} bytes, expected {}", header.header_size, sizeof(Header)));
  }
  if (header.file_size != size) {
    return Fail(fmt::format("plan: {} bytes, its header says {}: truncated or extended", size,
                            header.file_size));
  }
  if (header.section_count != kSectionCount && header.section_count != kSectionCount + 1) {
    return Fail(fmt::format("plan: {} sections, expected {} or {}", header.section_count,
                            kSectionCount, kSectionCount + 1));
  }
  if (header.flags != 0 || !AllZero(header.reserved) || !AllZero(header.reserved2)) {
    return Fail("plan: reserved header bytes are not zero");
  }
  return {};
}

// Walks the table in order. Each section begins at the first aligned offset behind the one before,
// so nothing overlaps and nothing is hidden between sections.
class SectionWalk {
 public:
  SectionWalk(std::span<const std::byte> file, uint32_t sections)
      : file_(file), sections_(sections), end_(sizeof(Header) + TableBytes(sections)) {}

  template <typename T>
  bool Next(SectionId id, const char* name, std::span<const T>* out) {
    if (!status_) return false;
    SectionEntry entry;
    std::memcpy(&entry, file_.data() + sizeof(Header) + index_ * sizeof entry, sizeof entry);
    ++index_;
    const char* fault = Check(entry, id, sizeof(T));
    if (fault != nullptr) {
      status_ = Fail(fmt::format("plan: section {}: {}", name, fault));
      return false;
    }
    *out = {reinterpret_cast<const T*>(file_.data() + entry.offset),
            static_cast<size_t>(entry.count)};
    end_ = entry.offset + entry.count * sizeof(T);
    return true;
  }

  // One that is not in the table is empty, and one that is empty is not in the table.
  template <typename T>
  void NextOptional(SectionId id, const char* name, std::span<const T>* out) {
    if (index_ < sections_ && Next(id, name, out) && out->empty()) {
      status_ = Fail(fmt::format("plan: section {}: empty, and there nevertheless", name));
    }
  }

  Status Finish() const {
    if (!status_) return status_;
    if (end_ != file_.size()) return Fail("plan: bytes after the last section");
    return {};
  }

 private:
  const char* Check(const SectionEntry& entry, SectionId id, size_t element_size) const {
    if (entry.id != static_cast<uint32_t>(id)) return "id out of order";
    if (entry.element_size != element_size) return "wrong element size";
    const uint64_t begin = (end_ + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
    if (entry.offset != begin) return "not at the first aligned offset behind the one before";
    if (begin > file_.size()) return "begins behind the end of the file";
    if (entry.count > kMaxElements) return "too many elements";
    if (entry.count * element_size > file_.size() - begin) return "ends behind the end of the file";
    if (!AllZero(file_.subspan(end_, begin - end_))) return "padding before it is not zero";
    return nullptr;
  }

  // Indexes are 32 bits, kNone is taken, and sums of an index and a count stay below 2^33.
  static constexpr uint64_t kMaxElements = kNone - 1;

  std::span<const std::byte> file_;
  const uint32_t sections_;
  uint64_t end_;
  size_t index_ = 0;
  Status status_;
};

}  // namespace

Result<Tables> VerifyContainer(std::span<const std::byte> file, const Trust& trust) {
  if (file.size() < sizeof(Header) + TableBytes(kSectionCount)) {
    return Fail(
        fmt::format("plan: {} bytes, shorter than a header and a section table", file.size()));
  }
  Header header;
  std::memcpy(&header, file.data(), sizeof header);
  if (const Status status = CheckHeader(header, file.size()); !status) {
    return tl::unexpected(status.error());
  }

  if (file.size() < sizeof(Header) + TableBytes(header.section_count)) {
    return Fail("plan: shorter than its section table");
  }

  Tables tables;
  SectionWalk walk(file, header.section_count);
  std::span<const char> strings;
  walk.Next(SectionId::kStrings, "strings", &strings);
  tables.strings = {strings.data(), strings.size()};
#define SECTION(id, name, record) walk.Next(SectionId::id, #name, &tables.name);
#define OPTIONAL_SECTION(id, name, record) walk.NextOptional(SectionId::id, #name, &tables.name);
#include "runtime/plan/sections.def"
  if (const Status status = walk.Finish(); !status) return tl::unexpected(status.error());

  if (ContentDigest(file) != header.content_digest) {
    return Fail("plan: content does not match its digest: damaged or altered");
  }
  if (CheckSignature(header) == SignatureState::kInvalid) {
    return Fail(fmt::format("plan: signature does not verify: altered, or not signed by key {}",
                            KeyId(header.signer)));
  }
  if (const Status trusted = trust.Check(header); !trusted) return tl::unexpected(trusted.error());
  return tables;
}

}  // namespace mcplexer::plan::verify
