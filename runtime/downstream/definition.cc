// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/definition.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace mcplexer::downstream {
namespace {

// Texts with their lengths in front, so that no two definitions run together alike.
class DefinitionWriter {
 public:
  explicit DefinitionWriter(const plan::Plan& plan) : plan_(plan) {}

  void Number(uint64_t number) { out_ += std::to_string(number) + ";"; }
  void Text(plan::StringRef ref) {
    const std::string_view text = plan_.text(ref);
    Number(text.size());
    out_ += text;
  }
  void Texts(plan::Range range) {
    Number(range.count);
    for (const plan::StringRef& ref : plan_.string_refs().subspan(range.begin, range.count)) {
      Text(ref);
    }
  }
  void KeyValues(plan::Range range) {
    Number(range.count);
    for (const plan::KeyValue& one : plan_.key_values().subspan(range.begin, range.count)) {
      Text(one.key);
      Text(one.value);
    }
  }
  void Server(const plan::ServerRecord& server) {
    Text(server.name);
    Text(server.name_space);
    Number(static_cast<uint64_t>(server.transport));
    Texts(server.command);
    KeyValues(server.env);
    Text(server.cwd);
    Text(server.url);
  }
  void Scope(const plan::ScopeRecord& scope) {
    Text(scope.name);
    Number(static_cast<uint64_t>(scope.type));
    KeyValues(scope.attributes);
    Number(scope.injections.count);
    for (const plan::Injection& injection :
         plan_.injections().subspan(scope.injections.begin, scope.injections.count)) {
      Text(injection.key);
      Number(injection.parts.count);
      for (const plan::TemplatePart& part :
           plan_.template_parts().subspan(injection.parts.begin, injection.parts.count)) {
        Part(part);
      }
    }
    if (scope.provider == plan::kNone) return;
    const plan::ProviderRecord& provider = plan_.providers()[scope.provider];
    Text(provider.name);
    KeyValues(provider.attributes);
  }

  std::string Take() { return std::move(out_); }

 private:
  void Part(const plan::TemplatePart& part) {
    Number(part.secret == plan::kNone ? 0 : 1);
    if (part.secret == plan::kNone) return Text(part.literal);
    const plan::SecretRecord& secret = plan_.secrets()[part.secret];
    Text(secret.name);
    Number(static_cast<uint64_t>(secret.source));
    Texts(secret.arguments);
  }

  const plan::Plan& plan_;
  std::string out_;
};

// Records are sorted by name.
template <typename Record>
uint32_t IndexOf(const plan::Plan& plan, std::span<const Record> records, std::string_view name) {
  const auto at = std::lower_bound(
      records.begin(), records.end(), name,
      [&](const Record& record, std::string_view n) { return plan.text(record.name) < n; });
  if (at == records.end() || plan.text(at->name) != name) return plan::kNone;
  return static_cast<uint32_t>(at - records.begin());
}

}  // namespace

std::string DefinitionOf(const plan::Plan& plan, ServerId server, ScopeId scope) {
  DefinitionWriter writer(plan);
  writer.Server(plan.servers()[server.index()]);
  if (scope.valid()) writer.Scope(plan.scopes()[scope.index()]);
  return writer.Take();
}

ServerId FindServer(const plan::Plan& plan, std::string_view name) {
  return ServerId(IndexOf(plan, plan.servers(), name));
}

ScopeId FindScope(const plan::Plan& plan, std::string_view name) {
  return ScopeId(IndexOf(plan, plan.scopes(), name));
}

}  // namespace mcplexer::downstream
