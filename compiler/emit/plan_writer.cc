// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/plan_writer.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/plan/digest.h"
#include "runtime/plan/signature.h"

namespace mcplexer::emit {
namespace {

using plan::Header;
using plan::SectionEntry;
using plan::SectionId;

size_t AlignUp(size_t offset) {
  return (offset + plan::kSectionAlignment - 1) / plan::kSectionAlignment * plan::kSectionAlignment;
}

// Appends sections behind the header and the table, which it fills in on the way.
class Layout {
 public:
  explicit Layout(uint32_t sections)
      : bytes_(sizeof(Header) + sections * sizeof(SectionEntry)), count_(sections) {}

  template <typename T>
  void Add(SectionId id, const T* elements, size_t count) {
    bytes_.resize(AlignUp(bytes_.size()));
    const SectionEntry entry{static_cast<uint32_t>(id), sizeof(T), bytes_.size(), count};
    std::memcpy(bytes_.data() + sizeof(Header) + sections_ * sizeof entry, &entry, sizeof entry);
    ++sections_;
    if (count == 0) return;
    const auto* begin = reinterpret_cast<const std::byte*>(elements);
    bytes_.insert(bytes_.end(), begin, begin + count * sizeof(T));
  }

  std::vector<std::byte> Seal(const plan::Digest& source_digest) && {
    MCPLEXER_CHECK(sections_ == count_);
    Header header{};
    header.magic = plan::kMagic;
    header.major_version = plan::kMajorVersion;
    header.minor_version = plan::kMinorVersion;
    header.header_size = sizeof(Header);
    header.file_size = bytes_.size();
    header.section_count = count_;
    header.source_digest = source_digest;
    std::memcpy(bytes_.data(), &header, sizeof header);
    header.content_digest = plan::ContentDigest(bytes_);
    std::memcpy(bytes_.data(), &header, sizeof header);
    return std::move(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
  const uint32_t count_;
  uint32_t sections_ = 0;
};

}  // namespace

plan::StringRef PlanSections::Intern(std::string_view text) {
  if (text.empty()) return {};
  const auto [place, added] = interned_.try_emplace(std::string(text));
  if (added) {
    MCPLEXER_CHECK(strings.size() + text.size() <= std::numeric_limits<uint32_t>::max());
    place->second = {static_cast<uint32_t>(strings.size()), static_cast<uint32_t>(text.size())};
    strings += text;
  }
  return place->second;
}

uint32_t PlanSections::Share(SectionId section, const std::string& content, uint32_t place) {
  return shared_[section].try_emplace(content, place).first->second;
}

std::vector<std::byte> Serialize(const PlanSections& sections, const plan::Digest& source_digest) {
  uint32_t count = plan::kSectionCount;
#define SECTION(id, name, record)
#define OPTIONAL_SECTION(id, name, record) count += sections.name.empty() ? 0 : 1;
#include "runtime/plan/sections.def"
  Layout layout(count);
  layout.Add(SectionId::kStrings, sections.strings.data(), sections.strings.size());
#define SECTION(id, name, record) \
  layout.Add(SectionId::id, sections.name.data(), sections.name.size());
#define OPTIONAL_SECTION(id, name, record) \
  if (!sections.name.empty()) layout.Add(SectionId::id, sections.name.data(), sections.name.size());
#include "runtime/plan/sections.def"
  return std::move(layout).Seal(source_digest);
}

void Sign(std::span<std::byte> plan, std::span<const uint8_t, 64> secret_key) {
  MCPLEXER_CHECK(plan.size() >= sizeof(Header));
  MCPLEXER_CHECK(sodium_init() >= 0);
  Header header;
  std::memcpy(&header, plan.data(), sizeof header);
  std::copy(secret_key.begin() + 32, secret_key.end(), header.signer.begin());
  MCPLEXER_CHECK(crypto_sign_ed25519_detached(header.signature.data(), nullptr,
                                              reinterpret_cast<const unsigned char*>(plan.data()),
                                              plan::kSignedHeaderBytes, secret_key.data()) == 0);
  std::memcpy(plan.data(), &header, sizeof header);
}

}  // namespace mcplexer::emit
