// SPDX-License-Identifier: Apache-2.0
// Asks one server all it offers, one list after the other, all pages of each.

#ifndef MCPLEXER_COMPILER_RECORD_INTERVIEW_H_
#define MCPLEXER_COMPILER_RECORD_INTERVIEW_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/inventory/inventory.h"
#include "compiler/inventory/item_page.h"
#include "runtime/base/result.h"
#include "runtime/downstream/instance.h"
#include "runtime/transport/timers.h"

namespace mcplexer::record {

struct InterviewLimits {
  std::chrono::seconds patience{60};  // from the start to the last answer
  size_t pages = 1'000;               // of each list
  size_t bytes = size_t{32} << 20;    // of all definitions
  inventory::Limits inventory;
};

struct Recording {
  std::string server;                // as the policy calls it
  Result<inventory::Server> answer;  // or why there is none
  // What was left out, one text each.
  std::vector<std::string> remarks;
};

// One thread. All parameters outlive it.
class Interview final : private downstream::InstanceObserver {
 public:
  // `on_end` runs once, and may not destroy the interview.
  Interview(downstream::InstanceOptions options, downstream::Launcher& launcher,
            transport::Timers& timers, const InterviewLimits& limits, std::function<void()> on_end);
  ~Interview();

  void Begin();
  // Once ended.
  Recording& recording() { return recording_; }

 private:
  class Answer;

  void OnLost(downstream::Instance&) override {}

  // Sends a request; its result goes to `then`.
  void Ask(std::string_view method, const std::string& raw_params,
           void (Interview::*then)(const json::Document& doc, const json::Envelope& response));
  void OnIntroduced(const json::Document& doc, const json::Envelope& response);
  void OnPage(const json::Document& doc, const json::Envelope& response);
  // The next list that the server announces, or the end.
  void NextList();
  bool Take(inventory::ItemPage& page);
  void Fail(std::string why);
  void End();

  const InterviewLimits limits_;
  const std::function<void()> on_end_;
  downstream::Instance instance_;
  transport::Timer timer_;
  Recording recording_;
  inventory::Server server_;
  bool ended_ = false;

  std::vector<inventory::Kind> to_ask_;  // the next one last
  // Of the list that is being asked for:
  inventory::Kind kind_ = inventory::Kind::kTool;
  std::unordered_set<std::string> names_;
  std::unordered_set<std::string> cursors_;
  size_t bytes_ = 0;  // over all lists
};

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_INTERVIEW_H_
