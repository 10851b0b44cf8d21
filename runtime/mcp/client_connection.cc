// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/client_connection.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/json/envelope.h"
#include "runtime/json/writer.h"

namespace mcplexer::mcp {
namespace {

// A document that grew beyond this for one large message gives its memory back.
constexpr size_t kKeptDocument = size_t{256} << 10;
// A batch is one frame and makes up to this many requests; the protocol names no bound.
constexpr size_t kMaxBatch = 256;
// Of the answers to one batch, which are kept until the last one is there: room for one of the
// largest messages. What a batch of large lists asks for would otherwise be some gigabytes.
constexpr size_t kMaxBatchAnswers = size_t{64} << 20;

int CodeOf(json::ErrorKind kind) {
  switch (kind) {
    case json::ErrorKind::kTooLarge:
    case json::ErrorKind::kTooDeep:
    case json::ErrorKind::kTooManyNodes:
    case json::ErrorKind::kDuplicateKey:
      return json::kInvalidRequestCode;  // JSON it may well be
    default:
      return json::kParseErrorCode;
  }
}

}  // namespace

void ClientConnection::Start(Era& era, ConnectionObserver& observer) {
  era_ = &era;
  observer_ = &observer;
  transport_.Start(*this);
}

void ClientConnection::Answer(const ReplyTo& reply, std::string frame) {
  if (!reply.batch) {
    transport_.Send(std::move(frame));
    return;
  }
  Batch& batch = *reply.batch;
  if (!batch.answers.empty()) batch.answers += ',';
  if (batch.answers.size() + frame.size() <= kMaxBatchAnswers) {
    batch.answers += frame;
  } else {
    batch.answers +=
        json::ErrorResponse(reply.raw_id, json::kInternalErrorCode,
                            "the answer is left out: those of the batch are too large");
  }
  --batch.open;
  SendBatchIfComplete(batch);
}

void ClientConnection::Forget(const ReplyTo& reply) {
  if (!reply.batch) return;
  --reply.batch->open;
  SendBatchIfComplete(*reply.batch);
}

void ClientConnection::SendBatchIfComplete(const Batch& batch) {
  if (batch.open == 0 && !batch.answers.empty()) transport_.Send("[" + batch.answers + "]");
}

bool ClientConnection::Parse(std::string_view frame, bool* ambiguous) {
  auto parsed = doc_.Parse(frame);
  if (!parsed && parsed.error().kind == json::ErrorKind::kDuplicateKey) {
    // Once more, to see which request it is that is refused.
    *ambiguous = true;
    json::Limits limits;
    limits.unique_keys_depth = 0;
    parsed = doc_.Parse(frame, limits);
  }
  if (parsed) return true;
  Refuse({}, CodeOf(parsed.error().kind), parsed.error().Message());
  return false;
}

void ClientConnection::OnFrame(std::string_view frame) {
  bool ambiguous = false;
  if (Parse(frame, &ambiguous)) {
    if (doc_.TypeOf(doc_.Root()) == json::Type::kArray) {
      ReadBatch(ambiguous);
    } else {
      Dispatch(doc_.Root(), ambiguous, nullptr);
    }
  }
  if (doc_.MemoryBytes() > kKeptDocument) doc_.Release();
}

void ClientConnection::ReadBatch(bool ambiguous) {
  const size_t count = doc_.ElementCount(doc_.Root());
  if (!era_->AcceptsBatches()) {
    return Refuse({}, json::kInvalidRequestCode, "batches are not part of this protocol version");
  }
  if (count == 0 || count > kMaxBatch) {
    return Refuse({}, json::kInvalidRequestCode, "a batch holds 1 to 256 messages");
  }
  const auto batch = std::make_shared<Batch>();
  ++batch->open;  // until all are read, so that quick answers do not complete it
  for (const json::NodeId message : doc_.Elements(doc_.Root())) {
    Dispatch(message, ambiguous, batch);
  }
  --batch->open;
  SendBatchIfComplete(*batch);
}

void ClientConnection::Dispatch(json::NodeId message, bool ambiguous,
                                std::shared_ptr<Batch> batch) {
  const json::Envelope envelope = json::ReadEnvelope(doc_, message, method_scratch_);
  ReplyTo reply;
  if (envelope.id.valid() && envelope.id_type != json::IdType::kNull) {
    reply.raw_id = doc_.Raw(envelope.id);
  }
  switch (envelope.kind) {
    case json::MessageKind::kRequest:
      if (batch) ++batch->open;
      reply.batch = std::move(batch);
      return era_->OnRequest({doc_, envelope, ambiguous}, std::move(reply));
    case json::MessageKind::kNotification:
      return era_->OnNotification({doc_, envelope, ambiguous});
    case json::MessageKind::kResult:
    case json::MessageKind::kErrorResponse:
      return era_->OnResponse({doc_, envelope, ambiguous});
    case json::MessageKind::kBatch:
    case json::MessageKind::kInvalid:
      if (batch) ++batch->open;
      reply.batch = std::move(batch);
      return Refuse(reply, json::kInvalidRequestCode,
                    envelope.fault.empty() ? "a batch within a batch" : envelope.fault);
  }
}

void ClientConnection::Refuse(const ReplyTo& reply, int code, std::string_view message) {
  Answer(reply, json::ErrorResponse(reply.raw_id, code, message));
}

void ClientConnection::OnOversizedFrame() {
  Refuse({}, json::kInvalidRequestCode, "the message is too long");
}

void ClientConnection::OnCongestion(bool congested) {
  transport_.SetReading(!congested);
  observer_->OnClientCongested(congested);
}

}  // namespace mcplexer::mcp
