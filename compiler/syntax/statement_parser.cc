// SPDX-License-Identifier: Apache-2.0
// ANTLR's default is to report, guess, insert or delete tokens and go on; its guesses cascade. Here
// the first mismatch of a statement ends it: the strategy below notes where, throws Abandoned
// through the generated code (which unwinds its contexts), and Parse catches it.

#include "compiler/syntax/statement_parser.h"

#include "runtime/base/check.h"

namespace mcplexer::syntax {
namespace {

struct Abandoned {};

}  // namespace

class StatementParser::Strategy : public antlr4::ANTLRErrorStrategy {
 public:
  Strategy(TokenWindow& window, Failure& failure) : window_(window), failure_(failure) {}

  void reset(antlr4::Parser* /*parser*/) override {}
  void sync(antlr4::Parser* /*parser*/) override {}
  bool inErrorRecoveryMode(antlr4::Parser* /*parser*/) override { return false; }
  void reportMatch(antlr4::Parser* /*parser*/) override {}

  // A token other than the only one, or the few, that could stand here.
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    Note(parser, parser->getCurrentToken(), parser->getState());
    throw Abandoned{};
  }

  // No alternative of a decision fits.
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& e) override {
    antlr4::Token* found = e.getOffendingToken();
    Note(parser, found, e.getOffendingState());
    // What is known to be expected is so where the decision began, not further on.
    if (found != parser->getCurrentToken()) failure_.expected.clear();
  }

  void recover(antlr4::Parser* /*parser*/, std::exception_ptr /*e*/) override { throw Abandoned{}; }

 private:
  void Note(antlr4::Parser* parser, antlr4::Token* found, size_t state) {
    failure_ = Failure();
    failure_.found = found;
    failure_.found_index = found->getTokenIndex();
    if (failure_.found_index > 0) failure_.before = window_.get(failure_.found_index - 1);
    const antlr4::misc::IntervalSet expected =
        parser->getATN().getExpectedTokens(state, parser->getContext());
    for (const ssize_t type : expected.toList()) {
      if (type > 0) failure_.expected.push_back(static_cast<size_t>(type));
    }
    for (antlr4::tree::ParseTree* at = parser->getContext(); at != nullptr; at = at->parent) {
      failure_.rules.push_back(static_cast<antlr4::ParserRuleContext*>(at)->getRuleIndex());
    }
  }

  TokenWindow& window_;
  Failure& failure_;
};

StatementParser::StatementParser(TokenWindow& window) : parser_(&window) {
  parser_.removeErrorListeners();
  parser_.setErrorHandler(std::make_shared<Strategy>(window, failure_));
  parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
}

antlr4::ParserRuleContext* StatementParser::Parse(Entry entry) {
  try {
    return entry(parser_);
  } catch (const Abandoned&) {
    return nullptr;
  } catch (const antlr4::RuntimeException&) {
    constexpr bool kRuntimeIsUsedAsItDocuments = false;
    MCPLEXER_CHECK(kRuntimeIsUsedAsItDocuments);
  }
  return nullptr;
}

}  // namespace mcplexer::syntax
