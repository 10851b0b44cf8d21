// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "compiler/model/attributes.h"
#include "compiler/model/context.h"
#include "compiler/model/values.h"

namespace mcplexer::model {
namespace {

constexpr auto kOptional = Presence::kOptional;
// (uid_t)-1 means "no user" to the kernel.
constexpr int64_t kLargestUid = 0xFFFFFFFE;

constexpr std::array kKeys = {
    KeySpec{"uid", ValueType::kInteger, kOptional, 0, kLargestUid},
    KeySpec{"token", ValueType::kSecret},
    KeySpec{"jwt", ValueType::kMap},
    KeySpec{"groups", ValueType::kNames},
};
constexpr AttributeTable kTable = {"principal", kKeys};

constexpr std::array kJwtKeys = {
    KeySpec{"issuer", ValueType::kNonEmpty, Presence::kRequired},
    KeySpec{"audience", ValueType::kNonEmpty, Presence::kRequired},
    KeySpec{"subject", ValueType::kNonEmpty, Presence::kRequired},
};
constexpr AttributeTable kJwtTable = {"jwt", kJwtKeys};

class PrincipalStep {
 public:
  explicit PrincipalStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Run() {
    // A group is declared by the principals in it, so all of them are read before any is lowered.
    for (const auto& [name, entry] : context_.names.principals.entries()) {
      const syntax::Declaration& declaration = *entry.declaration;
      read_.push_back(ReadAttributes(declaration.attributes, kTable, declaration.name, reporter_));
      if (name == kAnonymous) {
        reporter_.Report(Code::kDuplicateName, entry.span,
                         "`anonymous` is the principal that nobody declares");
      }
      CollectGroups(read_.back());
    }
    context_.names.groups.Number();
    for (const auto& [name, entry] : context_.names.groups.entries()) {
      context_.policy.groups.push_back(name);
    }
    context_.policy.principals.emplace_back();  // the anonymous one
    for (const auto& [name, entry] : context_.names.principals.entries()) {
      Lower(*entry.declaration, read_[context_.policy.principals.size() - 1]);
    }
  }

 private:
  void CollectGroups(const Attributes& attributes) {
    const syntax::Value* groups = attributes.Find("groups");
    if (groups == nullptr) return;
    std::map<std::string_view, Span> seen;
    for (const syntax::Value& group : groups->items) {
      const auto [at, added] = seen.try_emplace(group.text, group.span);
      if (!added) {
        reporter_
            .Report(Code::kDuplicateKey, group.span,
                    fmt::format("group `{}` is given more than once", group.text))
            .Also(at->second, "given here first");
        continue;
      }
      const NameTable::Entry* principal = context_.names.principals.Find(group.text);
      if (principal != nullptr || group.text == kAnonymous) {
        source::Diagnostic& diagnostic =
            reporter_.Report(Code::kDuplicateName, group.span,
                             fmt::format("`{}` would be both a principal and a group", group.text));
        if (principal != nullptr) diagnostic.Also(principal->span, "the principal");
      }
      context_.names.groups.AddImplicit({group.text, group.span});
    }
  }

  void Lower(const syntax::Declaration& declaration, const Attributes& attributes) {
    Principal principal;
    principal.name = declaration.name.text;
    principal.span = declaration.name.span;
    if (const syntax::Value* uid = attributes.Find("uid")) {
      principal.uid = static_cast<uint32_t>(attributes.Number("uid", 0));
      Claim("uid", std::to_string(*principal.uid), uid->span, principal);
    }
    if (const syntax::Value* token = attributes.Find("token")) {
      if (const auto name = SecretReference(*token, reporter_)) {
        principal.token = IdOf<SecretId>(context_.names.secrets.Resolve(*name, reporter_));
        Claim("token", name->text, token->span, principal);
      }
    }
    if (const syntax::Value* jwt = attributes.Find("jwt")) LowerJwt(*jwt, principal);
    if (const syntax::Value* groups = attributes.Find("groups")) {
      for (const syntax::Value& group : groups->items) {
        principal.groups.push_back(IdOf<GroupId>(context_.names.groups.Find(group.text)));
      }
      std::sort(principal.groups.begin(), principal.groups.end());
      principal.groups.erase(std::unique(principal.groups.begin(), principal.groups.end()),
                             principal.groups.end());
    }
    context_.policy.principals.push_back(std::move(principal));
  }

  void LowerJwt(const syntax::Value& jwt, Principal& principal) {
    std::vector<syntax::Attribute> fields;
    for (const auto& [key, value] : jwt.entries) fields.push_back({key, value, false, key.span});
    const Attributes attributes =
        ReadAttributes(fields, kJwtTable, {principal.name, jwt.span}, reporter_);
    principal.jwt_issuer = attributes.Text("issuer");
    principal.jwt_audience = attributes.Text("audience");
    principal.jwt_subject = attributes.Text("subject");
    Claim("jwt",
          fmt::format("{}\n{}\n{}", principal.jwt_issuer, principal.jwt_audience,
                      principal.jwt_subject),
          jwt.span, principal);
  }

  // Two principals that are known by the same thing could not be told apart. `key` says what it is:
  // "uid".
  void Claim(std::string_view key, const std::string& identity, Span span,
             const Principal& principal) {
    const auto [at, added] =
        claims_.try_emplace(fmt::format("{} {}", key, identity), Claimed{span, principal.name});
    if (added) return;
    reporter_
        .Report(Code::kDuplicateName, span,
                fmt::format("principals `{}` and `{}` have the same `{}`", at->second.principal,
                            principal.name, key))
        .Also(at->second.span, "the other one");
  }

  struct Claimed {
    Span span;
    std::string principal;
  };

  Context& context_;
  Reporter& reporter_;
  std::vector<Attributes> read_;
  std::map<std::string, Claimed> claims_;
};

}  // namespace

void LowerPrincipals(Context& context) { PrincipalStep(context).Run(); }

}  // namespace mcplexer::model
