// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/interview.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/inventory/canonical.h"
#include "compiler/source/printable.h"
#include "runtime/json/writer.h"

namespace mcplexer::record {
namespace {

using inventory::Kind;

// Of an error response: its message, and whether it says that there is no such method.
std::string ErrorText(const json::Document& doc, const json::Envelope& response) {
  const json::NodeId message = doc.Find(response.error, "message");
  std::string scratch;
  if (!message.valid() || doc.TypeOf(message) != json::Type::kString) return "an error";
  return fmt::format("`{}`",
                     source::Printable(std::string(doc.Unescape(message, scratch)).substr(0, 200)));
}

bool IsUnknownMethod(const json::Document& doc, const json::Envelope& response) {
  const json::NodeId code = doc.Find(response.error, "code");
  return code.valid() && doc.Raw(code) == std::to_string(json::kMethodNotFoundCode);
}

std::string TextOf(const json::Document& doc, json::NodeId parent, std::string_view member) {
  const json::NodeId node = doc.Find(parent, member);
  std::string scratch;
  if (!node.valid() || doc.TypeOf(node) != json::Type::kString) return {};
  return std::string(doc.Unescape(node, scratch));
}

}  // namespace

class Interview::Answer final : public downstream::Exchange {
 public:
  using Then = void (Interview::*)(const json::Document&, const json::Envelope&);

  Answer(Interview& interview, Then then) : interview_(interview), then_(then) {}

  void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}
  void OnResponse(const json::Document& doc, const json::Envelope& response) override {
    (interview_.*then_)(doc, response);
  }
  void OnFailure(const downstream::Failure& failure) override { interview_.Fail(failure.message); }

 private:
  Interview& interview_;
  const Then then_;
};

Interview::Interview(downstream::InstanceOptions options, downstream::Launcher& launcher,
                     transport::Timers& timers, const InterviewLimits& limits,
                     std::function<void()> on_end)
    : limits_(limits),
      on_end_(std::move(on_end)),
      instance_(std::move(options), launcher, timers, *this),
      timer_(timers),
      recording_{instance_.options().name, mcplexer::Fail("not asked"), {}} {
  server_.name = recording_.server;
}

Interview::~Interview() = default;

void Interview::Begin() {
  timer_.SetAfter(limits_.patience, [this] {
    Fail(fmt::format("server `{}` did not answer everything within {} s", server_.name,
                     limits_.patience.count()));
  });
  // What a server announces is known when it has answered anything.
  Ask("ping", "", &Interview::OnIntroduced);
}

void Interview::Ask(std::string_view method, const std::string& raw_params, Answer::Then then) {
  const uint64_t id = instance_.NextId();
  instance_.Send(id, json::Request(std::to_string(id), method, raw_params),
                 std::make_unique<Answer>(*this, then), {limits_.patience, limits_.patience});
}

void Interview::OnIntroduced(const json::Document&, const json::Envelope&) {
  if (ended_) return;
  json::Document doc;
  if (const auto parsed = doc.Parse(instance_.introduction()); !parsed) {
    return Fail(fmt::format("server `{}`: its answer to `initialize` is malformed: {}",
                            server_.name, parsed.error().Message()));
  }
  const json::NodeId root = doc.Root();
  server_.protocol_version = TextOf(doc, root, "protocolVersion");
  server_.instructions = TextOf(doc, root, "instructions");
  const json::NodeId info = doc.Find(root, "serverInfo");
  const bool has_info = info.valid() && doc.TypeOf(info) == json::Type::kObject;
  server_.info = has_info ? inventory::Canonical(doc, info) : "{}";
  const json::NodeId capabilities = doc.Find(root, "capabilities");
  for (auto kind = inventory::kKinds.rbegin(); kind != inventory::kKinds.rend(); ++kind) {
    if (!capabilities.valid()) break;
    if (doc.Find(capabilities, inventory::Info(*kind).capability).valid()) {
      to_ask_.push_back(*kind);
    }
  }
  NextList();
}

void Interview::NextList() {
  if (to_ask_.empty()) {
    for (const Kind kind : inventory::kKinds) {
      std::ranges::sort(server_.of(kind), {}, &inventory::Item::name);
    }
    recording_.answer = std::move(server_);
    return End();
  }
  kind_ = to_ask_.back();
  to_ask_.pop_back();
  names_.clear();
  cursors_.clear();
  Ask(inventory::Info(kind_).method, "", &Interview::OnPage);
}

void Interview::OnPage(const json::Document& doc, const json::Envelope& response) {
  if (ended_) return;
  const inventory::KindInfo& info = inventory::Info(kind_);
  if (response.kind != json::MessageKind::kResult) {
    // Servers announce resources and know of no templates.
    if (IsUnknownMethod(doc, response)) return NextList();
    return Fail(fmt::format("server `{}` answered `{}` with {}", server_.name, info.method,
                            ErrorText(doc, response)));
  }
  // A parse of its own, in which definitions are searched for keys that are there twice.
  const std::string raw(doc.Raw(response.result));
  json::Document copy;
  json::Limits json_limits;
  json_limits.unique_keys_depth = 1;
  const auto parsed = copy.Parse(raw, json_limits);
  auto page = parsed ? inventory::ReadItemPage(copy, copy.Root(), kind_)
                     : Result<inventory::ItemPage>(mcplexer::Fail(parsed.error().Message()));
  if (!page) {
    return Fail(fmt::format("server `{}`: {}", server_.name, page.error().message));
  }
  for (const std::string& why : page->dropped) recording_.remarks.push_back(why + "; left out");
  if (!Take(*page)) {
    return Fail(
        fmt::format("server `{}` offers more {}s than a lock file takes", server_.name, info.noun));
  }
  if (page->raw_cursor.empty()) return NextList();
  if (cursors_.size() + 1 >= limits_.pages || !cursors_.insert(page->raw_cursor).second) {
    return Fail(fmt::format("server `{}`: its list of {}s does not end", server_.name, info.noun));
  }
  Ask(info.method, fmt::format(R"({{"cursor":{}}})", page->raw_cursor), &Interview::OnPage);
}

bool Interview::Take(inventory::ItemPage& page) {
  for (inventory::Item& item : page.items) {
    bytes_ += item.definition.size();
    if (bytes_ > limits_.bytes) return false;
    if (names_.size() == limits_.inventory.items_per_server) return false;
    if (!names_.insert(item.name).second) {
      recording_.remarks.push_back(fmt::format("{} `{}` is listed twice; the first one counts",
                                               inventory::Info(kind_).noun,
                                               source::Printable(item.name)));
      continue;
    }
    server_.of(kind_).push_back(std::move(item));
  }
  return true;
}

void Interview::Fail(std::string why) {
  if (ended_) return;  // Stop fails what is still pending
  recording_.answer = mcplexer::Fail(std::move(why));
  End();
}

void Interview::End() {
  if (std::exchange(ended_, true)) return;
  timer_.Cancel();
  // From the loop: the instance may be at the answer that ended this.
  timer_.SetAfter(transport::Duration::zero(), [this] {
    instance_.Stop("all was asked");
    on_end_();
  });
}

}  // namespace mcplexer::record
