// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/stream_transport.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

namespace mcplexer::transport {
namespace {

class Recorder final : public Receiver {
 public:
  void OnFrame(std::string_view frame) override {
    frames.emplace_back(frame);
    if (on_frame) on_frame();
  }
  void OnOversizedFrame() override { ++oversized; }
  void OnClosed() override { ++closed; }
  void OnCongestion(bool on) override {
    congestion.push_back(on);
    if (on_congestion) on_congestion(on);
  }

  std::vector<std::string> frames;
  std::vector<bool> congestion;
  std::function<void()> on_frame;
  std::function<void(bool)> on_congestion;
  int oversized = 0;
  int closed = 0;
};

class StreamTransportTest : public testing::Test {
 protected:
  StreamTransportTest() {
    std::signal(SIGPIPE, SIG_IGN);
    int in[2];
    int out[2];
    EXPECT_EQ(::pipe2(in, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    to_ = UniqueFd(in[1]);
    from_ = UniqueFd(out[0]);
    EXPECT_EQ(::fcntl(from_.get(), F_SETFL, O_NONBLOCK), 0);
    Limits limits;
    limits.frame_bytes = 1000;
    limits.queue_bytes = 100'000;
    transport_ = std::make_unique<StreamTransport>(io_, UniqueFd(in[0]), UniqueFd(out[1]), limits);
  }

  void Write(std::string_view bytes) {
    ASSERT_EQ(::write(to_.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  std::string ReadAll() {
    std::string all;
    std::string chunk(1 << 16, '\0');
    ssize_t n = 0;
    while ((n = ::read(from_.get(), chunk.data(), chunk.size())) > 0) {
      all.append(chunk, 0, static_cast<size_t>(n));
    }
    return all;
  }
  void Poll() {
    io_.restart();
    while (io_.poll() != 0) {
    }
  }

  boost::asio::io_context io_;
  UniqueFd to_;
  UniqueFd from_;
  Recorder recorder_;
  std::unique_ptr<StreamTransport> transport_;
};

TEST_F(StreamTransportTest, DeliversFramesTheRestAndTheEnd) {
  transport_->Start(recorder_);
  Write("one\ntw");
  Poll();
  Write("o\r\nrest");
  Poll();
  EXPECT_EQ(recorder_.frames, (std::vector<std::string>{"one", "two"}));
  to_.Reset();
  Poll();
  EXPECT_EQ(recorder_.frames, (std::vector<std::string>{"one", "two", "rest"}));
  EXPECT_EQ(recorder_.closed, 1);
}

TEST_F(StreamTransportTest, AnOversizedFrameIsReportedAndTheNextOneRead) {
  transport_->Start(recorder_);
  Write(std::string(5000, 'x') + "\nok\n");
  Poll();
  EXPECT_EQ(recorder_.oversized, 1);
  EXPECT_EQ(recorder_.frames, std::vector<std::string>{"ok"});
}

TEST_F(StreamTransportTest, WhatThePeerDoesNotReadWaitsInOrderAndIsReportedAsCongestion) {
  transport_->Start(recorder_);
  std::string expected;
  for (int i = 0; i < 400; ++i) {
    const std::string frame = std::to_string(i) + std::string(1000, 'x');
    expected += frame + "\n";
    transport_->Send(frame);
  }
  EXPECT_GT(transport_->QueuedBytes(), 100'000u);
  Poll();
  EXPECT_EQ(recorder_.congestion, std::vector<bool>{true});
  std::string got;
  while (got.size() < expected.size()) {
    const size_t before = got.size();
    got += ReadAll();
    Poll();
    ASSERT_TRUE(got.size() != before || transport_->QueuedBytes() == 0);
  }
  EXPECT_EQ(got, expected);
  EXPECT_EQ(transport_->QueuedBytes(), 0u);
  EXPECT_EQ(recorder_.congestion, (std::vector<bool>{true, false}));
}

TEST_F(StreamTransportTest, NoFrameIsDeliveredBetweenCongestionAndItsReport) {
  transport_->Start(recorder_);
  recorder_.on_frame = [&] { transport_->Send(std::string(500'000, 'x')); };
  recorder_.on_congestion = [&](bool on) { transport_->SetReading(!on); };
  std::string requests;
  for (int i = 0; i < 1000; ++i) requests += "list\n";
  Write(requests);
  Poll();
  EXPECT_EQ(recorder_.frames.size(), 1u);
  EXPECT_LT(transport_->QueuedBytes(), 600'000u);
  to_.Reset();
  size_t got = 0;
  while (got < 1000 * 500'001) {
    const size_t before = got;
    got += ReadAll().size();
    Poll();
    ASSERT_TRUE(got != before || recorder_.closed == 1);
    ASSERT_LT(transport_->QueuedBytes(), 600'000u);
  }
  EXPECT_EQ(recorder_.frames.size(), 1000u);
  EXPECT_EQ(recorder_.closed, 1);
}

TEST_F(StreamTransportTest, NothingIsDeliveredWhileReadingIsOff) {
  transport_->Start(recorder_);
  recorder_.on_frame = [&] {
    if (recorder_.frames.size() == 1) transport_->SetReading(false);
  };
  Write("a\nb\nc\n");
  Poll();
  EXPECT_EQ(recorder_.frames, std::vector<std::string>{"a"});
  to_.Reset();
  Poll();
  EXPECT_EQ(recorder_.closed, 0);
  transport_->SetReading(true);
  EXPECT_EQ(recorder_.frames.size(), 1u) << "delivered from within SetReading";
  Poll();
  EXPECT_EQ(recorder_.frames, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(recorder_.closed, 1);
}

TEST_F(StreamTransportTest, AReaderThatIsGoneClosesTheTransportOnceAndNotFromWithinSend) {
  transport_->Start(recorder_);
  from_.Reset();
  transport_->Send("x");
  transport_->Send("y");
  EXPECT_EQ(recorder_.closed, 0);
  Poll();
  EXPECT_EQ(recorder_.closed, 1);
  Write("late\n");
  to_.Reset();
  Poll();
  EXPECT_EQ(recorder_.closed, 1);
  EXPECT_TRUE(recorder_.frames.empty());
}

TEST_F(StreamTransportTest, CloseWritingFirstWritesWhatWaits) {
  transport_->Start(recorder_);
  const std::string frame(300'000, 'x');
  transport_->Send(frame);
  transport_->CloseWriting();
  transport_->Send("dropped");
  std::string got;
  for (int i = 0; i < 100 && got.size() < frame.size() + 1; ++i) {
    got += ReadAll();
    Poll();
  }
  EXPECT_EQ(got, frame + "\n");
  char byte = 0;
  EXPECT_EQ(::read(from_.get(), &byte, 1), 0) << "the writing end is still open";
}

TEST_F(StreamTransportTest, MayBeDestroyedWithEverythingPending) {
  transport_->Start(recorder_);
  transport_->Send(std::string(300'000, 'x'));
  transport_->SetReading(false);
  transport_->SetReading(true);
  transport_.reset();
  Poll();
  EXPECT_TRUE(recorder_.frames.empty());
  EXPECT_EQ(recorder_.closed, 0);
}

TEST(StreamTransportFileTest, ReadsAnOrdinaryFile) {
  boost::asio::io_context io;
  char name[] = "/tmp/mcplexer_stream_XXXXXX";
  UniqueFd file(::mkstemp(name));
  ASSERT_TRUE(file.valid());
  ::unlink(name);
  ASSERT_EQ(::write(file.get(), "a\nb\n", 4), 4);
  ASSERT_EQ(::lseek(file.get(), 0, SEEK_SET), 0);
  Recorder recorder;
  StreamTransport transport(io, std::move(file), UniqueFd(::open("/dev/null", O_WRONLY)));
  transport.Start(recorder);
  transport.Send("x");
  io.run();
  EXPECT_EQ(recorder.frames, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(recorder.closed, 1);
}

}  // namespace
}  // namespace mcplexer::transport
