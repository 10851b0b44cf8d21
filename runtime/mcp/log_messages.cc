// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/log_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"
#include "runtime/mcp/own_request.h"

namespace mcplexer::mcp {
namespace {

// Of syslog (RFC 5424), the least severe first.
constexpr std::array<std::string_view, 8> kLevels = {"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};
constexpr size_t kUnasked = 1;  // info

bool IsString(const json::Document& doc, json::NodeId node) {
  return node.valid() && doc.TypeOf(node) == json::Type::kString;
}

}  // namespace

std::optional<size_t> FindLogLevel(std::string_view name) {
  const auto at = std::find(kLevels.begin(), kLevels.end(), name);
  if (at == kLevels.end()) return std::nullopt;
  return static_cast<size_t>(at - kLevels.begin());
}

bool LogMessages::SetLevel(std::string_view level) {
  const auto found = FindLogLevel(level);
  if (!found) return false;
  level_ = found;
  pool_.ForEach([this](downstream::Instance& instance) { OnReady(instance); });
  return true;
}

void LogMessages::OnReady(downstream::Instance& instance) {
  if (!instance.ready()) return;
  if (level_) return Tell(instance, *level_);
  // Servers of the other era are silent unless they are told.
  if (session_era_ && instance.stateless()) Tell(instance, kUnasked);
}

void LogMessages::Tell(downstream::Instance& instance, size_t level) {
  SendOwnRequest(instance, "logging/setLevel",
                 fmt::format(R"({{"level":"{}"}})", kLevels.at(level)),
                 &downstream::Offers::logging);
}

std::optional<std::string> LogMessages::Translate(const downstream::Instance& instance,
                                                  const json::Document& doc,
                                                  const json::Envelope& notification) const {
  const json::NodeId params = notification.params;
  if (!params.valid()) return std::nullopt;
  const json::NodeId level = doc.Find(params, "level");
  if (!IsString(doc, level)) return std::nullopt;
  std::string scratch;
  const auto rank = FindLogLevel(doc.Unescape(level, scratch));
  if (level_ && (!rank || *rank < *level_)) return std::nullopt;

  json::Splicer splicer(doc, notification.message);
  tasks_.RelateToClient(instance, doc, params, splicer);
  const std::string& name_space = instance.options().name_space;
  if (!name_space.empty()) {
    const json::NodeId logger = doc.Find(params, "logger");
    const std::string name = IsString(doc, logger)
                                 ? fmt::format("{}/{}", name_space, doc.Unescape(logger, scratch))
                                 : name_space;
    splicer.SetMember(params, "logger", json::EscapeString(name));
  }
  return LineOf(splicer);
}

}  // namespace mcplexer::mcp
