// SPDX-License-Identifier: Apache-2.0
// Small plans made by hand, with what auth and audit read of one: secrets, scopes, and one server,
// workspace and rule to name. Nothing can be decided with them.

#ifndef MCPLEXER_TESTS_UNIT_AUDIT_TEST_PLAN_H_
#define MCPLEXER_TESTS_UNIT_AUDIT_TEST_PLAN_H_

#include <gtest/gtest.h>

#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/digest.h"
#include "runtime/plan/format.h"
#include "runtime/plan/plan.h"

namespace mcplexer::test {

struct TestSecret {
  std::string name;
  plan::SecretSource source;
  std::string argument;
};

struct TestPart {
  std::string literal;
  uint32_t secret = plan::kNone;
};

struct TestScope {
  std::string name;
  plan::ScopeType type = plan::ScopeType::kEnv;
  std::vector<std::string> redact = {};
  std::vector<std::pair<std::string, std::vector<TestPart>>> injections = {};
};

class TestPlan {
 public:
  // Both sorted by name.
  std::vector<TestSecret> secrets;
  std::vector<TestScope> scopes;

  plan::Plan Build() {
    Fill();
    Result<plan::Plan> plan = plan::Plan::Load(Bytes());
    EXPECT_TRUE(plan.has_value()) << (plan ? "" : plan.error().message);
    return std::move(*plan);
  }

 private:
  plan::StringRef Text(std::string_view text) {
    const plan::StringRef ref{static_cast<uint32_t>(strings_.size()),
                              static_cast<uint32_t>(text.size())};
    strings_ += text;
    return ref;
  }

  template <typename T>
  static uint32_t Count(const std::vector<T>& v) {
    return static_cast<uint32_t>(v.size());
  }

  plan::Range Texts(const std::vector<std::string>& texts) {
    const uint32_t begin = Count(sections_.string_refs);
    for (const std::string& text : texts) sections_.string_refs.push_back(Text(text));
    return {begin, static_cast<uint32_t>(texts.size())};
  }

  void Fill() {
    sections_.meta.resize(1);
    sections_.meta[0].max_depth = 1;
    for (const TestSecret& secret : secrets) {
      sections_.secrets.push_back({Text(secret.name), secret.source, Texts({secret.argument})});
    }
    for (const TestScope& scope : scopes) AddScope(scope);
    plan::ServerRecord server = {};
    server.name = server.name_space = Text("github");
    server.command = Texts({"github-server"});
    server.instances = 1;
    sections_.servers.push_back(server);
    sections_.namespaces.push_back({server.name, 0, {}, {}});
    plan::WorkspaceRecord workspace = {};
    workspace.name = Text("acme");
    workspace.root = Text("/work/acme");
    workspace.parent = plan::kNone;
    sections_.workspaces.push_back(workspace);
    plan::PrincipalRecord anonymous = {};
    anonymous.token_secret = plan::kNone;
    sections_.principals.push_back(anonymous);
    sections_.files.push_back({Text("acme.plex")});
    sections_.rules.emplace_back();
    sections_.outcomes.emplace_back();
    plan::RuleOriginRecord origin;
    origin.id = Text("acme.reads");
    origin.line = 31;
    sections_.rule_origins.push_back(origin);
  }

  void AddScope(const TestScope& scope) {
    plan::ScopeRecord record = {};
    record.name = Text(scope.name);
    record.type = scope.type;
    record.redact = Texts(scope.redact);
    record.provider = plan::kNone;
    record.injections = {Count(sections_.injections), Count(scope.injections)};
    for (const auto& [key, parts] : scope.injections) {
      sections_.injections.push_back({Text(key), {Count(sections_.template_parts), Count(parts)}});
      for (const TestPart& part : parts)
        sections_.template_parts.push_back({Text(part.literal), part.secret});
    }
    sections_.scopes.push_back(record);
  }

  template <typename T>
  void Section(plan::SectionId id, const T* data, size_t count) {
    bytes_.resize((bytes_.size() + plan::kSectionAlignment - 1) / plan::kSectionAlignment *
                  plan::kSectionAlignment);
    const plan::SectionEntry entry{static_cast<uint32_t>(id), sizeof(T), bytes_.size(), count};
    std::memcpy(bytes_.data() + table_, &entry, sizeof(entry));
    table_ += sizeof(entry);
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), begin, begin + count * sizeof(T));
  }
  template <typename T>
  void Section(plan::SectionId id, const std::vector<T>& records) {
    Section(id, records.data(), records.size());
  }

  std::vector<std::byte> Bytes() {
    using plan::SectionId;
    bytes_.assign(sizeof(plan::Header) + plan::kSectionCount * sizeof(plan::SectionEntry),
                  std::byte{0});
    table_ = sizeof(plan::Header);
    Section(SectionId::kStrings, strings_.data(), strings_.size());
    WriteRecords();
    plan::Header header = {};
    header.magic = plan::kMagic;
    header.major_version = plan::kMajorVersion;
    header.minor_version = plan::kMinorVersion;
    header.header_size = sizeof(header);
    header.file_size = bytes_.size();
    header.section_count = plan::kSectionCount;
    std::memcpy(bytes_.data(), &header, sizeof(header));
    header.content_digest = plan::ContentDigest(bytes_);
    std::memcpy(bytes_.data(), &header, sizeof(header));
    return bytes_;
  }

  // The sections that hold nothing here are written empty, in their places.
  void WriteRecords() {
#define SECTION(id, name, record) Section(plan::SectionId::id, sections_.name);
#include "runtime/plan/sections.def"
  }

  std::string strings_;
  struct Sections {
#define SECTION(id, name, record) std::vector<record> name;
#include "runtime/plan/sections.def"
  };
  Sections sections_;
  std::vector<std::byte> bytes_;
  size_t table_ = 0;
};

}  // namespace mcplexer::test

#endif  // MCPLEXER_TESTS_UNIT_AUDIT_TEST_PLAN_H_
