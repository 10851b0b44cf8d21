
// Generated from Plex.g4 by ANTLR 4.7.2



#include "PlexParser.h"


using namespace antlrcpp;
using namespace mcplexer::grammar;
using namespace antlr4;

PlexParser::PlexParser(TokenStream *input) : Parser(input) {
  _interpreter = new atn::ParserATNSimulator(this, _atn, _decisionToDFA, _sharedContextCache);
}

PlexParser::~PlexParser() {
  delete _interpreter;
}

std::string PlexParser::getGrammarFileName() const {
  return "Plex.g4";
}

const std::vector<std::string>& PlexParser::getRuleNames() const {
  return _ruleNames;
}

dfa::Vocabulary& PlexParser::getVocabulary() const {
  return _vocabulary;
}


//----------------- FileContext ------------------------------------------------------------------

PlexParser::FileContext::FileContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::FileContext::EOF() {
  return getToken(PlexParser::EOF, 0);
}

std::vector<PlexParser::DeclarationContext *> PlexParser::FileContext::declaration() {
  return getRuleContexts<PlexParser::DeclarationContext>();
}

PlexParser::DeclarationContext* PlexParser::FileContext::declaration(size_t i) {
  return getRuleContext<PlexParser::DeclarationContext>(i);
}


size_t PlexParser::FileContext::getRuleIndex() const {
  return PlexParser::RuleFile;
}


PlexParser::FileContext* PlexParser::file() {
  FileContext *_localctx = _tracker.createInstance<FileContext>(_ctx, getState());
  enterRule(_localctx, 0, PlexParser::RuleFile);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(97);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::IMPORT)
      | (1ULL << PlexParser::INVARIANT)
      | (1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SECRET)
      | (1ULL << PlexParser::SERVER)
      | (1ULL << PlexParser::TEMPLATE)
      | (1ULL << PlexParser::TEST)
      | (1ULL << PlexParser::TOOLS)
      | (1ULL << PlexParser::WORKSPACE))) != 0)) {
      setState(94);
      declaration();
      setState(99);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(100);
    match(PlexParser::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- DeclarationContext ------------------------------------------------------------------

PlexParser::DeclarationContext::DeclarationContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::BlockHeadContext* PlexParser::DeclarationContext::blockHead() {
  return getRuleContext<PlexParser::BlockHeadContext>(0);
}

tree::TerminalNode* PlexParser::DeclarationContext::RBRACE() {
  return getToken(PlexParser::RBRACE, 0);
}

std::vector<PlexParser::AttributeContext *> PlexParser::DeclarationContext::attribute() {
  return getRuleContexts<PlexParser::AttributeContext>();
}

PlexParser::AttributeContext* PlexParser::DeclarationContext::attribute(size_t i) {
  return getRuleContext<PlexParser::AttributeContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::DeclarationContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::DeclarationContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}

PlexParser::BodyHeadContext* PlexParser::DeclarationContext::bodyHead() {
  return getRuleContext<PlexParser::BodyHeadContext>(0);
}

std::vector<PlexParser::ItemContext *> PlexParser::DeclarationContext::item() {
  return getRuleContexts<PlexParser::ItemContext>();
}

PlexParser::ItemContext* PlexParser::DeclarationContext::item(size_t i) {
  return getRuleContext<PlexParser::ItemContext>(i);
}

PlexParser::InvariantHeadContext* PlexParser::DeclarationContext::invariantHead() {
  return getRuleContext<PlexParser::InvariantHeadContext>(0);
}

std::vector<PlexParser::InvariantClauseContext *> PlexParser::DeclarationContext::invariantClause() {
  return getRuleContexts<PlexParser::InvariantClauseContext>();
}

PlexParser::InvariantClauseContext* PlexParser::DeclarationContext::invariantClause(size_t i) {
  return getRuleContext<PlexParser::InvariantClauseContext>(i);
}

PlexParser::TestHeadContext* PlexParser::DeclarationContext::testHead() {
  return getRuleContext<PlexParser::TestHeadContext>(0);
}

std::vector<PlexParser::TestPartContext *> PlexParser::DeclarationContext::testPart() {
  return getRuleContexts<PlexParser::TestPartContext>();
}

PlexParser::TestPartContext* PlexParser::DeclarationContext::testPart(size_t i) {
  return getRuleContext<PlexParser::TestPartContext>(i);
}

PlexParser::SecretContext* PlexParser::DeclarationContext::secret() {
  return getRuleContext<PlexParser::SecretContext>(0);
}

PlexParser::ToolsContext* PlexParser::DeclarationContext::tools() {
  return getRuleContext<PlexParser::ToolsContext>(0);
}

PlexParser::Import_Context* PlexParser::DeclarationContext::import_() {
  return getRuleContext<PlexParser::Import_Context>(0);
}


size_t PlexParser::DeclarationContext::getRuleIndex() const {
  return PlexParser::RuleDeclaration;
}


PlexParser::DeclarationContext* PlexParser::declaration() {
  DeclarationContext *_localctx = _tracker.createInstance<DeclarationContext>(_ctx, getState());
  enterRule(_localctx, 2, PlexParser::RuleDeclaration);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(144);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::PRINCIPAL:
      case PlexParser::PROVIDER:
      case PlexParser::SCOPE:
      case PlexParser::SERVER: {
        enterOuterAlt(_localctx, 1);
        setState(102);
        blockHead();
        setState(109);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (((((_la - 1) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 1)) & ((1ULL << (PlexParser::ALL - 1))
          | (1ULL << (PlexParser::ALLOW - 1))
          | (1ULL << (PlexParser::ALWAYS - 1))
          | (1ULL << (PlexParser::AND - 1))
          | (1ULL << (PlexParser::ANY - 1))
          | (1ULL << (PlexParser::APPROVAL - 1))
          | (1ULL << (PlexParser::APPROVE - 1))
          | (1ULL << (PlexParser::APPROVERS - 1))
          | (1ULL << (PlexParser::AS - 1))
          | (1ULL << (PlexParser::BECAUSE - 1))
          | (1ULL << (PlexParser::BY - 1))
          | (1ULL << (PlexParser::CALL - 1))
          | (1ULL << (PlexParser::DENY - 1))
          | (1ULL << (PlexParser::EXCEPT - 1))
          | (1ULL << (PlexParser::EXPECT - 1))
          | (1ULL << (PlexParser::FALSE - 1))
          | (1ULL << (PlexParser::FOR - 1))
          | (1ULL << (PlexParser::HAS - 1))
          | (1ULL << (PlexParser::IMPORT - 1))
          | (1ULL << (PlexParser::IN - 1))
          | (1ULL << (PlexParser::INVARIANT - 1))
          | (1ULL << (PlexParser::LIKE - 1))
          | (1ULL << (PlexParser::LOG - 1))
          | (1ULL << (PlexParser::MATCHES - 1))
          | (1ULL << (PlexParser::NEVER - 1))
          | (1ULL << (PlexParser::NOT - 1))
          | (1ULL << (PlexParser::NULL_ - 1))
          | (1ULL << (PlexParser::OR - 1))
          | (1ULL << (PlexParser::PRINCIPAL - 1))
          | (1ULL << (PlexParser::PRIORITY - 1))
          | (1ULL << (PlexParser::PROMPT - 1))
          | (1ULL << (PlexParser::PROVIDER - 1))
          | (1ULL << (PlexParser::QUORUM - 1))
          | (1ULL << (PlexParser::REQUIRE - 1))
          | (1ULL << (PlexParser::RESOURCE - 1))
          | (1ULL << (PlexParser::SCOPE - 1))
          | (1ULL << (PlexParser::SECRET - 1))
          | (1ULL << (PlexParser::SERVER - 1))
          | (1ULL << (PlexParser::SET - 1))
          | (1ULL << (PlexParser::SIZE - 1))
          | (1ULL << (PlexParser::TEMPLATE - 1))
          | (1ULL << (PlexParser::TEST - 1))
          | (1ULL << (PlexParser::TIMEOUT - 1))
          | (1ULL << (PlexParser::TOOL - 1))
          | (1ULL << (PlexParser::TOOLS - 1))
          | (1ULL << (PlexParser::TRUE - 1))
          | (1ULL << (PlexParser::UNDER - 1))
          | (1ULL << (PlexParser::USE - 1))
          | (1ULL << (PlexParser::USING - 1))
          | (1ULL << (PlexParser::VIA - 1))
          | (1ULL << (PlexParser::WHEN - 1))
          | (1ULL << (PlexParser::WITHOUT - 1))
          | (1ULL << (PlexParser::WORKSPACE - 1))
          | (1ULL << (PlexParser::WORD - 1))
          | (1ULL << (PlexParser::STRING - 1)))) != 0)) {
          setState(103);
          attribute();
          setState(105);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if (_la == PlexParser::COMMA) {
            setState(104);
            match(PlexParser::COMMA);
          }
          setState(111);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        setState(112);
        match(PlexParser::RBRACE);
        break;
      }

      case PlexParser::TEMPLATE:
      case PlexParser::WORKSPACE: {
        enterOuterAlt(_localctx, 2);
        setState(114);
        bodyHead();
        setState(118);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (((((_la - 1) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 1)) & ((1ULL << (PlexParser::ALL - 1))
          | (1ULL << (PlexParser::ALLOW - 1))
          | (1ULL << (PlexParser::ALWAYS - 1))
          | (1ULL << (PlexParser::AND - 1))
          | (1ULL << (PlexParser::ANY - 1))
          | (1ULL << (PlexParser::APPROVAL - 1))
          | (1ULL << (PlexParser::APPROVE - 1))
          | (1ULL << (PlexParser::APPROVERS - 1))
          | (1ULL << (PlexParser::AS - 1))
          | (1ULL << (PlexParser::BECAUSE - 1))
          | (1ULL << (PlexParser::BY - 1))
          | (1ULL << (PlexParser::CALL - 1))
          | (1ULL << (PlexParser::DENY - 1))
          | (1ULL << (PlexParser::EXCEPT - 1))
          | (1ULL << (PlexParser::EXPECT - 1))
          | (1ULL << (PlexParser::FALSE - 1))
          | (1ULL << (PlexParser::FOR - 1))
          | (1ULL << (PlexParser::HAS - 1))
          | (1ULL << (PlexParser::IMPORT - 1))
          | (1ULL << (PlexParser::IN - 1))
          | (1ULL << (PlexParser::INVARIANT - 1))
          | (1ULL << (PlexParser::LIKE - 1))
          | (1ULL << (PlexParser::LOG - 1))
          | (1ULL << (PlexParser::MATCHES - 1))
          | (1ULL << (PlexParser::NEVER - 1))
          | (1ULL << (PlexParser::NOT - 1))
          | (1ULL << (PlexParser::NULL_ - 1))
          | (1ULL << (PlexParser::OR - 1))
          | (1ULL << (PlexParser::PRINCIPAL - 1))
          | (1ULL << (PlexParser::PRIORITY - 1))
          | (1ULL << (PlexParser::PROMPT - 1))
          | (1ULL << (PlexParser::PROVIDER - 1))
          | (1ULL << (PlexParser::QUORUM - 1))
          | (1ULL << (PlexParser::REQUIRE - 1))
          | (1ULL << (PlexParser::RESOURCE - 1))
          | (1ULL << (PlexParser::SCOPE - 1))
          | (1ULL << (PlexParser::SECRET - 1))
          | (1ULL << (PlexParser::SERVER - 1))
          | (1ULL << (PlexParser::SET - 1))
          | (1ULL << (PlexParser::SIZE - 1))
          | (1ULL << (PlexParser::TEMPLATE - 1))
          | (1ULL << (PlexParser::TEST - 1))
          | (1ULL << (PlexParser::TIMEOUT - 1))
          | (1ULL << (PlexParser::TOOL - 1))
          | (1ULL << (PlexParser::TOOLS - 1))
          | (1ULL << (PlexParser::TRUE - 1))
          | (1ULL << (PlexParser::UNDER - 1))
          | (1ULL << (PlexParser::USE - 1))
          | (1ULL << (PlexParser::USING - 1))
          | (1ULL << (PlexParser::VIA - 1))
          | (1ULL << (PlexParser::WHEN - 1))
          | (1ULL << (PlexParser::WITHOUT - 1))
          | (1ULL << (PlexParser::WORKSPACE - 1))
          | (1ULL << (PlexParser::WORD - 1))
          | (1ULL << (PlexParser::STRING - 1)))) != 0)) {
          setState(115);
          item();
          setState(120);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        setState(121);
        match(PlexParser::RBRACE);
        break;
      }

      case PlexParser::INVARIANT: {
        enterOuterAlt(_localctx, 3);
        setState(123);
        invariantHead();
        setState(127);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (_la == PlexParser::ALWAYS

        || _la == PlexParser::NEVER) {
          setState(124);
          invariantClause();
          setState(129);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        setState(130);
        match(PlexParser::RBRACE);
        break;
      }

      case PlexParser::TEST: {
        enterOuterAlt(_localctx, 4);
        setState(132);
        testHead();
        setState(136);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << PlexParser::AS)
          | (1ULL << PlexParser::CALL)
          | (1ULL << PlexParser::IN))) != 0)) {
          setState(133);
          testPart();
          setState(138);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        setState(139);
        match(PlexParser::RBRACE);
        break;
      }

      case PlexParser::SECRET: {
        enterOuterAlt(_localctx, 5);
        setState(141);
        secret();
        break;
      }

      case PlexParser::TOOLS: {
        enterOuterAlt(_localctx, 6);
        setState(142);
        tools();
        break;
      }

      case PlexParser::IMPORT: {
        enterOuterAlt(_localctx, 7);
        setState(143);
        import_();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BlockHeadContext ------------------------------------------------------------------

PlexParser::BlockHeadContext::BlockHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::NameContext* PlexParser::BlockHeadContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::BlockHeadContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}

tree::TerminalNode* PlexParser::BlockHeadContext::SERVER() {
  return getToken(PlexParser::SERVER, 0);
}

tree::TerminalNode* PlexParser::BlockHeadContext::SCOPE() {
  return getToken(PlexParser::SCOPE, 0);
}

tree::TerminalNode* PlexParser::BlockHeadContext::PROVIDER() {
  return getToken(PlexParser::PROVIDER, 0);
}

tree::TerminalNode* PlexParser::BlockHeadContext::PRINCIPAL() {
  return getToken(PlexParser::PRINCIPAL, 0);
}


size_t PlexParser::BlockHeadContext::getRuleIndex() const {
  return PlexParser::RuleBlockHead;
}


PlexParser::BlockHeadContext* PlexParser::blockHead() {
  BlockHeadContext *_localctx = _tracker.createInstance<BlockHeadContext>(_ctx, getState());
  enterRule(_localctx, 4, PlexParser::RuleBlockHead);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(146);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SERVER))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(147);
    name();
    setState(148);
    match(PlexParser::LBRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BodyHeadContext ------------------------------------------------------------------

PlexParser::BodyHeadContext::BodyHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::BodyHeadContext::WORKSPACE() {
  return getToken(PlexParser::WORKSPACE, 0);
}

std::vector<PlexParser::NameContext *> PlexParser::BodyHeadContext::name() {
  return getRuleContexts<PlexParser::NameContext>();
}

PlexParser::NameContext* PlexParser::BodyHeadContext::name(size_t i) {
  return getRuleContext<PlexParser::NameContext>(i);
}

tree::TerminalNode* PlexParser::BodyHeadContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}

tree::TerminalNode* PlexParser::BodyHeadContext::TEMPLATE() {
  return getToken(PlexParser::TEMPLATE, 0);
}

tree::TerminalNode* PlexParser::BodyHeadContext::LPAREN() {
  return getToken(PlexParser::LPAREN, 0);
}

tree::TerminalNode* PlexParser::BodyHeadContext::RPAREN() {
  return getToken(PlexParser::RPAREN, 0);
}

std::vector<tree::TerminalNode *> PlexParser::BodyHeadContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::BodyHeadContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::BodyHeadContext::getRuleIndex() const {
  return PlexParser::RuleBodyHead;
}


PlexParser::BodyHeadContext* PlexParser::bodyHead() {
  BodyHeadContext *_localctx = _tracker.createInstance<BodyHeadContext>(_ctx, getState());
  enterRule(_localctx, 6, PlexParser::RuleBodyHead);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    setState(173);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::WORKSPACE: {
        enterOuterAlt(_localctx, 1);
        setState(150);
        match(PlexParser::WORKSPACE);
        setState(151);
        name();
        setState(152);
        match(PlexParser::LBRACE);
        break;
      }

      case PlexParser::TEMPLATE: {
        enterOuterAlt(_localctx, 2);
        setState(154);
        match(PlexParser::TEMPLATE);
        setState(155);
        name();
        setState(156);
        match(PlexParser::LPAREN);
        setState(168);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << PlexParser::ALL)
          | (1ULL << PlexParser::ALLOW)
          | (1ULL << PlexParser::ALWAYS)
          | (1ULL << PlexParser::AND)
          | (1ULL << PlexParser::ANY)
          | (1ULL << PlexParser::APPROVAL)
          | (1ULL << PlexParser::APPROVE)
          | (1ULL << PlexParser::APPROVERS)
          | (1ULL << PlexParser::AS)
          | (1ULL << PlexParser::BECAUSE)
          | (1ULL << PlexParser::BY)
          | (1ULL << PlexParser::CALL)
          | (1ULL << PlexParser::DENY)
          | (1ULL << PlexParser::EXCEPT)
          | (1ULL << PlexParser::EXPECT)
          | (1ULL << PlexParser::FALSE)
          | (1ULL << PlexParser::FOR)
          | (1ULL << PlexParser::HAS)
          | (1ULL << PlexParser::IMPORT)
          | (1ULL << PlexParser::IN)
          | (1ULL << PlexParser::INVARIANT)
          | (1ULL << PlexParser::LIKE)
          | (1ULL << PlexParser::LOG)
          | (1ULL << PlexParser::MATCHES)
          | (1ULL << PlexParser::NEVER)
          | (1ULL << PlexParser::NOT)
          | (1ULL << PlexParser::NULL_)
          | (1ULL << PlexParser::OR)
          | (1ULL << PlexParser::PRINCIPAL)
          | (1ULL << PlexParser::PRIORITY)
          | (1ULL << PlexParser::PROMPT)
          | (1ULL << PlexParser::PROVIDER)
          | (1ULL << PlexParser::QUORUM)
          | (1ULL << PlexParser::REQUIRE)
          | (1ULL << PlexParser::RESOURCE)
          | (1ULL << PlexParser::SCOPE)
          | (1ULL << PlexParser::SECRET)
          | (1ULL << PlexParser::SERVER)
          | (1ULL << PlexParser::SET)
          | (1ULL << PlexParser::SIZE)
          | (1ULL << PlexParser::TEMPLATE)
          | (1ULL << PlexParser::TEST)
          | (1ULL << PlexParser::TIMEOUT)
          | (1ULL << PlexParser::TOOL)
          | (1ULL << PlexParser::TOOLS)
          | (1ULL << PlexParser::TRUE)
          | (1ULL << PlexParser::UNDER)
          | (1ULL << PlexParser::USE)
          | (1ULL << PlexParser::USING)
          | (1ULL << PlexParser::VIA)
          | (1ULL << PlexParser::WHEN)
          | (1ULL << PlexParser::WITHOUT)
          | (1ULL << PlexParser::WORKSPACE)
          | (1ULL << PlexParser::WORD))) != 0)) {
          setState(157);
          name();
          setState(162);
          _errHandler->sync(this);
          alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 7, _ctx);
          while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
            if (alt == 1) {
              setState(158);
              match(PlexParser::COMMA);
              setState(159);
              name(); 
            }
            setState(164);
            _errHandler->sync(this);
            alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 7, _ctx);
          }
          setState(166);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if (_la == PlexParser::COMMA) {
            setState(165);
            match(PlexParser::COMMA);
          }
        }
        setState(170);
        match(PlexParser::RPAREN);
        setState(171);
        match(PlexParser::LBRACE);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- InvariantHeadContext ------------------------------------------------------------------

PlexParser::InvariantHeadContext::InvariantHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::InvariantHeadContext::INVARIANT() {
  return getToken(PlexParser::INVARIANT, 0);
}

PlexParser::NameContext* PlexParser::InvariantHeadContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::InvariantHeadContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}


size_t PlexParser::InvariantHeadContext::getRuleIndex() const {
  return PlexParser::RuleInvariantHead;
}


PlexParser::InvariantHeadContext* PlexParser::invariantHead() {
  InvariantHeadContext *_localctx = _tracker.createInstance<InvariantHeadContext>(_ctx, getState());
  enterRule(_localctx, 8, PlexParser::RuleInvariantHead);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(175);
    match(PlexParser::INVARIANT);
    setState(176);
    name();
    setState(177);
    match(PlexParser::LBRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestHeadContext ------------------------------------------------------------------

PlexParser::TestHeadContext::TestHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::TestHeadContext::TEST() {
  return getToken(PlexParser::TEST, 0);
}

tree::TerminalNode* PlexParser::TestHeadContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::TestHeadContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}


size_t PlexParser::TestHeadContext::getRuleIndex() const {
  return PlexParser::RuleTestHead;
}


PlexParser::TestHeadContext* PlexParser::testHead() {
  TestHeadContext *_localctx = _tracker.createInstance<TestHeadContext>(_ctx, getState());
  enterRule(_localctx, 10, PlexParser::RuleTestHead);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(179);
    match(PlexParser::TEST);
    setState(180);
    match(PlexParser::STRING);
    setState(181);
    match(PlexParser::LBRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SecretContext ------------------------------------------------------------------

PlexParser::SecretContext::SecretContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::SecretContext::SECRET() {
  return getToken(PlexParser::SECRET, 0);
}

PlexParser::NameContext* PlexParser::SecretContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::SecretContext::ASSIGN() {
  return getToken(PlexParser::ASSIGN, 0);
}

PlexParser::ValueContext* PlexParser::SecretContext::value() {
  return getRuleContext<PlexParser::ValueContext>(0);
}


size_t PlexParser::SecretContext::getRuleIndex() const {
  return PlexParser::RuleSecret;
}


PlexParser::SecretContext* PlexParser::secret() {
  SecretContext *_localctx = _tracker.createInstance<SecretContext>(_ctx, getState());
  enterRule(_localctx, 12, PlexParser::RuleSecret);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(183);
    match(PlexParser::SECRET);
    setState(184);
    name();
    setState(185);
    match(PlexParser::ASSIGN);
    setState(186);
    value();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ToolsContext ------------------------------------------------------------------

PlexParser::ToolsContext::ToolsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::ToolsContext::TOOLS() {
  return getToken(PlexParser::TOOLS, 0);
}

PlexParser::NameContext* PlexParser::ToolsContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::ToolsContext::ASSIGN() {
  return getToken(PlexParser::ASSIGN, 0);
}

tree::TerminalNode* PlexParser::ToolsContext::LBRACKET() {
  return getToken(PlexParser::LBRACKET, 0);
}

tree::TerminalNode* PlexParser::ToolsContext::RBRACKET() {
  return getToken(PlexParser::RBRACKET, 0);
}

std::vector<PlexParser::PatternContext *> PlexParser::ToolsContext::pattern() {
  return getRuleContexts<PlexParser::PatternContext>();
}

PlexParser::PatternContext* PlexParser::ToolsContext::pattern(size_t i) {
  return getRuleContext<PlexParser::PatternContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::ToolsContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::ToolsContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::ToolsContext::getRuleIndex() const {
  return PlexParser::RuleTools;
}


PlexParser::ToolsContext* PlexParser::tools() {
  ToolsContext *_localctx = _tracker.createInstance<ToolsContext>(_ctx, getState());
  enterRule(_localctx, 14, PlexParser::RuleTools);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(188);
    match(PlexParser::TOOLS);
    setState(189);
    name();
    setState(190);
    match(PlexParser::ASSIGN);
    setState(191);
    match(PlexParser::LBRACKET);
    setState(203);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (((((_la - 62) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 62)) & ((1ULL << (PlexParser::SET_NAME - 62))
      | (1ULL << (PlexParser::WORD - 62))
      | (1ULL << (PlexParser::STRING - 62))
      | (1ULL << (PlexParser::REGEX - 62)))) != 0)) {
      setState(192);
      pattern();
      setState(197);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 11, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(193);
          match(PlexParser::COMMA);
          setState(194);
          pattern(); 
        }
        setState(199);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 11, _ctx);
      }
      setState(201);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(200);
        match(PlexParser::COMMA);
      }
    }
    setState(205);
    match(PlexParser::RBRACKET);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- Import_Context ------------------------------------------------------------------

PlexParser::Import_Context::Import_Context(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::Import_Context::IMPORT() {
  return getToken(PlexParser::IMPORT, 0);
}

tree::TerminalNode* PlexParser::Import_Context::STRING() {
  return getToken(PlexParser::STRING, 0);
}


size_t PlexParser::Import_Context::getRuleIndex() const {
  return PlexParser::RuleImport_;
}


PlexParser::Import_Context* PlexParser::import_() {
  Import_Context *_localctx = _tracker.createInstance<Import_Context>(_ctx, getState());
  enterRule(_localctx, 16, PlexParser::RuleImport_);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(207);
    match(PlexParser::IMPORT);
    setState(208);
    match(PlexParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- AttributeContext ------------------------------------------------------------------

PlexParser::AttributeContext::AttributeContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::KeyContext* PlexParser::AttributeContext::key() {
  return getRuleContext<PlexParser::KeyContext>(0);
}

tree::TerminalNode* PlexParser::AttributeContext::ASSIGN() {
  return getToken(PlexParser::ASSIGN, 0);
}

PlexParser::ValueContext* PlexParser::AttributeContext::value() {
  return getRuleContext<PlexParser::ValueContext>(0);
}

tree::TerminalNode* PlexParser::AttributeContext::SET() {
  return getToken(PlexParser::SET, 0);
}


size_t PlexParser::AttributeContext::getRuleIndex() const {
  return PlexParser::RuleAttribute;
}


PlexParser::AttributeContext* PlexParser::attribute() {
  AttributeContext *_localctx = _tracker.createInstance<AttributeContext>(_ctx, getState());
  enterRule(_localctx, 18, PlexParser::RuleAttribute);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(211);
    _errHandler->sync(this);

    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 14, _ctx)) {
    case 1: {
      setState(210);
      match(PlexParser::SET);
      break;
    }

    }
    setState(213);
    key();
    setState(214);
    match(PlexParser::ASSIGN);
    setState(215);
    value();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- KeyContext ------------------------------------------------------------------

PlexParser::KeyContext::KeyContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::WordContext* PlexParser::KeyContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}

tree::TerminalNode* PlexParser::KeyContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}


size_t PlexParser::KeyContext::getRuleIndex() const {
  return PlexParser::RuleKey;
}


PlexParser::KeyContext* PlexParser::key() {
  KeyContext *_localctx = _tracker.createInstance<KeyContext>(_ctx, getState());
  enterRule(_localctx, 20, PlexParser::RuleKey);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(219);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::ALL:
      case PlexParser::ALLOW:
      case PlexParser::ALWAYS:
      case PlexParser::AND:
      case PlexParser::ANY:
      case PlexParser::APPROVAL:
      case PlexParser::APPROVE:
      case PlexParser::APPROVERS:
      case PlexParser::AS:
      case PlexParser::BECAUSE:
      case PlexParser::BY:
      case PlexParser::CALL:
      case PlexParser::DENY:
      case PlexParser::EXCEPT:
      case PlexParser::EXPECT:
      case PlexParser::FALSE:
      case PlexParser::FOR:
      case PlexParser::HAS:
      case PlexParser::IMPORT:
      case PlexParser::IN:
      case PlexParser::INVARIANT:
      case PlexParser::LIKE:
      case PlexParser::LOG:
      case PlexParser::MATCHES:
      case PlexParser::NEVER:
      case PlexParser::NOT:
      case PlexParser::NULL_:
      case PlexParser::OR:
      case PlexParser::PRINCIPAL:
      case PlexParser::PRIORITY:
      case PlexParser::PROMPT:
      case PlexParser::PROVIDER:
      case PlexParser::QUORUM:
      case PlexParser::REQUIRE:
      case PlexParser::RESOURCE:
      case PlexParser::SCOPE:
      case PlexParser::SECRET:
      case PlexParser::SERVER:
      case PlexParser::SET:
      case PlexParser::SIZE:
      case PlexParser::TEMPLATE:
      case PlexParser::TEST:
      case PlexParser::TIMEOUT:
      case PlexParser::TOOL:
      case PlexParser::TOOLS:
      case PlexParser::TRUE:
      case PlexParser::UNDER:
      case PlexParser::USE:
      case PlexParser::USING:
      case PlexParser::VIA:
      case PlexParser::WHEN:
      case PlexParser::WITHOUT:
      case PlexParser::WORKSPACE:
      case PlexParser::WORD: {
        enterOuterAlt(_localctx, 1);
        setState(217);
        word();
        break;
      }

      case PlexParser::STRING: {
        enterOuterAlt(_localctx, 2);
        setState(218);
        match(PlexParser::STRING);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ValueContext ------------------------------------------------------------------

PlexParser::ValueContext::ValueContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::ValueContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::ValueContext::REGEX() {
  return getToken(PlexParser::REGEX, 0);
}

tree::TerminalNode* PlexParser::ValueContext::NUMBER() {
  return getToken(PlexParser::NUMBER, 0);
}

tree::TerminalNode* PlexParser::ValueContext::DURATION() {
  return getToken(PlexParser::DURATION, 0);
}

PlexParser::CallContext* PlexParser::ValueContext::call() {
  return getRuleContext<PlexParser::CallContext>(0);
}

PlexParser::WordContext* PlexParser::ValueContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}

PlexParser::ListContext* PlexParser::ValueContext::list() {
  return getRuleContext<PlexParser::ListContext>(0);
}

PlexParser::MapContext* PlexParser::ValueContext::map() {
  return getRuleContext<PlexParser::MapContext>(0);
}


size_t PlexParser::ValueContext::getRuleIndex() const {
  return PlexParser::RuleValue;
}


PlexParser::ValueContext* PlexParser::value() {
  ValueContext *_localctx = _tracker.createInstance<ValueContext>(_ctx, getState());
  enterRule(_localctx, 22, PlexParser::RuleValue);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(229);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 16, _ctx)) {
    case 1: {
      enterOuterAlt(_localctx, 1);
      setState(221);
      match(PlexParser::STRING);
      break;
    }

    case 2: {
      enterOuterAlt(_localctx, 2);
      setState(222);
      match(PlexParser::REGEX);
      break;
    }

    case 3: {
      enterOuterAlt(_localctx, 3);
      setState(223);
      match(PlexParser::NUMBER);
      break;
    }

    case 4: {
      enterOuterAlt(_localctx, 4);
      setState(224);
      match(PlexParser::DURATION);
      break;
    }

    case 5: {
      enterOuterAlt(_localctx, 5);
      setState(225);
      call();
      break;
    }

    case 6: {
      enterOuterAlt(_localctx, 6);
      setState(226);
      word();
      break;
    }

    case 7: {
      enterOuterAlt(_localctx, 7);
      setState(227);
      list();
      break;
    }

    case 8: {
      enterOuterAlt(_localctx, 8);
      setState(228);
      map();
      break;
    }

    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- CallContext ------------------------------------------------------------------

PlexParser::CallContext::CallContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::WordContext* PlexParser::CallContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}

tree::TerminalNode* PlexParser::CallContext::LPAREN() {
  return getToken(PlexParser::LPAREN, 0);
}

tree::TerminalNode* PlexParser::CallContext::RPAREN() {
  return getToken(PlexParser::RPAREN, 0);
}

std::vector<PlexParser::ValueContext *> PlexParser::CallContext::value() {
  return getRuleContexts<PlexParser::ValueContext>();
}

PlexParser::ValueContext* PlexParser::CallContext::value(size_t i) {
  return getRuleContext<PlexParser::ValueContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::CallContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::CallContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::CallContext::getRuleIndex() const {
  return PlexParser::RuleCall;
}


PlexParser::CallContext* PlexParser::call() {
  CallContext *_localctx = _tracker.createInstance<CallContext>(_ctx, getState());
  enterRule(_localctx, 24, PlexParser::RuleCall);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(231);
    word();
    setState(232);
    match(PlexParser::LPAREN);
    setState(244);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALL)
      | (1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::ALWAYS)
      | (1ULL << PlexParser::AND)
      | (1ULL << PlexParser::ANY)
      | (1ULL << PlexParser::APPROVAL)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::APPROVERS)
      | (1ULL << PlexParser::AS)
      | (1ULL << PlexParser::BECAUSE)
      | (1ULL << PlexParser::BY)
      | (1ULL << PlexParser::CALL)
      | (1ULL << PlexParser::DENY)
      | (1ULL << PlexParser::EXCEPT)
      | (1ULL << PlexParser::EXPECT)
      | (1ULL << PlexParser::FALSE)
      | (1ULL << PlexParser::FOR)
      | (1ULL << PlexParser::HAS)
      | (1ULL << PlexParser::IMPORT)
      | (1ULL << PlexParser::IN)
      | (1ULL << PlexParser::INVARIANT)
      | (1ULL << PlexParser::LIKE)
      | (1ULL << PlexParser::LOG)
      | (1ULL << PlexParser::MATCHES)
      | (1ULL << PlexParser::NEVER)
      | (1ULL << PlexParser::NOT)
      | (1ULL << PlexParser::NULL_)
      | (1ULL << PlexParser::OR)
      | (1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PRIORITY)
      | (1ULL << PlexParser::PROMPT)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::QUORUM)
      | (1ULL << PlexParser::REQUIRE)
      | (1ULL << PlexParser::RESOURCE)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SECRET)
      | (1ULL << PlexParser::SERVER)
      | (1ULL << PlexParser::SET)
      | (1ULL << PlexParser::SIZE)
      | (1ULL << PlexParser::TEMPLATE)
      | (1ULL << PlexParser::TEST)
      | (1ULL << PlexParser::TIMEOUT)
      | (1ULL << PlexParser::TOOL)
      | (1ULL << PlexParser::TOOLS)
      | (1ULL << PlexParser::TRUE)
      | (1ULL << PlexParser::UNDER)
      | (1ULL << PlexParser::USE)
      | (1ULL << PlexParser::USING)
      | (1ULL << PlexParser::VIA)
      | (1ULL << PlexParser::WHEN)
      | (1ULL << PlexParser::WITHOUT)
      | (1ULL << PlexParser::WORKSPACE)
      | (1ULL << PlexParser::NUMBER)
      | (1ULL << PlexParser::DURATION)
      | (1ULL << PlexParser::WORD))) != 0) || ((((_la - 64) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 64)) & ((1ULL << (PlexParser::STRING - 64))
      | (1ULL << (PlexParser::REGEX - 64))
      | (1ULL << (PlexParser::LBRACE - 64))
      | (1ULL << (PlexParser::LBRACKET - 64)))) != 0)) {
      setState(233);
      value();
      setState(238);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 17, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(234);
          match(PlexParser::COMMA);
          setState(235);
          value(); 
        }
        setState(240);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 17, _ctx);
      }
      setState(242);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(241);
        match(PlexParser::COMMA);
      }
    }
    setState(246);
    match(PlexParser::RPAREN);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ListContext ------------------------------------------------------------------

PlexParser::ListContext::ListContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::ListContext::LBRACKET() {
  return getToken(PlexParser::LBRACKET, 0);
}

tree::TerminalNode* PlexParser::ListContext::RBRACKET() {
  return getToken(PlexParser::RBRACKET, 0);
}

std::vector<PlexParser::ValueContext *> PlexParser::ListContext::value() {
  return getRuleContexts<PlexParser::ValueContext>();
}

PlexParser::ValueContext* PlexParser::ListContext::value(size_t i) {
  return getRuleContext<PlexParser::ValueContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::ListContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::ListContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::ListContext::getRuleIndex() const {
  return PlexParser::RuleList;
}


PlexParser::ListContext* PlexParser::list() {
  ListContext *_localctx = _tracker.createInstance<ListContext>(_ctx, getState());
  enterRule(_localctx, 26, PlexParser::RuleList);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(248);
    match(PlexParser::LBRACKET);
    setState(260);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALL)
      | (1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::ALWAYS)
      | (1ULL << PlexParser::AND)
      | (1ULL << PlexParser::ANY)
      | (1ULL << PlexParser::APPROVAL)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::APPROVERS)
      | (1ULL << PlexParser::AS)
      | (1ULL << PlexParser::BECAUSE)
      | (1ULL << PlexParser::BY)
      | (1ULL << PlexParser::CALL)
      | (1ULL << PlexParser::DENY)
      | (1ULL << PlexParser::EXCEPT)
      | (1ULL << PlexParser::EXPECT)
      | (1ULL << PlexParser::FALSE)
      | (1ULL << PlexParser::FOR)
      | (1ULL << PlexParser::HAS)
      | (1ULL << PlexParser::IMPORT)
      | (1ULL << PlexParser::IN)
      | (1ULL << PlexParser::INVARIANT)
      | (1ULL << PlexParser::LIKE)
      | (1ULL << PlexParser::LOG)
      | (1ULL << PlexParser::MATCHES)
      | (1ULL << PlexParser::NEVER)
      | (1ULL << PlexParser::NOT)
      | (1ULL << PlexParser::NULL_)
      | (1ULL << PlexParser::OR)
      | (1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PRIORITY)
      | (1ULL << PlexParser::PROMPT)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::QUORUM)
      | (1ULL << PlexParser::REQUIRE)
      | (1ULL << PlexParser::RESOURCE)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SECRET)
      | (1ULL << PlexParser::SERVER)
      | (1ULL << PlexParser::SET)
      | (1ULL << PlexParser::SIZE)
      | (1ULL << PlexParser::TEMPLATE)
      | (1ULL << PlexParser::TEST)
      | (1ULL << PlexParser::TIMEOUT)
      | (1ULL << PlexParser::TOOL)
      | (1ULL << PlexParser::TOOLS)
      | (1ULL << PlexParser::TRUE)
      | (1ULL << PlexParser::UNDER)
      | (1ULL << PlexParser::USE)
      | (1ULL << PlexParser::USING)
      | (1ULL << PlexParser::VIA)
      | (1ULL << PlexParser::WHEN)
      | (1ULL << PlexParser::WITHOUT)
      | (1ULL << PlexParser::WORKSPACE)
      | (1ULL << PlexParser::NUMBER)
      | (1ULL << PlexParser::DURATION)
      | (1ULL << PlexParser::WORD))) != 0) || ((((_la - 64) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 64)) & ((1ULL << (PlexParser::STRING - 64))
      | (1ULL << (PlexParser::REGEX - 64))
      | (1ULL << (PlexParser::LBRACE - 64))
      | (1ULL << (PlexParser::LBRACKET - 64)))) != 0)) {
      setState(249);
      value();
      setState(254);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 20, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(250);
          match(PlexParser::COMMA);
          setState(251);
          value(); 
        }
        setState(256);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 20, _ctx);
      }
      setState(258);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(257);
        match(PlexParser::COMMA);
      }
    }
    setState(262);
    match(PlexParser::RBRACKET);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- MapContext ------------------------------------------------------------------

PlexParser::MapContext::MapContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::MapContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}

tree::TerminalNode* PlexParser::MapContext::RBRACE() {
  return getToken(PlexParser::RBRACE, 0);
}

std::vector<PlexParser::EntryContext *> PlexParser::MapContext::entry() {
  return getRuleContexts<PlexParser::EntryContext>();
}

PlexParser::EntryContext* PlexParser::MapContext::entry(size_t i) {
  return getRuleContext<PlexParser::EntryContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::MapContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::MapContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::MapContext::getRuleIndex() const {
  return PlexParser::RuleMap;
}


PlexParser::MapContext* PlexParser::map() {
  MapContext *_localctx = _tracker.createInstance<MapContext>(_ctx, getState());
  enterRule(_localctx, 28, PlexParser::RuleMap);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(264);
    match(PlexParser::LBRACE);
    setState(271);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (((((_la - 1) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 1)) & ((1ULL << (PlexParser::ALL - 1))
      | (1ULL << (PlexParser::ALLOW - 1))
      | (1ULL << (PlexParser::ALWAYS - 1))
      | (1ULL << (PlexParser::AND - 1))
      | (1ULL << (PlexParser::ANY - 1))
      | (1ULL << (PlexParser::APPROVAL - 1))
      | (1ULL << (PlexParser::APPROVE - 1))
      | (1ULL << (PlexParser::APPROVERS - 1))
      | (1ULL << (PlexParser::AS - 1))
      | (1ULL << (PlexParser::BECAUSE - 1))
      | (1ULL << (PlexParser::BY - 1))
      | (1ULL << (PlexParser::CALL - 1))
      | (1ULL << (PlexParser::DENY - 1))
      | (1ULL << (PlexParser::EXCEPT - 1))
      | (1ULL << (PlexParser::EXPECT - 1))
      | (1ULL << (PlexParser::FALSE - 1))
      | (1ULL << (PlexParser::FOR - 1))
      | (1ULL << (PlexParser::HAS - 1))
      | (1ULL << (PlexParser::IMPORT - 1))
      | (1ULL << (PlexParser::IN - 1))
      | (1ULL << (PlexParser::INVARIANT - 1))
      | (1ULL << (PlexParser::LIKE - 1))
      | (1ULL << (PlexParser::LOG - 1))
      | (1ULL << (PlexParser::MATCHES - 1))
      | (1ULL << (PlexParser::NEVER - 1))
      | (1ULL << (PlexParser::NOT - 1))
      | (1ULL << (PlexParser::NULL_ - 1))
      | (1ULL << (PlexParser::OR - 1))
      | (1ULL << (PlexParser::PRINCIPAL - 1))
      | (1ULL << (PlexParser::PRIORITY - 1))
      | (1ULL << (PlexParser::PROMPT - 1))
      | (1ULL << (PlexParser::PROVIDER - 1))
      | (1ULL << (PlexParser::QUORUM - 1))
      | (1ULL << (PlexParser::REQUIRE - 1))
      | (1ULL << (PlexParser::RESOURCE - 1))
      | (1ULL << (PlexParser::SCOPE - 1))
      | (1ULL << (PlexParser::SECRET - 1))
      | (1ULL << (PlexParser::SERVER - 1))
      | (1ULL << (PlexParser::SET - 1))
      | (1ULL << (PlexParser::SIZE - 1))
      | (1ULL << (PlexParser::TEMPLATE - 1))
      | (1ULL << (PlexParser::TEST - 1))
      | (1ULL << (PlexParser::TIMEOUT - 1))
      | (1ULL << (PlexParser::TOOL - 1))
      | (1ULL << (PlexParser::TOOLS - 1))
      | (1ULL << (PlexParser::TRUE - 1))
      | (1ULL << (PlexParser::UNDER - 1))
      | (1ULL << (PlexParser::USE - 1))
      | (1ULL << (PlexParser::USING - 1))
      | (1ULL << (PlexParser::VIA - 1))
      | (1ULL << (PlexParser::WHEN - 1))
      | (1ULL << (PlexParser::WITHOUT - 1))
      | (1ULL << (PlexParser::WORKSPACE - 1))
      | (1ULL << (PlexParser::WORD - 1))
      | (1ULL << (PlexParser::STRING - 1)))) != 0)) {
      setState(265);
      entry();
      setState(267);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(266);
        match(PlexParser::COMMA);
      }
      setState(273);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(274);
    match(PlexParser::RBRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- EntryContext ------------------------------------------------------------------

PlexParser::EntryContext::EntryContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::KeyContext* PlexParser::EntryContext::key() {
  return getRuleContext<PlexParser::KeyContext>(0);
}

PlexParser::ValueContext* PlexParser::EntryContext::value() {
  return getRuleContext<PlexParser::ValueContext>(0);
}

tree::TerminalNode* PlexParser::EntryContext::COLON() {
  return getToken(PlexParser::COLON, 0);
}

tree::TerminalNode* PlexParser::EntryContext::ASSIGN() {
  return getToken(PlexParser::ASSIGN, 0);
}


size_t PlexParser::EntryContext::getRuleIndex() const {
  return PlexParser::RuleEntry;
}


PlexParser::EntryContext* PlexParser::entry() {
  EntryContext *_localctx = _tracker.createInstance<EntryContext>(_ctx, getState());
  enterRule(_localctx, 30, PlexParser::RuleEntry);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(276);
    key();
    setState(277);
    _la = _input->LA(1);
    if (!(_la == PlexParser::COLON

    || _la == PlexParser::ASSIGN)) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(278);
    value();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ItemContext ------------------------------------------------------------------

PlexParser::ItemContext::ItemContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::AttributeContext* PlexParser::ItemContext::attribute() {
  return getRuleContext<PlexParser::AttributeContext>(0);
}

tree::TerminalNode* PlexParser::ItemContext::COMMA() {
  return getToken(PlexParser::COMMA, 0);
}

PlexParser::Rule_Context* PlexParser::ItemContext::rule_() {
  return getRuleContext<PlexParser::Rule_Context>(0);
}

PlexParser::UseContext* PlexParser::ItemContext::use() {
  return getRuleContext<PlexParser::UseContext>(0);
}

PlexParser::InHeadContext* PlexParser::ItemContext::inHead() {
  return getRuleContext<PlexParser::InHeadContext>(0);
}

tree::TerminalNode* PlexParser::ItemContext::RBRACE() {
  return getToken(PlexParser::RBRACE, 0);
}

std::vector<PlexParser::ItemContext *> PlexParser::ItemContext::item() {
  return getRuleContexts<PlexParser::ItemContext>();
}

PlexParser::ItemContext* PlexParser::ItemContext::item(size_t i) {
  return getRuleContext<PlexParser::ItemContext>(i);
}


size_t PlexParser::ItemContext::getRuleIndex() const {
  return PlexParser::RuleItem;
}


PlexParser::ItemContext* PlexParser::item() {
  ItemContext *_localctx = _tracker.createInstance<ItemContext>(_ctx, getState());
  enterRule(_localctx, 32, PlexParser::RuleItem);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(295);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 27, _ctx)) {
    case 1: {
      enterOuterAlt(_localctx, 1);
      setState(280);
      attribute();
      setState(282);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(281);
        match(PlexParser::COMMA);
      }
      break;
    }

    case 2: {
      enterOuterAlt(_localctx, 2);
      setState(284);
      rule_();
      break;
    }

    case 3: {
      enterOuterAlt(_localctx, 3);
      setState(285);
      use();
      break;
    }

    case 4: {
      enterOuterAlt(_localctx, 4);
      setState(286);
      inHead();
      setState(290);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (((((_la - 1) & ~ 0x3fULL) == 0) &&
        ((1ULL << (_la - 1)) & ((1ULL << (PlexParser::ALL - 1))
        | (1ULL << (PlexParser::ALLOW - 1))
        | (1ULL << (PlexParser::ALWAYS - 1))
        | (1ULL << (PlexParser::AND - 1))
        | (1ULL << (PlexParser::ANY - 1))
        | (1ULL << (PlexParser::APPROVAL - 1))
        | (1ULL << (PlexParser::APPROVE - 1))
        | (1ULL << (PlexParser::APPROVERS - 1))
        | (1ULL << (PlexParser::AS - 1))
        | (1ULL << (PlexParser::BECAUSE - 1))
        | (1ULL << (PlexParser::BY - 1))
        | (1ULL << (PlexParser::CALL - 1))
        | (1ULL << (PlexParser::DENY - 1))
        | (1ULL << (PlexParser::EXCEPT - 1))
        | (1ULL << (PlexParser::EXPECT - 1))
        | (1ULL << (PlexParser::FALSE - 1))
        | (1ULL << (PlexParser::FOR - 1))
        | (1ULL << (PlexParser::HAS - 1))
        | (1ULL << (PlexParser::IMPORT - 1))
        | (1ULL << (PlexParser::IN - 1))
        | (1ULL << (PlexParser::INVARIANT - 1))
        | (1ULL << (PlexParser::LIKE - 1))
        | (1ULL << (PlexParser::LOG - 1))
        | (1ULL << (PlexParser::MATCHES - 1))
        | (1ULL << (PlexParser::NEVER - 1))
        | (1ULL << (PlexParser::NOT - 1))
        | (1ULL << (PlexParser::NULL_ - 1))
        | (1ULL << (PlexParser::OR - 1))
        | (1ULL << (PlexParser::PRINCIPAL - 1))
        | (1ULL << (PlexParser::PRIORITY - 1))
        | (1ULL << (PlexParser::PROMPT - 1))
        | (1ULL << (PlexParser::PROVIDER - 1))
        | (1ULL << (PlexParser::QUORUM - 1))
        | (1ULL << (PlexParser::REQUIRE - 1))
        | (1ULL << (PlexParser::RESOURCE - 1))
        | (1ULL << (PlexParser::SCOPE - 1))
        | (1ULL << (PlexParser::SECRET - 1))
        | (1ULL << (PlexParser::SERVER - 1))
        | (1ULL << (PlexParser::SET - 1))
        | (1ULL << (PlexParser::SIZE - 1))
        | (1ULL << (PlexParser::TEMPLATE - 1))
        | (1ULL << (PlexParser::TEST - 1))
        | (1ULL << (PlexParser::TIMEOUT - 1))
        | (1ULL << (PlexParser::TOOL - 1))
        | (1ULL << (PlexParser::TOOLS - 1))
        | (1ULL << (PlexParser::TRUE - 1))
        | (1ULL << (PlexParser::UNDER - 1))
        | (1ULL << (PlexParser::USE - 1))
        | (1ULL << (PlexParser::USING - 1))
        | (1ULL << (PlexParser::VIA - 1))
        | (1ULL << (PlexParser::WHEN - 1))
        | (1ULL << (PlexParser::WITHOUT - 1))
        | (1ULL << (PlexParser::WORKSPACE - 1))
        | (1ULL << (PlexParser::WORD - 1))
        | (1ULL << (PlexParser::STRING - 1)))) != 0)) {
        setState(287);
        item();
        setState(292);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(293);
      match(PlexParser::RBRACE);
      break;
    }

    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- InHeadContext ------------------------------------------------------------------

PlexParser::InHeadContext::InHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::InHeadContext::IN() {
  return getToken(PlexParser::IN, 0);
}

PlexParser::PathsContext* PlexParser::InHeadContext::paths() {
  return getRuleContext<PlexParser::PathsContext>(0);
}

tree::TerminalNode* PlexParser::InHeadContext::LBRACE() {
  return getToken(PlexParser::LBRACE, 0);
}


size_t PlexParser::InHeadContext::getRuleIndex() const {
  return PlexParser::RuleInHead;
}


PlexParser::InHeadContext* PlexParser::inHead() {
  InHeadContext *_localctx = _tracker.createInstance<InHeadContext>(_ctx, getState());
  enterRule(_localctx, 34, PlexParser::RuleInHead);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(297);
    match(PlexParser::IN);
    setState(298);
    paths();
    setState(299);
    match(PlexParser::LBRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- UseContext ------------------------------------------------------------------

PlexParser::UseContext::UseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::UseContext::USE() {
  return getToken(PlexParser::USE, 0);
}

PlexParser::NameContext* PlexParser::UseContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::UseContext::LPAREN() {
  return getToken(PlexParser::LPAREN, 0);
}

tree::TerminalNode* PlexParser::UseContext::RPAREN() {
  return getToken(PlexParser::RPAREN, 0);
}

std::vector<PlexParser::ValueContext *> PlexParser::UseContext::value() {
  return getRuleContexts<PlexParser::ValueContext>();
}

PlexParser::ValueContext* PlexParser::UseContext::value(size_t i) {
  return getRuleContext<PlexParser::ValueContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::UseContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::UseContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::UseContext::getRuleIndex() const {
  return PlexParser::RuleUse;
}


PlexParser::UseContext* PlexParser::use() {
  UseContext *_localctx = _tracker.createInstance<UseContext>(_ctx, getState());
  enterRule(_localctx, 36, PlexParser::RuleUse);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(301);
    match(PlexParser::USE);
    setState(302);
    name();
    setState(303);
    match(PlexParser::LPAREN);
    setState(315);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALL)
      | (1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::ALWAYS)
      | (1ULL << PlexParser::AND)
      | (1ULL << PlexParser::ANY)
      | (1ULL << PlexParser::APPROVAL)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::APPROVERS)
      | (1ULL << PlexParser::AS)
      | (1ULL << PlexParser::BECAUSE)
      | (1ULL << PlexParser::BY)
      | (1ULL << PlexParser::CALL)
      | (1ULL << PlexParser::DENY)
      | (1ULL << PlexParser::EXCEPT)
      | (1ULL << PlexParser::EXPECT)
      | (1ULL << PlexParser::FALSE)
      | (1ULL << PlexParser::FOR)
      | (1ULL << PlexParser::HAS)
      | (1ULL << PlexParser::IMPORT)
      | (1ULL << PlexParser::IN)
      | (1ULL << PlexParser::INVARIANT)
      | (1ULL << PlexParser::LIKE)
      | (1ULL << PlexParser::LOG)
      | (1ULL << PlexParser::MATCHES)
      | (1ULL << PlexParser::NEVER)
      | (1ULL << PlexParser::NOT)
      | (1ULL << PlexParser::NULL_)
      | (1ULL << PlexParser::OR)
      | (1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PRIORITY)
      | (1ULL << PlexParser::PROMPT)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::QUORUM)
      | (1ULL << PlexParser::REQUIRE)
      | (1ULL << PlexParser::RESOURCE)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SECRET)
      | (1ULL << PlexParser::SERVER)
      | (1ULL << PlexParser::SET)
      | (1ULL << PlexParser::SIZE)
      | (1ULL << PlexParser::TEMPLATE)
      | (1ULL << PlexParser::TEST)
      | (1ULL << PlexParser::TIMEOUT)
      | (1ULL << PlexParser::TOOL)
      | (1ULL << PlexParser::TOOLS)
      | (1ULL << PlexParser::TRUE)
      | (1ULL << PlexParser::UNDER)
      | (1ULL << PlexParser::USE)
      | (1ULL << PlexParser::USING)
      | (1ULL << PlexParser::VIA)
      | (1ULL << PlexParser::WHEN)
      | (1ULL << PlexParser::WITHOUT)
      | (1ULL << PlexParser::WORKSPACE)
      | (1ULL << PlexParser::NUMBER)
      | (1ULL << PlexParser::DURATION)
      | (1ULL << PlexParser::WORD))) != 0) || ((((_la - 64) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 64)) & ((1ULL << (PlexParser::STRING - 64))
      | (1ULL << (PlexParser::REGEX - 64))
      | (1ULL << (PlexParser::LBRACE - 64))
      | (1ULL << (PlexParser::LBRACKET - 64)))) != 0)) {
      setState(304);
      value();
      setState(309);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 28, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(305);
          match(PlexParser::COMMA);
          setState(306);
          value(); 
        }
        setState(311);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 28, _ctx);
      }
      setState(313);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(312);
        match(PlexParser::COMMA);
      }
    }
    setState(317);
    match(PlexParser::RPAREN);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- Rule_Context ------------------------------------------------------------------

PlexParser::Rule_Context::Rule_Context(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::TargetContext* PlexParser::Rule_Context::target() {
  return getRuleContext<PlexParser::TargetContext>(0);
}

tree::TerminalNode* PlexParser::Rule_Context::ALLOW() {
  return getToken(PlexParser::ALLOW, 0);
}

tree::TerminalNode* PlexParser::Rule_Context::APPROVE() {
  return getToken(PlexParser::APPROVE, 0);
}

tree::TerminalNode* PlexParser::Rule_Context::DENY() {
  return getToken(PlexParser::DENY, 0);
}

std::vector<PlexParser::ClauseContext *> PlexParser::Rule_Context::clause() {
  return getRuleContexts<PlexParser::ClauseContext>();
}

PlexParser::ClauseContext* PlexParser::Rule_Context::clause(size_t i) {
  return getRuleContext<PlexParser::ClauseContext>(i);
}


size_t PlexParser::Rule_Context::getRuleIndex() const {
  return PlexParser::RuleRule_;
}


PlexParser::Rule_Context* PlexParser::rule_() {
  Rule_Context *_localctx = _tracker.createInstance<Rule_Context>(_ctx, getState());
  enterRule(_localctx, 38, PlexParser::RuleRule_);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(319);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::DENY))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(320);
    target();
    setState(324);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 31, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        setState(321);
        clause(); 
      }
      setState(326);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 31, _ctx);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TargetContext ------------------------------------------------------------------

PlexParser::TargetContext::TargetContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::PatternsContext* PlexParser::TargetContext::patterns() {
  return getRuleContext<PlexParser::PatternsContext>(0);
}

tree::TerminalNode* PlexParser::TargetContext::TOOL() {
  return getToken(PlexParser::TOOL, 0);
}

tree::TerminalNode* PlexParser::TargetContext::PROMPT() {
  return getToken(PlexParser::PROMPT, 0);
}

tree::TerminalNode* PlexParser::TargetContext::RESOURCE() {
  return getToken(PlexParser::RESOURCE, 0);
}

PlexParser::NameContext* PlexParser::TargetContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::TargetContext::COLON() {
  return getToken(PlexParser::COLON, 0);
}


size_t PlexParser::TargetContext::getRuleIndex() const {
  return PlexParser::RuleTarget;
}


PlexParser::TargetContext* PlexParser::target() {
  TargetContext *_localctx = _tracker.createInstance<TargetContext>(_ctx, getState());
  enterRule(_localctx, 40, PlexParser::RuleTarget);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(336);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::PROMPT:
      case PlexParser::TOOL:
      case PlexParser::SET_NAME:
      case PlexParser::WORD:
      case PlexParser::STRING:
      case PlexParser::REGEX: {
        enterOuterAlt(_localctx, 1);
        setState(328);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == PlexParser::PROMPT

        || _la == PlexParser::TOOL) {
          setState(327);
          _la = _input->LA(1);
          if (!(_la == PlexParser::PROMPT

          || _la == PlexParser::TOOL)) {
          _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
        }
        setState(330);
        patterns();
        break;
      }

      case PlexParser::RESOURCE: {
        enterOuterAlt(_localctx, 2);
        setState(331);
        match(PlexParser::RESOURCE);
        setState(332);
        name();
        setState(333);
        match(PlexParser::COLON);
        setState(334);
        patterns();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PatternsContext ------------------------------------------------------------------

PlexParser::PatternsContext::PatternsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<PlexParser::PatternContext *> PlexParser::PatternsContext::pattern() {
  return getRuleContexts<PlexParser::PatternContext>();
}

PlexParser::PatternContext* PlexParser::PatternsContext::pattern(size_t i) {
  return getRuleContext<PlexParser::PatternContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::PatternsContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::PatternsContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::PatternsContext::getRuleIndex() const {
  return PlexParser::RulePatterns;
}


PlexParser::PatternsContext* PlexParser::patterns() {
  PatternsContext *_localctx = _tracker.createInstance<PatternsContext>(_ctx, getState());
  enterRule(_localctx, 42, PlexParser::RulePatterns);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(338);
    pattern();
    setState(343);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == PlexParser::COMMA) {
      setState(339);
      match(PlexParser::COMMA);
      setState(340);
      pattern();
      setState(345);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PatternContext ------------------------------------------------------------------

PlexParser::PatternContext::PatternContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::PatternContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::PatternContext::REGEX() {
  return getToken(PlexParser::REGEX, 0);
}

tree::TerminalNode* PlexParser::PatternContext::SET_NAME() {
  return getToken(PlexParser::SET_NAME, 0);
}

tree::TerminalNode* PlexParser::PatternContext::WORD() {
  return getToken(PlexParser::WORD, 0);
}


size_t PlexParser::PatternContext::getRuleIndex() const {
  return PlexParser::RulePattern;
}


PlexParser::PatternContext* PlexParser::pattern() {
  PatternContext *_localctx = _tracker.createInstance<PatternContext>(_ctx, getState());
  enterRule(_localctx, 44, PlexParser::RulePattern);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(346);
    _la = _input->LA(1);
    if (!(((((_la - 62) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 62)) & ((1ULL << (PlexParser::SET_NAME - 62))
      | (1ULL << (PlexParser::WORD - 62))
      | (1ULL << (PlexParser::STRING - 62))
      | (1ULL << (PlexParser::REGEX - 62)))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ClauseContext ------------------------------------------------------------------

PlexParser::ClauseContext::ClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::ClauseContext::EXCEPT() {
  return getToken(PlexParser::EXCEPT, 0);
}

PlexParser::PatternsContext* PlexParser::ClauseContext::patterns() {
  return getRuleContext<PlexParser::PatternsContext>(0);
}

tree::TerminalNode* PlexParser::ClauseContext::FOR() {
  return getToken(PlexParser::FOR, 0);
}

PlexParser::PrincipalsContext* PlexParser::ClauseContext::principals() {
  return getRuleContext<PlexParser::PrincipalsContext>(0);
}

tree::TerminalNode* PlexParser::ClauseContext::IN() {
  return getToken(PlexParser::IN, 0);
}

PlexParser::PathsContext* PlexParser::ClauseContext::paths() {
  return getRuleContext<PlexParser::PathsContext>(0);
}

tree::TerminalNode* PlexParser::ClauseContext::USING() {
  return getToken(PlexParser::USING, 0);
}

PlexParser::NameContext* PlexParser::ClauseContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::ClauseContext::VIA() {
  return getToken(PlexParser::VIA, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::WHEN() {
  return getToken(PlexParser::WHEN, 0);
}

PlexParser::ConditionContext* PlexParser::ClauseContext::condition() {
  return getRuleContext<PlexParser::ConditionContext>(0);
}

tree::TerminalNode* PlexParser::ClauseContext::REQUIRE() {
  return getToken(PlexParser::REQUIRE, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::PRIORITY() {
  return getToken(PlexParser::PRIORITY, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::NUMBER() {
  return getToken(PlexParser::NUMBER, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::TIMEOUT() {
  return getToken(PlexParser::TIMEOUT, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::DURATION() {
  return getToken(PlexParser::DURATION, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::QUORUM() {
  return getToken(PlexParser::QUORUM, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::APPROVERS() {
  return getToken(PlexParser::APPROVERS, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::LOG() {
  return getToken(PlexParser::LOG, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::BECAUSE() {
  return getToken(PlexParser::BECAUSE, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::ClauseContext::AS() {
  return getToken(PlexParser::AS, 0);
}


size_t PlexParser::ClauseContext::getRuleIndex() const {
  return PlexParser::RuleClause;
}


PlexParser::ClauseContext* PlexParser::clause() {
  ClauseContext *_localctx = _tracker.createInstance<ClauseContext>(_ctx, getState());
  enterRule(_localctx, 46, PlexParser::RuleClause);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(376);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::EXCEPT: {
        enterOuterAlt(_localctx, 1);
        setState(348);
        match(PlexParser::EXCEPT);
        setState(349);
        patterns();
        break;
      }

      case PlexParser::FOR: {
        enterOuterAlt(_localctx, 2);
        setState(350);
        match(PlexParser::FOR);
        setState(351);
        principals();
        break;
      }

      case PlexParser::IN: {
        enterOuterAlt(_localctx, 3);
        setState(352);
        match(PlexParser::IN);
        setState(353);
        paths();
        break;
      }

      case PlexParser::USING: {
        enterOuterAlt(_localctx, 4);
        setState(354);
        match(PlexParser::USING);
        setState(355);
        name();
        break;
      }

      case PlexParser::VIA: {
        enterOuterAlt(_localctx, 5);
        setState(356);
        match(PlexParser::VIA);
        setState(357);
        name();
        break;
      }

      case PlexParser::WHEN: {
        enterOuterAlt(_localctx, 6);
        setState(358);
        match(PlexParser::WHEN);
        setState(359);
        condition();
        break;
      }

      case PlexParser::REQUIRE: {
        enterOuterAlt(_localctx, 7);
        setState(360);
        match(PlexParser::REQUIRE);
        setState(361);
        condition();
        break;
      }

      case PlexParser::PRIORITY: {
        enterOuterAlt(_localctx, 8);
        setState(362);
        match(PlexParser::PRIORITY);
        setState(363);
        match(PlexParser::NUMBER);
        break;
      }

      case PlexParser::TIMEOUT: {
        enterOuterAlt(_localctx, 9);
        setState(364);
        match(PlexParser::TIMEOUT);
        setState(365);
        match(PlexParser::DURATION);
        break;
      }

      case PlexParser::QUORUM: {
        enterOuterAlt(_localctx, 10);
        setState(366);
        match(PlexParser::QUORUM);
        setState(367);
        match(PlexParser::NUMBER);
        break;
      }

      case PlexParser::APPROVERS: {
        enterOuterAlt(_localctx, 11);
        setState(368);
        match(PlexParser::APPROVERS);
        setState(369);
        principals();
        break;
      }

      case PlexParser::LOG: {
        enterOuterAlt(_localctx, 12);
        setState(370);
        match(PlexParser::LOG);
        setState(371);
        name();
        break;
      }

      case PlexParser::BECAUSE: {
        enterOuterAlt(_localctx, 13);
        setState(372);
        match(PlexParser::BECAUSE);
        setState(373);
        match(PlexParser::STRING);
        break;
      }

      case PlexParser::AS: {
        enterOuterAlt(_localctx, 14);
        setState(374);
        match(PlexParser::AS);
        setState(375);
        name();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PrincipalsContext ------------------------------------------------------------------

PlexParser::PrincipalsContext::PrincipalsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<PlexParser::PrincipalContext *> PlexParser::PrincipalsContext::principal() {
  return getRuleContexts<PlexParser::PrincipalContext>();
}

PlexParser::PrincipalContext* PlexParser::PrincipalsContext::principal(size_t i) {
  return getRuleContext<PlexParser::PrincipalContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::PrincipalsContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::PrincipalsContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::PrincipalsContext::getRuleIndex() const {
  return PlexParser::RulePrincipals;
}


PlexParser::PrincipalsContext* PlexParser::principals() {
  PrincipalsContext *_localctx = _tracker.createInstance<PrincipalsContext>(_ctx, getState());
  enterRule(_localctx, 48, PlexParser::RulePrincipals);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(378);
    principal();
    setState(383);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == PlexParser::COMMA) {
      setState(379);
      match(PlexParser::COMMA);
      setState(380);
      principal();
      setState(385);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PrincipalContext ------------------------------------------------------------------

PlexParser::PrincipalContext::PrincipalContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::WordContext* PlexParser::PrincipalContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}

tree::TerminalNode* PlexParser::PrincipalContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}


size_t PlexParser::PrincipalContext::getRuleIndex() const {
  return PlexParser::RulePrincipal;
}


PlexParser::PrincipalContext* PlexParser::principal() {
  PrincipalContext *_localctx = _tracker.createInstance<PrincipalContext>(_ctx, getState());
  enterRule(_localctx, 50, PlexParser::RulePrincipal);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(388);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::ALL:
      case PlexParser::ALLOW:
      case PlexParser::ALWAYS:
      case PlexParser::AND:
      case PlexParser::ANY:
      case PlexParser::APPROVAL:
      case PlexParser::APPROVE:
      case PlexParser::APPROVERS:
      case PlexParser::AS:
      case PlexParser::BECAUSE:
      case PlexParser::BY:
      case PlexParser::CALL:
      case PlexParser::DENY:
      case PlexParser::EXCEPT:
      case PlexParser::EXPECT:
      case PlexParser::FALSE:
      case PlexParser::FOR:
      case PlexParser::HAS:
      case PlexParser::IMPORT:
      case PlexParser::IN:
      case PlexParser::INVARIANT:
      case PlexParser::LIKE:
      case PlexParser::LOG:
      case PlexParser::MATCHES:
      case PlexParser::NEVER:
      case PlexParser::NOT:
      case PlexParser::NULL_:
      case PlexParser::OR:
      case PlexParser::PRINCIPAL:
      case PlexParser::PRIORITY:
      case PlexParser::PROMPT:
      case PlexParser::PROVIDER:
      case PlexParser::QUORUM:
      case PlexParser::REQUIRE:
      case PlexParser::RESOURCE:
      case PlexParser::SCOPE:
      case PlexParser::SECRET:
      case PlexParser::SERVER:
      case PlexParser::SET:
      case PlexParser::SIZE:
      case PlexParser::TEMPLATE:
      case PlexParser::TEST:
      case PlexParser::TIMEOUT:
      case PlexParser::TOOL:
      case PlexParser::TOOLS:
      case PlexParser::TRUE:
      case PlexParser::UNDER:
      case PlexParser::USE:
      case PlexParser::USING:
      case PlexParser::VIA:
      case PlexParser::WHEN:
      case PlexParser::WITHOUT:
      case PlexParser::WORKSPACE:
      case PlexParser::WORD: {
        enterOuterAlt(_localctx, 1);
        setState(386);
        word();
        break;
      }

      case PlexParser::STRING: {
        enterOuterAlt(_localctx, 2);
        setState(387);
        match(PlexParser::STRING);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PathsContext ------------------------------------------------------------------

PlexParser::PathsContext::PathsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> PlexParser::PathsContext::STRING() {
  return getTokens(PlexParser::STRING);
}

tree::TerminalNode* PlexParser::PathsContext::STRING(size_t i) {
  return getToken(PlexParser::STRING, i);
}

std::vector<tree::TerminalNode *> PlexParser::PathsContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::PathsContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::PathsContext::getRuleIndex() const {
  return PlexParser::RulePaths;
}


PlexParser::PathsContext* PlexParser::paths() {
  PathsContext *_localctx = _tracker.createInstance<PathsContext>(_ctx, getState());
  enterRule(_localctx, 52, PlexParser::RulePaths);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(390);
    match(PlexParser::STRING);
    setState(395);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == PlexParser::COMMA) {
      setState(391);
      match(PlexParser::COMMA);
      setState(392);
      match(PlexParser::STRING);
      setState(397);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LoneConditionContext ------------------------------------------------------------------

PlexParser::LoneConditionContext::LoneConditionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::ConditionContext* PlexParser::LoneConditionContext::condition() {
  return getRuleContext<PlexParser::ConditionContext>(0);
}

tree::TerminalNode* PlexParser::LoneConditionContext::EOF() {
  return getToken(PlexParser::EOF, 0);
}


size_t PlexParser::LoneConditionContext::getRuleIndex() const {
  return PlexParser::RuleLoneCondition;
}


PlexParser::LoneConditionContext* PlexParser::loneCondition() {
  LoneConditionContext *_localctx = _tracker.createInstance<LoneConditionContext>(_ctx, getState());
  enterRule(_localctx, 54, PlexParser::RuleLoneCondition);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(398);
    condition();
    setState(399);
    match(PlexParser::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ConditionContext ------------------------------------------------------------------

PlexParser::ConditionContext::ConditionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<PlexParser::ConjunctionContext *> PlexParser::ConditionContext::conjunction() {
  return getRuleContexts<PlexParser::ConjunctionContext>();
}

PlexParser::ConjunctionContext* PlexParser::ConditionContext::conjunction(size_t i) {
  return getRuleContext<PlexParser::ConjunctionContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::ConditionContext::OR() {
  return getTokens(PlexParser::OR);
}

tree::TerminalNode* PlexParser::ConditionContext::OR(size_t i) {
  return getToken(PlexParser::OR, i);
}


size_t PlexParser::ConditionContext::getRuleIndex() const {
  return PlexParser::RuleCondition;
}


PlexParser::ConditionContext* PlexParser::condition() {
  ConditionContext *_localctx = _tracker.createInstance<ConditionContext>(_ctx, getState());
  enterRule(_localctx, 56, PlexParser::RuleCondition);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(401);
    conjunction();
    setState(406);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 39, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        setState(402);
        match(PlexParser::OR);
        setState(403);
        conjunction(); 
      }
      setState(408);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 39, _ctx);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ConjunctionContext ------------------------------------------------------------------

PlexParser::ConjunctionContext::ConjunctionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<PlexParser::NegationContext *> PlexParser::ConjunctionContext::negation() {
  return getRuleContexts<PlexParser::NegationContext>();
}

PlexParser::NegationContext* PlexParser::ConjunctionContext::negation(size_t i) {
  return getRuleContext<PlexParser::NegationContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::ConjunctionContext::AND() {
  return getTokens(PlexParser::AND);
}

tree::TerminalNode* PlexParser::ConjunctionContext::AND(size_t i) {
  return getToken(PlexParser::AND, i);
}


size_t PlexParser::ConjunctionContext::getRuleIndex() const {
  return PlexParser::RuleConjunction;
}


PlexParser::ConjunctionContext* PlexParser::conjunction() {
  ConjunctionContext *_localctx = _tracker.createInstance<ConjunctionContext>(_ctx, getState());
  enterRule(_localctx, 58, PlexParser::RuleConjunction);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(409);
    negation();
    setState(414);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 40, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        setState(410);
        match(PlexParser::AND);
        setState(411);
        negation(); 
      }
      setState(416);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 40, _ctx);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NegationContext ------------------------------------------------------------------

PlexParser::NegationContext::NegationContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::PrimaryContext* PlexParser::NegationContext::primary() {
  return getRuleContext<PlexParser::PrimaryContext>(0);
}

std::vector<tree::TerminalNode *> PlexParser::NegationContext::NOT() {
  return getTokens(PlexParser::NOT);
}

tree::TerminalNode* PlexParser::NegationContext::NOT(size_t i) {
  return getToken(PlexParser::NOT, i);
}


size_t PlexParser::NegationContext::getRuleIndex() const {
  return PlexParser::RuleNegation;
}


PlexParser::NegationContext* PlexParser::negation() {
  NegationContext *_localctx = _tracker.createInstance<NegationContext>(_ctx, getState());
  enterRule(_localctx, 60, PlexParser::RuleNegation);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(420);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == PlexParser::NOT) {
      setState(417);
      match(PlexParser::NOT);
      setState(422);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(423);
    primary();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PrimaryContext ------------------------------------------------------------------

PlexParser::PrimaryContext::PrimaryContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::PrimaryContext::LPAREN() {
  return getToken(PlexParser::LPAREN, 0);
}

PlexParser::ConditionContext* PlexParser::PrimaryContext::condition() {
  return getRuleContext<PlexParser::ConditionContext>(0);
}

tree::TerminalNode* PlexParser::PrimaryContext::RPAREN() {
  return getToken(PlexParser::RPAREN, 0);
}

tree::TerminalNode* PlexParser::PrimaryContext::HAS() {
  return getToken(PlexParser::HAS, 0);
}

tree::TerminalNode* PlexParser::PrimaryContext::ARGUMENT() {
  return getToken(PlexParser::ARGUMENT, 0);
}

PlexParser::ComparisonContext* PlexParser::PrimaryContext::comparison() {
  return getRuleContext<PlexParser::ComparisonContext>(0);
}

tree::TerminalNode* PlexParser::PrimaryContext::ALL() {
  return getToken(PlexParser::ALL, 0);
}

tree::TerminalNode* PlexParser::PrimaryContext::ANY() {
  return getToken(PlexParser::ANY, 0);
}

PlexParser::OperandContext* PlexParser::PrimaryContext::operand() {
  return getRuleContext<PlexParser::OperandContext>(0);
}


size_t PlexParser::PrimaryContext::getRuleIndex() const {
  return PlexParser::RulePrimary;
}


PlexParser::PrimaryContext* PlexParser::primary() {
  PrimaryContext *_localctx = _tracker.createInstance<PrimaryContext>(_ctx, getState());
  enterRule(_localctx, 62, PlexParser::RulePrimary);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(437);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::LPAREN: {
        enterOuterAlt(_localctx, 1);
        setState(425);
        match(PlexParser::LPAREN);
        setState(426);
        condition();
        setState(427);
        match(PlexParser::RPAREN);
        break;
      }

      case PlexParser::HAS: {
        enterOuterAlt(_localctx, 2);
        setState(429);
        match(PlexParser::HAS);
        setState(430);
        match(PlexParser::ARGUMENT);
        break;
      }

      case PlexParser::ALL:
      case PlexParser::ANY: {
        enterOuterAlt(_localctx, 3);
        setState(431);
        _la = _input->LA(1);
        if (!(_la == PlexParser::ALL

        || _la == PlexParser::ANY)) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        setState(432);
        match(PlexParser::ARGUMENT);
        setState(433);
        comparison();
        break;
      }

      case PlexParser::FALSE:
      case PlexParser::NULL_:
      case PlexParser::SIZE:
      case PlexParser::TRUE:
      case PlexParser::SESSION_CLIENT:
      case PlexParser::SESSION_MODEL:
      case PlexParser::PRINCIPAL_NAME:
      case PlexParser::PRINCIPAL_GROUPS:
      case PlexParser::TAG:
      case PlexParser::ARGUMENT:
      case PlexParser::NUMBER:
      case PlexParser::STRING: {
        enterOuterAlt(_localctx, 4);
        setState(434);
        operand();
        setState(435);
        comparison();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ComparisonContext ------------------------------------------------------------------

PlexParser::ComparisonContext::ComparisonContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::OperandContext* PlexParser::ComparisonContext::operand() {
  return getRuleContext<PlexParser::OperandContext>(0);
}

tree::TerminalNode* PlexParser::ComparisonContext::EQUAL() {
  return getToken(PlexParser::EQUAL, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::NOT_EQUAL() {
  return getToken(PlexParser::NOT_EQUAL, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::LESS() {
  return getToken(PlexParser::LESS, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::LESS_EQUAL() {
  return getToken(PlexParser::LESS_EQUAL, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::GREATER() {
  return getToken(PlexParser::GREATER, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::GREATER_EQUAL() {
  return getToken(PlexParser::GREATER_EQUAL, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::IN() {
  return getToken(PlexParser::IN, 0);
}

PlexParser::LiteralsContext* PlexParser::ComparisonContext::literals() {
  return getRuleContext<PlexParser::LiteralsContext>(0);
}

tree::TerminalNode* PlexParser::ComparisonContext::LIKE() {
  return getToken(PlexParser::LIKE, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::MATCHES() {
  return getToken(PlexParser::MATCHES, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::REGEX() {
  return getToken(PlexParser::REGEX, 0);
}

tree::TerminalNode* PlexParser::ComparisonContext::UNDER() {
  return getToken(PlexParser::UNDER, 0);
}


size_t PlexParser::ComparisonContext::getRuleIndex() const {
  return PlexParser::RuleComparison;
}


PlexParser::ComparisonContext* PlexParser::comparison() {
  ComparisonContext *_localctx = _tracker.createInstance<ComparisonContext>(_ctx, getState());
  enterRule(_localctx, 64, PlexParser::RuleComparison);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(452);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::EQUAL:
      case PlexParser::NOT_EQUAL:
      case PlexParser::LESS:
      case PlexParser::LESS_EQUAL:
      case PlexParser::GREATER:
      case PlexParser::GREATER_EQUAL: {
        enterOuterAlt(_localctx, 1);
        setState(439);
        _la = _input->LA(1);
        if (!(((((_la - 75) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 75)) & ((1ULL << (PlexParser::EQUAL - 75))
          | (1ULL << (PlexParser::NOT_EQUAL - 75))
          | (1ULL << (PlexParser::LESS - 75))
          | (1ULL << (PlexParser::LESS_EQUAL - 75))
          | (1ULL << (PlexParser::GREATER - 75))
          | (1ULL << (PlexParser::GREATER_EQUAL - 75)))) != 0))) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        setState(440);
        operand();
        break;
      }

      case PlexParser::IN: {
        enterOuterAlt(_localctx, 2);
        setState(441);
        match(PlexParser::IN);
        setState(444);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case PlexParser::FALSE:
          case PlexParser::NULL_:
          case PlexParser::SIZE:
          case PlexParser::TRUE:
          case PlexParser::SESSION_CLIENT:
          case PlexParser::SESSION_MODEL:
          case PlexParser::PRINCIPAL_NAME:
          case PlexParser::PRINCIPAL_GROUPS:
          case PlexParser::TAG:
          case PlexParser::ARGUMENT:
          case PlexParser::NUMBER:
          case PlexParser::STRING: {
            setState(442);
            operand();
            break;
          }

          case PlexParser::LBRACKET: {
            setState(443);
            literals();
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case PlexParser::LIKE: {
        enterOuterAlt(_localctx, 3);
        setState(446);
        match(PlexParser::LIKE);
        setState(447);
        match(PlexParser::STRING);
        break;
      }

      case PlexParser::MATCHES: {
        enterOuterAlt(_localctx, 4);
        setState(448);
        match(PlexParser::MATCHES);
        setState(449);
        _la = _input->LA(1);
        if (!(_la == PlexParser::STRING

        || _la == PlexParser::REGEX)) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        break;
      }

      case PlexParser::UNDER: {
        enterOuterAlt(_localctx, 5);
        setState(450);
        match(PlexParser::UNDER);
        setState(451);
        match(PlexParser::STRING);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- OperandContext ------------------------------------------------------------------

PlexParser::OperandContext::OperandContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::OperandContext::ARGUMENT() {
  return getToken(PlexParser::ARGUMENT, 0);
}

tree::TerminalNode* PlexParser::OperandContext::SIZE() {
  return getToken(PlexParser::SIZE, 0);
}

tree::TerminalNode* PlexParser::OperandContext::LPAREN() {
  return getToken(PlexParser::LPAREN, 0);
}

tree::TerminalNode* PlexParser::OperandContext::RPAREN() {
  return getToken(PlexParser::RPAREN, 0);
}

tree::TerminalNode* PlexParser::OperandContext::SESSION_CLIENT() {
  return getToken(PlexParser::SESSION_CLIENT, 0);
}

tree::TerminalNode* PlexParser::OperandContext::SESSION_MODEL() {
  return getToken(PlexParser::SESSION_MODEL, 0);
}

tree::TerminalNode* PlexParser::OperandContext::PRINCIPAL_NAME() {
  return getToken(PlexParser::PRINCIPAL_NAME, 0);
}

tree::TerminalNode* PlexParser::OperandContext::PRINCIPAL_GROUPS() {
  return getToken(PlexParser::PRINCIPAL_GROUPS, 0);
}

tree::TerminalNode* PlexParser::OperandContext::TAG() {
  return getToken(PlexParser::TAG, 0);
}

PlexParser::LiteralContext* PlexParser::OperandContext::literal() {
  return getRuleContext<PlexParser::LiteralContext>(0);
}


size_t PlexParser::OperandContext::getRuleIndex() const {
  return PlexParser::RuleOperand;
}


PlexParser::OperandContext* PlexParser::operand() {
  OperandContext *_localctx = _tracker.createInstance<OperandContext>(_ctx, getState());
  enterRule(_localctx, 66, PlexParser::RuleOperand);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(465);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::ARGUMENT: {
        enterOuterAlt(_localctx, 1);
        setState(454);
        match(PlexParser::ARGUMENT);
        break;
      }

      case PlexParser::SIZE: {
        enterOuterAlt(_localctx, 2);
        setState(455);
        match(PlexParser::SIZE);
        setState(456);
        match(PlexParser::LPAREN);
        setState(457);
        match(PlexParser::ARGUMENT);
        setState(458);
        match(PlexParser::RPAREN);
        break;
      }

      case PlexParser::SESSION_CLIENT: {
        enterOuterAlt(_localctx, 3);
        setState(459);
        match(PlexParser::SESSION_CLIENT);
        break;
      }

      case PlexParser::SESSION_MODEL: {
        enterOuterAlt(_localctx, 4);
        setState(460);
        match(PlexParser::SESSION_MODEL);
        break;
      }

      case PlexParser::PRINCIPAL_NAME: {
        enterOuterAlt(_localctx, 5);
        setState(461);
        match(PlexParser::PRINCIPAL_NAME);
        break;
      }

      case PlexParser::PRINCIPAL_GROUPS: {
        enterOuterAlt(_localctx, 6);
        setState(462);
        match(PlexParser::PRINCIPAL_GROUPS);
        break;
      }

      case PlexParser::TAG: {
        enterOuterAlt(_localctx, 7);
        setState(463);
        match(PlexParser::TAG);
        break;
      }

      case PlexParser::FALSE:
      case PlexParser::NULL_:
      case PlexParser::TRUE:
      case PlexParser::NUMBER:
      case PlexParser::STRING: {
        enterOuterAlt(_localctx, 8);
        setState(464);
        literal();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LiteralContext ------------------------------------------------------------------

PlexParser::LiteralContext::LiteralContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::LiteralContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::LiteralContext::NUMBER() {
  return getToken(PlexParser::NUMBER, 0);
}

tree::TerminalNode* PlexParser::LiteralContext::TRUE() {
  return getToken(PlexParser::TRUE, 0);
}

tree::TerminalNode* PlexParser::LiteralContext::FALSE() {
  return getToken(PlexParser::FALSE, 0);
}

tree::TerminalNode* PlexParser::LiteralContext::NULL_() {
  return getToken(PlexParser::NULL_, 0);
}


size_t PlexParser::LiteralContext::getRuleIndex() const {
  return PlexParser::RuleLiteral;
}


PlexParser::LiteralContext* PlexParser::literal() {
  LiteralContext *_localctx = _tracker.createInstance<LiteralContext>(_ctx, getState());
  enterRule(_localctx, 68, PlexParser::RuleLiteral);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(467);
    _la = _input->LA(1);
    if (!(((((_la - 16) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 16)) & ((1ULL << (PlexParser::FALSE - 16))
      | (1ULL << (PlexParser::NULL_ - 16))
      | (1ULL << (PlexParser::TRUE - 16))
      | (1ULL << (PlexParser::NUMBER - 16))
      | (1ULL << (PlexParser::STRING - 16)))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LiteralsContext ------------------------------------------------------------------

PlexParser::LiteralsContext::LiteralsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::LiteralsContext::LBRACKET() {
  return getToken(PlexParser::LBRACKET, 0);
}

tree::TerminalNode* PlexParser::LiteralsContext::RBRACKET() {
  return getToken(PlexParser::RBRACKET, 0);
}

std::vector<PlexParser::LiteralContext *> PlexParser::LiteralsContext::literal() {
  return getRuleContexts<PlexParser::LiteralContext>();
}

PlexParser::LiteralContext* PlexParser::LiteralsContext::literal(size_t i) {
  return getRuleContext<PlexParser::LiteralContext>(i);
}

std::vector<tree::TerminalNode *> PlexParser::LiteralsContext::COMMA() {
  return getTokens(PlexParser::COMMA);
}

tree::TerminalNode* PlexParser::LiteralsContext::COMMA(size_t i) {
  return getToken(PlexParser::COMMA, i);
}


size_t PlexParser::LiteralsContext::getRuleIndex() const {
  return PlexParser::RuleLiterals;
}


PlexParser::LiteralsContext* PlexParser::literals() {
  LiteralsContext *_localctx = _tracker.createInstance<LiteralsContext>(_ctx, getState());
  enterRule(_localctx, 70, PlexParser::RuleLiterals);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(469);
    match(PlexParser::LBRACKET);
    setState(481);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (((((_la - 16) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 16)) & ((1ULL << (PlexParser::FALSE - 16))
      | (1ULL << (PlexParser::NULL_ - 16))
      | (1ULL << (PlexParser::TRUE - 16))
      | (1ULL << (PlexParser::NUMBER - 16))
      | (1ULL << (PlexParser::STRING - 16)))) != 0)) {
      setState(470);
      literal();
      setState(475);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 46, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(471);
          match(PlexParser::COMMA);
          setState(472);
          literal(); 
        }
        setState(477);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 46, _ctx);
      }
      setState(479);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == PlexParser::COMMA) {
        setState(478);
        match(PlexParser::COMMA);
      }
    }
    setState(483);
    match(PlexParser::RBRACKET);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- InvariantClauseContext ------------------------------------------------------------------

PlexParser::InvariantClauseContext::InvariantClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::TargetContext* PlexParser::InvariantClauseContext::target() {
  return getRuleContext<PlexParser::TargetContext>(0);
}

tree::TerminalNode* PlexParser::InvariantClauseContext::NEVER() {
  return getToken(PlexParser::NEVER, 0);
}

tree::TerminalNode* PlexParser::InvariantClauseContext::ALLOW() {
  return getToken(PlexParser::ALLOW, 0);
}

tree::TerminalNode* PlexParser::InvariantClauseContext::ALWAYS() {
  return getToken(PlexParser::ALWAYS, 0);
}

tree::TerminalNode* PlexParser::InvariantClauseContext::DENY() {
  return getToken(PlexParser::DENY, 0);
}

std::vector<PlexParser::BoundContext *> PlexParser::InvariantClauseContext::bound() {
  return getRuleContexts<PlexParser::BoundContext>();
}

PlexParser::BoundContext* PlexParser::InvariantClauseContext::bound(size_t i) {
  return getRuleContext<PlexParser::BoundContext>(i);
}


size_t PlexParser::InvariantClauseContext::getRuleIndex() const {
  return PlexParser::RuleInvariantClause;
}


PlexParser::InvariantClauseContext* PlexParser::invariantClause() {
  InvariantClauseContext *_localctx = _tracker.createInstance<InvariantClauseContext>(_ctx, getState());
  enterRule(_localctx, 72, PlexParser::RuleInvariantClause);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(489);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::NEVER: {
        setState(485);
        match(PlexParser::NEVER);
        setState(486);
        match(PlexParser::ALLOW);
        break;
      }

      case PlexParser::ALWAYS: {
        setState(487);
        match(PlexParser::ALWAYS);
        setState(488);
        match(PlexParser::DENY);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(491);
    target();
    setState(495);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::EXCEPT)
      | (1ULL << PlexParser::FOR)
      | (1ULL << PlexParser::IN)
      | (1ULL << PlexParser::WHEN)
      | (1ULL << PlexParser::WITHOUT))) != 0)) {
      setState(492);
      bound();
      setState(497);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BoundContext ------------------------------------------------------------------

PlexParser::BoundContext::BoundContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::BoundContext::WITHOUT() {
  return getToken(PlexParser::WITHOUT, 0);
}

tree::TerminalNode* PlexParser::BoundContext::APPROVAL() {
  return getToken(PlexParser::APPROVAL, 0);
}

tree::TerminalNode* PlexParser::BoundContext::EXCEPT() {
  return getToken(PlexParser::EXCEPT, 0);
}

PlexParser::PatternsContext* PlexParser::BoundContext::patterns() {
  return getRuleContext<PlexParser::PatternsContext>(0);
}

tree::TerminalNode* PlexParser::BoundContext::FOR() {
  return getToken(PlexParser::FOR, 0);
}

PlexParser::PrincipalsContext* PlexParser::BoundContext::principals() {
  return getRuleContext<PlexParser::PrincipalsContext>(0);
}

tree::TerminalNode* PlexParser::BoundContext::IN() {
  return getToken(PlexParser::IN, 0);
}

PlexParser::PathsContext* PlexParser::BoundContext::paths() {
  return getRuleContext<PlexParser::PathsContext>(0);
}

tree::TerminalNode* PlexParser::BoundContext::WHEN() {
  return getToken(PlexParser::WHEN, 0);
}

PlexParser::ConditionContext* PlexParser::BoundContext::condition() {
  return getRuleContext<PlexParser::ConditionContext>(0);
}


size_t PlexParser::BoundContext::getRuleIndex() const {
  return PlexParser::RuleBound;
}


PlexParser::BoundContext* PlexParser::bound() {
  BoundContext *_localctx = _tracker.createInstance<BoundContext>(_ctx, getState());
  enterRule(_localctx, 74, PlexParser::RuleBound);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(508);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::WITHOUT: {
        enterOuterAlt(_localctx, 1);
        setState(498);
        match(PlexParser::WITHOUT);
        setState(499);
        match(PlexParser::APPROVAL);
        break;
      }

      case PlexParser::EXCEPT: {
        enterOuterAlt(_localctx, 2);
        setState(500);
        match(PlexParser::EXCEPT);
        setState(501);
        patterns();
        break;
      }

      case PlexParser::FOR: {
        enterOuterAlt(_localctx, 3);
        setState(502);
        match(PlexParser::FOR);
        setState(503);
        principals();
        break;
      }

      case PlexParser::IN: {
        enterOuterAlt(_localctx, 4);
        setState(504);
        match(PlexParser::IN);
        setState(505);
        paths();
        break;
      }

      case PlexParser::WHEN: {
        enterOuterAlt(_localctx, 5);
        setState(506);
        match(PlexParser::WHEN);
        setState(507);
        condition();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestPartContext ------------------------------------------------------------------

PlexParser::TestPartContext::TestPartContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::TestInContext* PlexParser::TestPartContext::testIn() {
  return getRuleContext<PlexParser::TestInContext>(0);
}

PlexParser::TestAsContext* PlexParser::TestPartContext::testAs() {
  return getRuleContext<PlexParser::TestAsContext>(0);
}

PlexParser::TestCallContext* PlexParser::TestPartContext::testCall() {
  return getRuleContext<PlexParser::TestCallContext>(0);
}


size_t PlexParser::TestPartContext::getRuleIndex() const {
  return PlexParser::RuleTestPart;
}


PlexParser::TestPartContext* PlexParser::testPart() {
  TestPartContext *_localctx = _tracker.createInstance<TestPartContext>(_ctx, getState());
  enterRule(_localctx, 76, PlexParser::RuleTestPart);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(513);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::IN: {
        enterOuterAlt(_localctx, 1);
        setState(510);
        testIn();
        break;
      }

      case PlexParser::AS: {
        enterOuterAlt(_localctx, 2);
        setState(511);
        testAs();
        break;
      }

      case PlexParser::CALL: {
        enterOuterAlt(_localctx, 3);
        setState(512);
        testCall();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestInContext ------------------------------------------------------------------

PlexParser::TestInContext::TestInContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::TestInContext::IN() {
  return getToken(PlexParser::IN, 0);
}

tree::TerminalNode* PlexParser::TestInContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}


size_t PlexParser::TestInContext::getRuleIndex() const {
  return PlexParser::RuleTestIn;
}


PlexParser::TestInContext* PlexParser::testIn() {
  TestInContext *_localctx = _tracker.createInstance<TestInContext>(_ctx, getState());
  enterRule(_localctx, 78, PlexParser::RuleTestIn);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(515);
    match(PlexParser::IN);
    setState(516);
    match(PlexParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestAsContext ------------------------------------------------------------------

PlexParser::TestAsContext::TestAsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::TestAsContext::AS() {
  return getToken(PlexParser::AS, 0);
}

PlexParser::NameContext* PlexParser::TestAsContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}


size_t PlexParser::TestAsContext::getRuleIndex() const {
  return PlexParser::RuleTestAs;
}


PlexParser::TestAsContext* PlexParser::testAs() {
  TestAsContext *_localctx = _tracker.createInstance<TestAsContext>(_ctx, getState());
  enterRule(_localctx, 80, PlexParser::RuleTestAs);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(518);
    match(PlexParser::AS);
    setState(519);
    name();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestCallContext ------------------------------------------------------------------

PlexParser::TestCallContext::TestCallContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::TestCallContext::CALL() {
  return getToken(PlexParser::CALL, 0);
}

PlexParser::CalledContext* PlexParser::TestCallContext::called() {
  return getRuleContext<PlexParser::CalledContext>(0);
}

tree::TerminalNode* PlexParser::TestCallContext::EXPECT() {
  return getToken(PlexParser::EXPECT, 0);
}

tree::TerminalNode* PlexParser::TestCallContext::ALLOW() {
  return getToken(PlexParser::ALLOW, 0);
}

tree::TerminalNode* PlexParser::TestCallContext::APPROVE() {
  return getToken(PlexParser::APPROVE, 0);
}

tree::TerminalNode* PlexParser::TestCallContext::DENY() {
  return getToken(PlexParser::DENY, 0);
}

PlexParser::MapContext* PlexParser::TestCallContext::map() {
  return getRuleContext<PlexParser::MapContext>(0);
}

std::vector<PlexParser::OutcomeContext *> PlexParser::TestCallContext::outcome() {
  return getRuleContexts<PlexParser::OutcomeContext>();
}

PlexParser::OutcomeContext* PlexParser::TestCallContext::outcome(size_t i) {
  return getRuleContext<PlexParser::OutcomeContext>(i);
}


size_t PlexParser::TestCallContext::getRuleIndex() const {
  return PlexParser::RuleTestCall;
}


PlexParser::TestCallContext* PlexParser::testCall() {
  TestCallContext *_localctx = _tracker.createInstance<TestCallContext>(_ctx, getState());
  enterRule(_localctx, 82, PlexParser::RuleTestCall);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(521);
    match(PlexParser::CALL);
    setState(522);
    called();
    setState(524);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == PlexParser::LBRACE) {
      setState(523);
      map();
    }
    setState(526);
    match(PlexParser::EXPECT);
    setState(527);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::DENY))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(531);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::BECAUSE)
      | (1ULL << PlexParser::BY)
      | (1ULL << PlexParser::USING)
      | (1ULL << PlexParser::VIA))) != 0)) {
      setState(528);
      outcome();
      setState(533);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- CalledContext ------------------------------------------------------------------

PlexParser::CalledContext::CalledContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::WordContext* PlexParser::CalledContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}

tree::TerminalNode* PlexParser::CalledContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}

tree::TerminalNode* PlexParser::CalledContext::TOOL() {
  return getToken(PlexParser::TOOL, 0);
}

tree::TerminalNode* PlexParser::CalledContext::RESOURCE() {
  return getToken(PlexParser::RESOURCE, 0);
}

tree::TerminalNode* PlexParser::CalledContext::PROMPT() {
  return getToken(PlexParser::PROMPT, 0);
}


size_t PlexParser::CalledContext::getRuleIndex() const {
  return PlexParser::RuleCalled;
}


PlexParser::CalledContext* PlexParser::called() {
  CalledContext *_localctx = _tracker.createInstance<CalledContext>(_ctx, getState());
  enterRule(_localctx, 84, PlexParser::RuleCalled);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(535);
    _errHandler->sync(this);

    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 55, _ctx)) {
    case 1: {
      setState(534);
      _la = _input->LA(1);
      if (!((((_la & ~ 0x3fULL) == 0) &&
        ((1ULL << _la) & ((1ULL << PlexParser::PROMPT)
        | (1ULL << PlexParser::RESOURCE)
        | (1ULL << PlexParser::TOOL))) != 0))) {
      _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
      break;
    }

    }
    setState(539);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::ALL:
      case PlexParser::ALLOW:
      case PlexParser::ALWAYS:
      case PlexParser::AND:
      case PlexParser::ANY:
      case PlexParser::APPROVAL:
      case PlexParser::APPROVE:
      case PlexParser::APPROVERS:
      case PlexParser::AS:
      case PlexParser::BECAUSE:
      case PlexParser::BY:
      case PlexParser::CALL:
      case PlexParser::DENY:
      case PlexParser::EXCEPT:
      case PlexParser::EXPECT:
      case PlexParser::FALSE:
      case PlexParser::FOR:
      case PlexParser::HAS:
      case PlexParser::IMPORT:
      case PlexParser::IN:
      case PlexParser::INVARIANT:
      case PlexParser::LIKE:
      case PlexParser::LOG:
      case PlexParser::MATCHES:
      case PlexParser::NEVER:
      case PlexParser::NOT:
      case PlexParser::NULL_:
      case PlexParser::OR:
      case PlexParser::PRINCIPAL:
      case PlexParser::PRIORITY:
      case PlexParser::PROMPT:
      case PlexParser::PROVIDER:
      case PlexParser::QUORUM:
      case PlexParser::REQUIRE:
      case PlexParser::RESOURCE:
      case PlexParser::SCOPE:
      case PlexParser::SECRET:
      case PlexParser::SERVER:
      case PlexParser::SET:
      case PlexParser::SIZE:
      case PlexParser::TEMPLATE:
      case PlexParser::TEST:
      case PlexParser::TIMEOUT:
      case PlexParser::TOOL:
      case PlexParser::TOOLS:
      case PlexParser::TRUE:
      case PlexParser::UNDER:
      case PlexParser::USE:
      case PlexParser::USING:
      case PlexParser::VIA:
      case PlexParser::WHEN:
      case PlexParser::WITHOUT:
      case PlexParser::WORKSPACE:
      case PlexParser::WORD: {
        setState(537);
        word();
        break;
      }

      case PlexParser::STRING: {
        setState(538);
        match(PlexParser::STRING);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- OutcomeContext ------------------------------------------------------------------

PlexParser::OutcomeContext::OutcomeContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::OutcomeContext::VIA() {
  return getToken(PlexParser::VIA, 0);
}

PlexParser::NameContext* PlexParser::OutcomeContext::name() {
  return getRuleContext<PlexParser::NameContext>(0);
}

tree::TerminalNode* PlexParser::OutcomeContext::USING() {
  return getToken(PlexParser::USING, 0);
}

tree::TerminalNode* PlexParser::OutcomeContext::BY() {
  return getToken(PlexParser::BY, 0);
}

PlexParser::ReferenceContext* PlexParser::OutcomeContext::reference() {
  return getRuleContext<PlexParser::ReferenceContext>(0);
}

tree::TerminalNode* PlexParser::OutcomeContext::BECAUSE() {
  return getToken(PlexParser::BECAUSE, 0);
}

tree::TerminalNode* PlexParser::OutcomeContext::STRING() {
  return getToken(PlexParser::STRING, 0);
}


size_t PlexParser::OutcomeContext::getRuleIndex() const {
  return PlexParser::RuleOutcome;
}


PlexParser::OutcomeContext* PlexParser::outcome() {
  OutcomeContext *_localctx = _tracker.createInstance<OutcomeContext>(_ctx, getState());
  enterRule(_localctx, 86, PlexParser::RuleOutcome);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(552);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case PlexParser::VIA: {
        enterOuterAlt(_localctx, 1);
        setState(541);
        match(PlexParser::VIA);
        setState(542);
        name();
        break;
      }

      case PlexParser::USING: {
        enterOuterAlt(_localctx, 2);
        setState(543);
        match(PlexParser::USING);
        setState(544);
        name();
        break;
      }

      case PlexParser::BY: {
        enterOuterAlt(_localctx, 3);
        setState(545);
        match(PlexParser::BY);
        setState(548);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case PlexParser::ALL:
          case PlexParser::ALLOW:
          case PlexParser::ALWAYS:
          case PlexParser::AND:
          case PlexParser::ANY:
          case PlexParser::APPROVAL:
          case PlexParser::APPROVE:
          case PlexParser::APPROVERS:
          case PlexParser::AS:
          case PlexParser::BECAUSE:
          case PlexParser::BY:
          case PlexParser::CALL:
          case PlexParser::DENY:
          case PlexParser::EXCEPT:
          case PlexParser::EXPECT:
          case PlexParser::FALSE:
          case PlexParser::FOR:
          case PlexParser::HAS:
          case PlexParser::IMPORT:
          case PlexParser::IN:
          case PlexParser::INVARIANT:
          case PlexParser::LIKE:
          case PlexParser::LOG:
          case PlexParser::MATCHES:
          case PlexParser::NEVER:
          case PlexParser::NOT:
          case PlexParser::NULL_:
          case PlexParser::OR:
          case PlexParser::PRINCIPAL:
          case PlexParser::PRIORITY:
          case PlexParser::PROMPT:
          case PlexParser::PROVIDER:
          case PlexParser::QUORUM:
          case PlexParser::REQUIRE:
          case PlexParser::RESOURCE:
          case PlexParser::SCOPE:
          case PlexParser::SECRET:
          case PlexParser::SERVER:
          case PlexParser::SET:
          case PlexParser::SIZE:
          case PlexParser::TEMPLATE:
          case PlexParser::TEST:
          case PlexParser::TIMEOUT:
          case PlexParser::TOOL:
          case PlexParser::TOOLS:
          case PlexParser::TRUE:
          case PlexParser::UNDER:
          case PlexParser::USE:
          case PlexParser::USING:
          case PlexParser::VIA:
          case PlexParser::WHEN:
          case PlexParser::WITHOUT:
          case PlexParser::WORKSPACE:
          case PlexParser::WORD: {
            setState(546);
            name();
            break;
          }

          case PlexParser::SESSION_CLIENT:
          case PlexParser::SESSION_MODEL:
          case PlexParser::PRINCIPAL_NAME:
          case PlexParser::PRINCIPAL_GROUPS:
          case PlexParser::TAG:
          case PlexParser::ARGUMENT: {
            setState(547);
            reference();
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case PlexParser::BECAUSE: {
        enterOuterAlt(_localctx, 4);
        setState(550);
        match(PlexParser::BECAUSE);
        setState(551);
        match(PlexParser::STRING);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NameContext ------------------------------------------------------------------

PlexParser::NameContext::NameContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

PlexParser::WordContext* PlexParser::NameContext::word() {
  return getRuleContext<PlexParser::WordContext>(0);
}


size_t PlexParser::NameContext::getRuleIndex() const {
  return PlexParser::RuleName;
}


PlexParser::NameContext* PlexParser::name() {
  NameContext *_localctx = _tracker.createInstance<NameContext>(_ctx, getState());
  enterRule(_localctx, 88, PlexParser::RuleName);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(554);
    word();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ReferenceContext ------------------------------------------------------------------

PlexParser::ReferenceContext::ReferenceContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::ReferenceContext::ARGUMENT() {
  return getToken(PlexParser::ARGUMENT, 0);
}

tree::TerminalNode* PlexParser::ReferenceContext::SESSION_CLIENT() {
  return getToken(PlexParser::SESSION_CLIENT, 0);
}

tree::TerminalNode* PlexParser::ReferenceContext::SESSION_MODEL() {
  return getToken(PlexParser::SESSION_MODEL, 0);
}

tree::TerminalNode* PlexParser::ReferenceContext::PRINCIPAL_NAME() {
  return getToken(PlexParser::PRINCIPAL_NAME, 0);
}

tree::TerminalNode* PlexParser::ReferenceContext::PRINCIPAL_GROUPS() {
  return getToken(PlexParser::PRINCIPAL_GROUPS, 0);
}

tree::TerminalNode* PlexParser::ReferenceContext::TAG() {
  return getToken(PlexParser::TAG, 0);
}


size_t PlexParser::ReferenceContext::getRuleIndex() const {
  return PlexParser::RuleReference;
}


PlexParser::ReferenceContext* PlexParser::reference() {
  ReferenceContext *_localctx = _tracker.createInstance<ReferenceContext>(_ctx, getState());
  enterRule(_localctx, 90, PlexParser::RuleReference);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(556);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::SESSION_CLIENT)
      | (1ULL << PlexParser::SESSION_MODEL)
      | (1ULL << PlexParser::PRINCIPAL_NAME)
      | (1ULL << PlexParser::PRINCIPAL_GROUPS)
      | (1ULL << PlexParser::TAG)
      | (1ULL << PlexParser::ARGUMENT))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- WordContext ------------------------------------------------------------------

PlexParser::WordContext::WordContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* PlexParser::WordContext::WORD() {
  return getToken(PlexParser::WORD, 0);
}

tree::TerminalNode* PlexParser::WordContext::ALL() {
  return getToken(PlexParser::ALL, 0);
}

tree::TerminalNode* PlexParser::WordContext::ALLOW() {
  return getToken(PlexParser::ALLOW, 0);
}

tree::TerminalNode* PlexParser::WordContext::ALWAYS() {
  return getToken(PlexParser::ALWAYS, 0);
}

tree::TerminalNode* PlexParser::WordContext::AND() {
  return getToken(PlexParser::AND, 0);
}

tree::TerminalNode* PlexParser::WordContext::ANY() {
  return getToken(PlexParser::ANY, 0);
}

tree::TerminalNode* PlexParser::WordContext::APPROVAL() {
  return getToken(PlexParser::APPROVAL, 0);
}

tree::TerminalNode* PlexParser::WordContext::APPROVE() {
  return getToken(PlexParser::APPROVE, 0);
}

tree::TerminalNode* PlexParser::WordContext::APPROVERS() {
  return getToken(PlexParser::APPROVERS, 0);
}

tree::TerminalNode* PlexParser::WordContext::AS() {
  return getToken(PlexParser::AS, 0);
}

tree::TerminalNode* PlexParser::WordContext::BECAUSE() {
  return getToken(PlexParser::BECAUSE, 0);
}

tree::TerminalNode* PlexParser::WordContext::BY() {
  return getToken(PlexParser::BY, 0);
}

tree::TerminalNode* PlexParser::WordContext::CALL() {
  return getToken(PlexParser::CALL, 0);
}

tree::TerminalNode* PlexParser::WordContext::DENY() {
  return getToken(PlexParser::DENY, 0);
}

tree::TerminalNode* PlexParser::WordContext::EXCEPT() {
  return getToken(PlexParser::EXCEPT, 0);
}

tree::TerminalNode* PlexParser::WordContext::EXPECT() {
  return getToken(PlexParser::EXPECT, 0);
}

tree::TerminalNode* PlexParser::WordContext::FALSE() {
  return getToken(PlexParser::FALSE, 0);
}

tree::TerminalNode* PlexParser::WordContext::FOR() {
  return getToken(PlexParser::FOR, 0);
}

tree::TerminalNode* PlexParser::WordContext::HAS() {
  return getToken(PlexParser::HAS, 0);
}

tree::TerminalNode* PlexParser::WordContext::IMPORT() {
  return getToken(PlexParser::IMPORT, 0);
}

tree::TerminalNode* PlexParser::WordContext::IN() {
  return getToken(PlexParser::IN, 0);
}

tree::TerminalNode* PlexParser::WordContext::INVARIANT() {
  return getToken(PlexParser::INVARIANT, 0);
}

tree::TerminalNode* PlexParser::WordContext::LIKE() {
  return getToken(PlexParser::LIKE, 0);
}

tree::TerminalNode* PlexParser::WordContext::LOG() {
  return getToken(PlexParser::LOG, 0);
}

tree::TerminalNode* PlexParser::WordContext::MATCHES() {
  return getToken(PlexParser::MATCHES, 0);
}

tree::TerminalNode* PlexParser::WordContext::NEVER() {
  return getToken(PlexParser::NEVER, 0);
}

tree::TerminalNode* PlexParser::WordContext::NOT() {
  return getToken(PlexParser::NOT, 0);
}

tree::TerminalNode* PlexParser::WordContext::NULL_() {
  return getToken(PlexParser::NULL_, 0);
}

tree::TerminalNode* PlexParser::WordContext::OR() {
  return getToken(PlexParser::OR, 0);
}

tree::TerminalNode* PlexParser::WordContext::PRINCIPAL() {
  return getToken(PlexParser::PRINCIPAL, 0);
}

tree::TerminalNode* PlexParser::WordContext::PRIORITY() {
  return getToken(PlexParser::PRIORITY, 0);
}

tree::TerminalNode* PlexParser::WordContext::PROMPT() {
  return getToken(PlexParser::PROMPT, 0);
}

tree::TerminalNode* PlexParser::WordContext::PROVIDER() {
  return getToken(PlexParser::PROVIDER, 0);
}

tree::TerminalNode* PlexParser::WordContext::QUORUM() {
  return getToken(PlexParser::QUORUM, 0);
}

tree::TerminalNode* PlexParser::WordContext::REQUIRE() {
  return getToken(PlexParser::REQUIRE, 0);
}

tree::TerminalNode* PlexParser::WordContext::RESOURCE() {
  return getToken(PlexParser::RESOURCE, 0);
}

tree::TerminalNode* PlexParser::WordContext::SCOPE() {
  return getToken(PlexParser::SCOPE, 0);
}

tree::TerminalNode* PlexParser::WordContext::SECRET() {
  return getToken(PlexParser::SECRET, 0);
}

tree::TerminalNode* PlexParser::WordContext::SERVER() {
  return getToken(PlexParser::SERVER, 0);
}

tree::TerminalNode* PlexParser::WordContext::SET() {
  return getToken(PlexParser::SET, 0);
}

tree::TerminalNode* PlexParser::WordContext::SIZE() {
  return getToken(PlexParser::SIZE, 0);
}

tree::TerminalNode* PlexParser::WordContext::TEMPLATE() {
  return getToken(PlexParser::TEMPLATE, 0);
}

tree::TerminalNode* PlexParser::WordContext::TEST() {
  return getToken(PlexParser::TEST, 0);
}

tree::TerminalNode* PlexParser::WordContext::TIMEOUT() {
  return getToken(PlexParser::TIMEOUT, 0);
}

tree::TerminalNode* PlexParser::WordContext::TOOL() {
  return getToken(PlexParser::TOOL, 0);
}

tree::TerminalNode* PlexParser::WordContext::TOOLS() {
  return getToken(PlexParser::TOOLS, 0);
}

tree::TerminalNode* PlexParser::WordContext::TRUE() {
  return getToken(PlexParser::TRUE, 0);
}

tree::TerminalNode* PlexParser::WordContext::UNDER() {
  return getToken(PlexParser::UNDER, 0);
}

tree::TerminalNode* PlexParser::WordContext::USE() {
  return getToken(PlexParser::USE, 0);
}

tree::TerminalNode* PlexParser::WordContext::USING() {
  return getToken(PlexParser::USING, 0);
}

tree::TerminalNode* PlexParser::WordContext::VIA() {
  return getToken(PlexParser::VIA, 0);
}

tree::TerminalNode* PlexParser::WordContext::WHEN() {
  return getToken(PlexParser::WHEN, 0);
}

tree::TerminalNode* PlexParser::WordContext::WITHOUT() {
  return getToken(PlexParser::WITHOUT, 0);
}

tree::TerminalNode* PlexParser::WordContext::WORKSPACE() {
  return getToken(PlexParser::WORKSPACE, 0);
}


size_t PlexParser::WordContext::getRuleIndex() const {
  return PlexParser::RuleWord;
}


PlexParser::WordContext* PlexParser::word() {
  WordContext *_localctx = _tracker.createInstance<WordContext>(_ctx, getState());
  enterRule(_localctx, 92, PlexParser::RuleWord);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(558);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << PlexParser::ALL)
      | (1ULL << PlexParser::ALLOW)
      | (1ULL << PlexParser::ALWAYS)
      | (1ULL << PlexParser::AND)
      | (1ULL << PlexParser::ANY)
      | (1ULL << PlexParser::APPROVAL)
      | (1ULL << PlexParser::APPROVE)
      | (1ULL << PlexParser::APPROVERS)
      | (1ULL << PlexParser::AS)
      | (1ULL << PlexParser::BECAUSE)
      | (1ULL << PlexParser::BY)
      | (1ULL << PlexParser::CALL)
      | (1ULL << PlexParser::DENY)
      | (1ULL << PlexParser::EXCEPT)
      | (1ULL << PlexParser::EXPECT)
      | (1ULL << PlexParser::FALSE)
      | (1ULL << PlexParser::FOR)
      | (1ULL << PlexParser::HAS)
      | (1ULL << PlexParser::IMPORT)
      | (1ULL << PlexParser::IN)
      | (1ULL << PlexParser::INVARIANT)
      | (1ULL << PlexParser::LIKE)
      | (1ULL << PlexParser::LOG)
      | (1ULL << PlexParser::MATCHES)
      | (1ULL << PlexParser::NEVER)
      | (1ULL << PlexParser::NOT)
      | (1ULL << PlexParser::NULL_)
      | (1ULL << PlexParser::OR)
      | (1ULL << PlexParser::PRINCIPAL)
      | (1ULL << PlexParser::PRIORITY)
      | (1ULL << PlexParser::PROMPT)
      | (1ULL << PlexParser::PROVIDER)
      | (1ULL << PlexParser::QUORUM)
      | (1ULL << PlexParser::REQUIRE)
      | (1ULL << PlexParser::RESOURCE)
      | (1ULL << PlexParser::SCOPE)
      | (1ULL << PlexParser::SECRET)
      | (1ULL << PlexParser::SERVER)
      | (1ULL << PlexParser::SET)
      | (1ULL << PlexParser::SIZE)
      | (1ULL << PlexParser::TEMPLATE)
      | (1ULL << PlexParser::TEST)
      | (1ULL << PlexParser::TIMEOUT)
      | (1ULL << PlexParser::TOOL)
      | (1ULL << PlexParser::TOOLS)
      | (1ULL << PlexParser::TRUE)
      | (1ULL << PlexParser::UNDER)
      | (1ULL << PlexParser::USE)
      | (1ULL << PlexParser::USING)
      | (1ULL << PlexParser::VIA)
      | (1ULL << PlexParser::WHEN)
      | (1ULL << PlexParser::WITHOUT)
      | (1ULL << PlexParser::WORKSPACE)
      | (1ULL << PlexParser::WORD))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

// Static vars and initialization.
std::vector<dfa::DFA> PlexParser::_decisionToDFA;
atn::PredictionContextCache PlexParser::_sharedContextCache;

// We own the ATN which in turn owns the ATN states.
atn::ATN PlexParser::_atn;
std::vector<uint16_t> PlexParser::_serializedATN;

std::vector<std::string> PlexParser::_ruleNames = {
  "file", "declaration", "blockHead", "bodyHead", "invariantHead", "testHead", 
  "secret", "tools", "import_", "attribute", "key", "value", "call", "list", 
  "map", "entry", "item", "inHead", "use", "rule_", "target", "patterns", 
  "pattern", "clause", "principals", "principal", "paths", "loneCondition", 
  "condition", "conjunction", "negation", "primary", "comparison", "operand", 
  "literal", "literals", "invariantClause", "bound", "testPart", "testIn", 
  "testAs", "testCall", "called", "outcome", "name", "reference", "word"
};

std::vector<std::string> PlexParser::_literalNames = {
  "", "'all'", "'allow'", "'always'", "'and'", "'any'", "'approval'", "'approve'", 
  "'approvers'", "'as'", "'because'", "'by'", "'call'", "'deny'", "'except'", 
  "'expect'", "'false'", "'for'", "'has'", "'import'", "'in'", "'invariant'", 
  "'like'", "'log'", "'matches'", "'never'", "'not'", "'null'", "'or'", 
  "'principal'", "'priority'", "'prompt'", "'provider'", "'quorum'", "'require'", 
  "'resource'", "'scope'", "'secret'", "'server'", "'set'", "'size'", "'template'", 
  "'test'", "'timeout'", "'tool'", "'tools'", "'true'", "'under'", "'use'", 
  "'using'", "'via'", "'when'", "'without'", "'workspace'", "'session.client'", 
  "'session.model'", "'principal.name'", "'principal.groups'", "", "", "", 
  "", "", "", "", "", "'{'", "'}'", "'['", "']'", "'('", "')'", "','", "':'", 
  "'='", "'=='", "'!='", "'<'", "'<='", "'>'", "'>='"
};

std::vector<std::string> PlexParser::_symbolicNames = {
  "", "ALL", "ALLOW", "ALWAYS", "AND", "ANY", "APPROVAL", "APPROVE", "APPROVERS", 
  "AS", "BECAUSE", "BY", "CALL", "DENY", "EXCEPT", "EXPECT", "FALSE", "FOR", 
  "HAS", "IMPORT", "IN", "INVARIANT", "LIKE", "LOG", "MATCHES", "NEVER", 
  "NOT", "NULL_", "OR", "PRINCIPAL", "PRIORITY", "PROMPT", "PROVIDER", "QUORUM", 
  "REQUIRE", "RESOURCE", "SCOPE", "SECRET", "SERVER", "SET", "SIZE", "TEMPLATE", 
  "TEST", "TIMEOUT", "TOOL", "TOOLS", "TRUE", "UNDER", "USE", "USING", "VIA", 
  "WHEN", "WITHOUT", "WORKSPACE", "SESSION_CLIENT", "SESSION_MODEL", "PRINCIPAL_NAME", 
  "PRINCIPAL_GROUPS", "TAG", "ARGUMENT", "NUMBER", "DURATION", "SET_NAME", 
  "WORD", "STRING", "REGEX", "LBRACE", "RBRACE", "LBRACKET", "RBRACKET", 
  "LPAREN", "RPAREN", "COMMA", "COLON", "ASSIGN", "EQUAL", "NOT_EQUAL", 
  "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL", "WHITE_SPACE", "COMMENT", 
  "BAD_STRING", "OPEN_COMMENT", "STRAY"
};

dfa::Vocabulary PlexParser::_vocabulary(_literalNames, _symbolicNames);

std::vector<std::string> PlexParser::_tokenNames;

PlexParser::Initializer::Initializer() {
	for (size_t i = 0; i < _symbolicNames.size(); ++i) {
		std::string name = _vocabulary.getLiteralName(i);
		if (name.empty()) {
			name = _vocabulary.getSymbolicName(i);
		}

		if (name.empty()) {
			_tokenNames.push_back("<INVALID>");
		} else {
      _tokenNames.push_back(name);
    }
	}

  _serializedATN = {
    0x3, 0x608b, 0xa72a, 0x8133, 0xb9ed, 0x417c, 0x3be7, 0x7786, 0x5964, 
    0x3, 0x57, 0x233, 0x4, 0x2, 0x9, 0x2, 0x4, 0x3, 0x9, 0x3, 0x4, 0x4, 
    0x9, 0x4, 0x4, 0x5, 0x9, 0x5, 0x4, 0x6, 0x9, 0x6, 0x4, 0x7, 0x9, 0x7, 
    0x4, 0x8, 0x9, 0x8, 0x4, 0x9, 0x9, 0x9, 0x4, 0xa, 0x9, 0xa, 0x4, 0xb, 
    0x9, 0xb, 0x4, 0xc, 0x9, 0xc, 0x4, 0xd, 0x9, 0xd, 0x4, 0xe, 0x9, 0xe, 
    0x4, 0xf, 0x9, 0xf, 0x4, 0x10, 0x9, 0x10, 0x4, 0x11, 0x9, 0x11, 0x4, 
    0x12, 0x9, 0x12, 0x4, 0x13, 0x9, 0x13, 0x4, 0x14, 0x9, 0x14, 0x4, 0x15, 
    0x9, 0x15, 0x4, 0x16, 0x9, 0x16, 0x4, 0x17, 0x9, 0x17, 0x4, 0x18, 0x9, 
    0x18, 0x4, 0x19, 0x9, 0x19, 0x4, 0x1a, 0x9, 0x1a, 0x4, 0x1b, 0x9, 0x1b, 
    0x4, 0x1c, 0x9, 0x1c, 0x4, 0x1d, 0x9, 0x1d, 0x4, 0x1e, 0x9, 0x1e, 0x4, 
    0x1f, 0x9, 0x1f, 0x4, 0x20, 0x9, 0x20, 0x4, 0x21, 0x9, 0x21, 0x4, 0x22, 
    0x9, 0x22, 0x4, 0x23, 0x9, 0x23, 0x4, 0x24, 0x9, 0x24, 0x4, 0x25, 0x9, 
    0x25, 0x4, 0x26, 0x9, 0x26, 0x4, 0x27, 0x9, 0x27, 0x4, 0x28, 0x9, 0x28, 
    0x4, 0x29, 0x9, 0x29, 0x4, 0x2a, 0x9, 0x2a, 0x4, 0x2b, 0x9, 0x2b, 0x4, 
    0x2c, 0x9, 0x2c, 0x4, 0x2d, 0x9, 0x2d, 0x4, 0x2e, 0x9, 0x2e, 0x4, 0x2f, 
    0x9, 0x2f, 0x4, 0x30, 0x9, 0x30, 0x3, 0x2, 0x7, 0x2, 0x62, 0xa, 0x2, 
    0xc, 0x2, 0xe, 0x2, 0x65, 0xb, 0x2, 0x3, 0x2, 0x3, 0x2, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x5, 0x3, 0x6c, 0xa, 0x3, 0x7, 0x3, 0x6e, 0xa, 0x3, 0xc, 
    0x3, 0xe, 0x3, 0x71, 0xb, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 
    0x7, 0x3, 0x77, 0xa, 0x3, 0xc, 0x3, 0xe, 0x3, 0x7a, 0xb, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x7, 0x3, 0x80, 0xa, 0x3, 0xc, 0x3, 0xe, 
    0x3, 0x83, 0xb, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x7, 0x3, 
    0x89, 0xa, 0x3, 0xc, 0x3, 0xe, 0x3, 0x8c, 0xb, 0x3, 0x3, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x5, 0x3, 0x93, 0xa, 0x3, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 
    0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x7, 0x5, 0xa3, 
    0xa, 0x5, 0xc, 0x5, 0xe, 0x5, 0xa6, 0xb, 0x5, 0x3, 0x5, 0x5, 0x5, 0xa9, 
    0xa, 0x5, 0x5, 0x5, 0xab, 0xa, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x5, 
    0x5, 0xb0, 0xa, 0x5, 0x3, 0x6, 0x3, 0x6, 0x3, 0x6, 0x3, 0x6, 0x3, 0x7, 
    0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 
    0x3, 0x8, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 
    0x3, 0x9, 0x7, 0x9, 0xc6, 0xa, 0x9, 0xc, 0x9, 0xe, 0x9, 0xc9, 0xb, 0x9, 
    0x3, 0x9, 0x5, 0x9, 0xcc, 0xa, 0x9, 0x5, 0x9, 0xce, 0xa, 0x9, 0x3, 0x9, 
    0x3, 0x9, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xb, 0x5, 0xb, 0xd6, 0xa, 
    0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xc, 0x3, 0xc, 0x5, 
    0xc, 0xde, 0xa, 0xc, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 
    0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 0xd, 0xe8, 0xa, 0xd, 0x3, 0xe, 0x3, 
    0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xe, 0x7, 0xe, 0xef, 0xa, 0xe, 0xc, 0xe, 
    0xe, 0xe, 0xf2, 0xb, 0xe, 0x3, 0xe, 0x5, 0xe, 0xf5, 0xa, 0xe, 0x5, 0xe, 
    0xf7, 0xa, 0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 
    0xf, 0x7, 0xf, 0xff, 0xa, 0xf, 0xc, 0xf, 0xe, 0xf, 0x102, 0xb, 0xf, 
    0x3, 0xf, 0x5, 0xf, 0x105, 0xa, 0xf, 0x5, 0xf, 0x107, 0xa, 0xf, 0x3, 
    0xf, 0x3, 0xf, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x10e, 0xa, 
    0x10, 0x7, 0x10, 0x110, 0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 0x113, 0xb, 
    0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 
    0x3, 0x12, 0x3, 0x12, 0x5, 0x12, 0x11d, 0xa, 0x12, 0x3, 0x12, 0x3, 0x12, 
    0x3, 0x12, 0x3, 0x12, 0x7, 0x12, 0x123, 0xa, 0x12, 0xc, 0x12, 0xe, 0x12, 
    0x126, 0xb, 0x12, 0x3, 0x12, 0x3, 0x12, 0x5, 0x12, 0x12a, 0xa, 0x12, 
    0x3, 0x13, 0x3, 0x13, 0x3, 0x13, 0x3, 0x13, 0x3, 0x14, 0x3, 0x14, 0x3, 
    0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x136, 0xa, 0x14, 
    0xc, 0x14, 0xe, 0x14, 0x139, 0xb, 0x14, 0x3, 0x14, 0x5, 0x14, 0x13c, 
    0xa, 0x14, 0x5, 0x14, 0x13e, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x15, 
    0x3, 0x15, 0x3, 0x15, 0x7, 0x15, 0x145, 0xa, 0x15, 0xc, 0x15, 0xe, 0x15, 
    0x148, 0xb, 0x15, 0x3, 0x16, 0x5, 0x16, 0x14b, 0xa, 0x16, 0x3, 0x16, 
    0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x5, 0x16, 0x153, 
    0xa, 0x16, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x7, 0x17, 0x158, 0xa, 0x17, 
    0xc, 0x17, 0xe, 0x17, 0x15b, 0xb, 0x17, 0x3, 0x18, 0x3, 0x18, 0x3, 0x19, 
    0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 
    0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 
    0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 
    0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 
    0x3, 0x19, 0x5, 0x19, 0x17b, 0xa, 0x19, 0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1a, 
    0x7, 0x1a, 0x180, 0xa, 0x1a, 0xc, 0x1a, 0xe, 0x1a, 0x183, 0xb, 0x1a, 
    0x3, 0x1b, 0x3, 0x1b, 0x5, 0x1b, 0x187, 0xa, 0x1b, 0x3, 0x1c, 0x3, 0x1c, 
    0x3, 0x1c, 0x7, 0x1c, 0x18c, 0xa, 0x1c, 0xc, 0x1c, 0xe, 0x1c, 0x18f, 
    0xb, 0x1c, 0x3, 0x1d, 0x3, 0x1d, 0x3, 0x1d, 0x3, 0x1e, 0x3, 0x1e, 0x3, 
    0x1e, 0x7, 0x1e, 0x197, 0xa, 0x1e, 0xc, 0x1e, 0xe, 0x1e, 0x19a, 0xb, 
    0x1e, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x7, 0x1f, 0x19f, 0xa, 0x1f, 
    0xc, 0x1f, 0xe, 0x1f, 0x1a2, 0xb, 0x1f, 0x3, 0x20, 0x7, 0x20, 0x1a5, 
    0xa, 0x20, 0xc, 0x20, 0xe, 0x20, 0x1a8, 0xb, 0x20, 0x3, 0x20, 0x3, 0x20, 
    0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 
    0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x5, 0x21, 
    0x1b8, 0xa, 0x21, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 
    0x5, 0x22, 0x1bf, 0xa, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 
    0x3, 0x22, 0x3, 0x22, 0x5, 0x22, 0x1c7, 0xa, 0x22, 0x3, 0x23, 0x3, 0x23, 
    0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 
    0x23, 0x3, 0x23, 0x3, 0x23, 0x5, 0x23, 0x1d4, 0xa, 0x23, 0x3, 0x24, 
    0x3, 0x24, 0x3, 0x25, 0x3, 0x25, 0x3, 0x25, 0x3, 0x25, 0x7, 0x25, 0x1dc, 
    0xa, 0x25, 0xc, 0x25, 0xe, 0x25, 0x1df, 0xb, 0x25, 0x3, 0x25, 0x5, 0x25, 
    0x1e2, 0xa, 0x25, 0x5, 0x25, 0x1e4, 0xa, 0x25, 0x3, 0x25, 0x3, 0x25, 
    0x3, 0x26, 0x3, 0x26, 0x3, 0x26, 0x3, 0x26, 0x5, 0x26, 0x1ec, 0xa, 0x26, 
    0x3, 0x26, 0x3, 0x26, 0x7, 0x26, 0x1f0, 0xa, 0x26, 0xc, 0x26, 0xe, 0x26, 
    0x1f3, 0xb, 0x26, 0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 
    0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 0x3, 0x27, 0x5, 0x27, 0x1ff, 
    0xa, 0x27, 0x3, 0x28, 0x3, 0x28, 0x3, 0x28, 0x5, 0x28, 0x204, 0xa, 0x28, 
    0x3, 0x29, 0x3, 0x29, 0x3, 0x29, 0x3, 0x2a, 0x3, 0x2a, 0x3, 0x2a, 0x3, 
    0x2b, 0x3, 0x2b, 0x3, 0x2b, 0x5, 0x2b, 0x20f, 0xa, 0x2b, 0x3, 0x2b, 
    0x3, 0x2b, 0x3, 0x2b, 0x7, 0x2b, 0x214, 0xa, 0x2b, 0xc, 0x2b, 0xe, 0x2b, 
    0x217, 0xb, 0x2b, 0x3, 0x2c, 0x5, 0x2c, 0x21a, 0xa, 0x2c, 0x3, 0x2c, 
    0x3, 0x2c, 0x5, 0x2c, 0x21e, 0xa, 0x2c, 0x3, 0x2d, 0x3, 0x2d, 0x3, 0x2d, 
    0x3, 0x2d, 0x3, 0x2d, 0x3, 0x2d, 0x3, 0x2d, 0x5, 0x2d, 0x227, 0xa, 0x2d, 
    0x3, 0x2d, 0x3, 0x2d, 0x5, 0x2d, 0x22b, 0xa, 0x2d, 0x3, 0x2e, 0x3, 0x2e, 
    0x3, 0x2f, 0x3, 0x2f, 0x3, 0x30, 0x3, 0x30, 0x3, 0x30, 0x2, 0x2, 0x31, 
    0x2, 0x4, 0x6, 0x8, 0xa, 0xc, 0xe, 0x10, 0x12, 0x14, 0x16, 0x18, 0x1a, 
    0x1c, 0x1e, 0x20, 0x22, 0x24, 0x26, 0x28, 0x2a, 0x2c, 0x2e, 0x30, 0x32, 
    0x34, 0x36, 0x38, 0x3a, 0x3c, 0x3e, 0x40, 0x42, 0x44, 0x46, 0x48, 0x4a, 
    0x4c, 0x4e, 0x50, 0x52, 0x54, 0x56, 0x58, 0x5a, 0x5c, 0x5e, 0x2, 0xe, 
    0x6, 0x2, 0x1f, 0x1f, 0x22, 0x22, 0x26, 0x26, 0x28, 0x28, 0x3, 0x2, 
    0x4b, 0x4c, 0x5, 0x2, 0x4, 0x4, 0x9, 0x9, 0xf, 0xf, 0x4, 0x2, 0x21, 
    0x21, 0x2e, 0x2e, 0x3, 0x2, 0x40, 0x43, 0x4, 0x2, 0x3, 0x3, 0x7, 0x7, 
    0x3, 0x2, 0x4d, 0x52, 0x3, 0x2, 0x42, 0x43, 0x7, 0x2, 0x12, 0x12, 0x1d, 
    0x1d, 0x30, 0x30, 0x3e, 0x3e, 0x42, 0x42, 0x5, 0x2, 0x21, 0x21, 0x25, 
    0x25, 0x2e, 0x2e, 0x3, 0x2, 0x38, 0x3d, 0x4, 0x2, 0x3, 0x37, 0x41, 0x41, 
    0x2, 0x268, 0x2, 0x63, 0x3, 0x2, 0x2, 0x2, 0x4, 0x92, 0x3, 0x2, 0x2, 
    0x2, 0x6, 0x94, 0x3, 0x2, 0x2, 0x2, 0x8, 0xaf, 0x3, 0x2, 0x2, 0x2, 0xa, 
    0xb1, 0x3, 0x2, 0x2, 0x2, 0xc, 0xb5, 0x3, 0x2, 0x2, 0x2, 0xe, 0xb9, 
    0x3, 0x2, 0x2, 0x2, 0x10, 0xbe, 0x3, 0x2, 0x2, 0x2, 0x12, 0xd1, 0x3, 
    0x2, 0x2, 0x2, 0x14, 0xd5, 0x3, 0x2, 0x2, 0x2, 0x16, 0xdd, 0x3, 0x2, 
    0x2, 0x2, 0x18, 0xe7, 0x3, 0x2, 0x2, 0x2, 0x1a, 0xe9, 0x3, 0x2, 0x2, 
    0x2, 0x1c, 0xfa, 0x3, 0x2, 0x2, 0x2, 0x1e, 0x10a, 0x3, 0x2, 0x2, 0x2, 
    0x20, 0x116, 0x3, 0x2, 0x2, 0x2, 0x22, 0x129, 0x3, 0x2, 0x2, 0x2, 0x24, 
    0x12b, 0x3, 0x2, 0x2, 0x2, 0x26, 0x12f, 0x3, 0x2, 0x2, 0x2, 0x28, 0x141, 
    0x3, 0x2, 0x2, 0x2, 0x2a, 0x152, 0x3, 0x2, 0x2, 0x2, 0x2c, 0x154, 0x3, 
    0x2, 0x2, 0x2, 0x2e, 0x15c, 0x3, 0x2, 0x2, 0x2, 0x30, 0x17a, 0x3, 0x2, 
    0x2, 0x2, 0x32, 0x17c, 0x3, 0x2, 0x2, 0x2, 0x34, 0x186, 0x3, 0x2, 0x2, 
    0x2, 0x36, 0x188, 0x3, 0x2, 0x2, 0x2, 0x38, 0x190, 0x3, 0x2, 0x2, 0x2, 
    0x3a, 0x193, 0x3, 0x2, 0x2, 0x2, 0x3c, 0x19b, 0x3, 0x2, 0x2, 0x2, 0x3e, 
    0x1a6, 0x3, 0x2, 0x2, 0x2, 0x40, 0x1b7, 0x3, 0x2, 0x2, 0x2, 0x42, 0x1c6, 
    0x3, 0x2, 0x2, 0x2, 0x44, 0x1d3, 0x3, 0x2, 0x2, 0x2, 0x46, 0x1d5, 0x3, 
    0x2, 0x2, 0x2, 0x48, 0x1d7, 0x3, 0x2, 0x2, 0x2, 0x4a, 0x1eb, 0x3, 0x2, 
    0x2, 0x2, 0x4c, 0x1fe, 0x3, 0x2, 0x2, 0x2, 0x4e, 0x203, 0x3, 0x2, 0x2, 
    0x2, 0x50, 0x205, 0x3, 0x2, 0x2, 0x2, 0x52, 0x208, 0x3, 0x2, 0x2, 0x2, 
    0x54, 0x20b, 0x3, 0x2, 0x2, 0x2, 0x56, 0x219, 0x3, 0x2, 0x2, 0x2, 0x58, 
    0x22a, 0x3, 0x2, 0x2, 0x2, 0x5a, 0x22c, 0x3, 0x2, 0x2, 0x2, 0x5c, 0x22e, 
    0x3, 0x2, 0x2, 0x2, 0x5e, 0x230, 0x3, 0x2, 0x2, 0x2, 0x60, 0x62, 0x5, 
    0x4, 0x3, 0x2, 0x61, 0x60, 0x3, 0x2, 0x2, 0x2, 0x62, 0x65, 0x3, 0x2, 
    0x2, 0x2, 0x63, 0x61, 0x3, 0x2, 0x2, 0x2, 0x63, 0x64, 0x3, 0x2, 0x2, 
    0x2, 0x64, 0x66, 0x3, 0x2, 0x2, 0x2, 0x65, 0x63, 0x3, 0x2, 0x2, 0x2, 
    0x66, 0x67, 0x7, 0x2, 0x2, 0x3, 0x67, 0x3, 0x3, 0x2, 0x2, 0x2, 0x68, 
    0x6f, 0x5, 0x6, 0x4, 0x2, 0x69, 0x6b, 0x5, 0x14, 0xb, 0x2, 0x6a, 0x6c, 
    0x7, 0x4a, 0x2, 0x2, 0x6b, 0x6a, 0x3, 0x2, 0x2, 0x2, 0x6b, 0x6c, 0x3, 
    0x2, 0x2, 0x2, 0x6c, 0x6e, 0x3, 0x2, 0x2, 0x2, 0x6d, 0x69, 0x3, 0x2, 
    0x2, 0x2, 0x6e, 0x71, 0x3, 0x2, 0x2, 0x2, 0x6f, 0x6d, 0x3, 0x2, 0x2, 
    0x2, 0x6f, 0x70, 0x3, 0x2, 0x2, 0x2, 0x70, 0x72, 0x3, 0x2, 0x2, 0x2, 
    0x71, 0x6f, 0x3, 0x2, 0x2, 0x2, 0x72, 0x73, 0x7, 0x45, 0x2, 0x2, 0x73, 
    0x93, 0x3, 0x2, 0x2, 0x2, 0x74, 0x78, 0x5, 0x8, 0x5, 0x2, 0x75, 0x77, 
    0x5, 0x22, 0x12, 0x2, 0x76, 0x75, 0x3, 0x2, 0x2, 0x2, 0x77, 0x7a, 0x3, 
    0x2, 0x2, 0x2, 0x78, 0x76, 0x3, 0x2, 0x2, 0x2, 0x78, 0x79, 0x3, 0x2, 
    0x2, 0x2, 0x79, 0x7b, 0x3, 0x2, 0x2, 0x2, 0x7a, 0x78, 0x3, 0x2, 0x2, 
    0x2, 0x7b, 0x7c, 0x7, 0x45, 0x2, 0x2, 0x7c, 0x93, 0x3, 0x2, 0x2, 0x2, 
    0x7d, 0x81, 0x5, 0xa, 0x6, 0x2, 0x7e, 0x80, 0x5, 0x4a, 0x26, 0x2, 0x7f, 
    0x7e, 0x3, 0x2, 0x2, 0x2, 0x80, 0x83, 0x3, 0x2, 0x2, 0x2, 0x81, 0x7f, 
    0x3, 0x2, 0x2, 0x2, 0x81, 0x82, 0x3, 0x2, 0x2, 0x2, 0x82, 0x84, 0x3, 
    0x2, 0x2, 0x2, 0x83, 0x81, 0x3, 0x2, 0x2, 0x2, 0x84, 0x85, 0x7, 0x45, 
    0x2, 0x2, 0x85, 0x93, 0x3, 0x2, 0x2, 0x2, 0x86, 0x8a, 0x5, 0xc, 0x7, 
    0x2, 0x87, 0x89, 0x5, 0x4e, 0x28, 0x2, 0x88, 0x87, 0x3, 0x2, 0x2, 0x2, 
    0x89, 0x8c, 0x3, 0x2, 0x2, 0x2, 0x8a, 0x88, 0x3, 0x2, 0x2, 0x2, 0x8a, 
    0x8b, 0x3, 0x2, 0x2, 0x2, 0x8b, 0x8d, 0x3, 0x2, 0x2, 0x2, 0x8c, 0x8a, 
    0x3, 0x2, 0x2, 0x2, 0x8d, 0x8e, 0x7, 0x45, 0x2, 0x2, 0x8e, 0x93, 0x3, 
    0x2, 0x2, 0x2, 0x8f, 0x93, 0x5, 0xe, 0x8, 0x2, 0x90, 0x93, 0x5, 0x10, 
    0x9, 0x2, 0x91, 0x93, 0x5, 0x12, 0xa, 0x2, 0x92, 0x68, 0x3, 0x2, 0x2, 
    0x2, 0x92, 0x74, 0x3, 0x2, 0x2, 0x2, 0x92, 0x7d, 0x3, 0x2, 0x2, 0x2, 
    0x92, 0x86, 0x3, 0x2, 0x2, 0x2, 0x92, 0x8f, 0x3, 0x2, 0x2, 0x2, 0x92, 
    0x90, 0x3, 0x2, 0x2, 0x2, 0x92, 0x91, 0x3, 0x2, 0x2, 0x2, 0x93, 0x5, 
    0x3, 0x2, 0x2, 0x2, 0x94, 0x95, 0x9, 0x2, 0x2, 0x2, 0x95, 0x96, 0x5, 
    0x5a, 0x2e, 0x2, 0x96, 0x97, 0x7, 0x44, 0x2, 0x2, 0x97, 0x7, 0x3, 0x2, 
    0x2, 0x2, 0x98, 0x99, 0x7, 0x37, 0x2, 0x2, 0x99, 0x9a, 0x5, 0x5a, 0x2e, 
    0x2, 0x9a, 0x9b, 0x7, 0x44, 0x2, 0x2, 0x9b, 0xb0, 0x3, 0x2, 0x2, 0x2, 
    0x9c, 0x9d, 0x7, 0x2b, 0x2, 0x2, 0x9d, 0x9e, 0x5, 0x5a, 0x2e, 0x2, 0x9e, 
    0xaa, 0x7, 0x48, 0x2, 0x2, 0x9f, 0xa4, 0x5, 0x5a, 0x2e, 0x2, 0xa0, 0xa1, 
    0x7, 0x4a, 0x2, 0x2, 0xa1, 0xa3, 0x5, 0x5a, 0x2e, 0x2, 0xa2, 0xa0, 0x3, 
    0x2, 0x2, 0x2, 0xa3, 0xa6, 0x3, 0x2, 0x2, 0x2, 0xa4, 0xa2, 0x3, 0x2, 
    0x2, 0x2, 0xa4, 0xa5, 0x3, 0x2, 0x2, 0x2, 0xa5, 0xa8, 0x3, 0x2, 0x2, 
    0x2, 0xa6, 0xa4, 0x3, 0x2, 0x2, 0x2, 0xa7, 0xa9, 0x7, 0x4a, 0x2, 0x2, 
    0xa8, 0xa7, 0x3, 0x2, 0x2, 0x2, 0xa8, 0xa9, 0x3, 0x2, 0x2, 0x2, 0xa9, 
    0xab, 0x3, 0x2, 0x2, 0x2, 0xaa, 0x9f, 0x3, 0x2, 0x2, 0x2, 0xaa, 0xab, 
    0x3, 0x2, 0x2, 0x2, 0xab, 0xac, 0x3, 0x2, 0x2, 0x2, 0xac, 0xad, 0x7, 
    0x49, 0x2, 0x2, 0xad, 0xae, 0x7, 0x44, 0x2, 0x2, 0xae, 0xb0, 0x3, 0x2, 
    0x2, 0x2, 0xaf, 0x98, 0x3, 0x2, 0x2, 0x2, 0xaf, 0x9c, 0x3, 0x2, 0x2, 
    0x2, 0xb0, 0x9, 0x3, 0x2, 0x2, 0x2, 0xb1, 0xb2, 0x7, 0x17, 0x2, 0x2, 
    0xb2, 0xb3, 0x5, 0x5a, 0x2e, 0x2, 0xb3, 0xb4, 0x7, 0x44, 0x2, 0x2, 0xb4, 
    0xb, 0x3, 0x2, 0x2, 0x2, 0xb5, 0xb6, 0x7, 0x2c, 0x2, 0x2, 0xb6, 0xb7, 
    0x7, 0x42, 0x2, 0x2, 0xb7, 0xb8, 0x7, 0x44, 0x2, 0x2, 0xb8, 0xd, 0x3, 
    0x2, 0x2, 0x2, 0xb9, 0xba, 0x7, 0x27, 0x2, 0x2, 0xba, 0xbb, 0x5, 0x5a, 
    0x2e, 0x2, 0xbb, 0xbc, 0x7, 0x4c, 0x2, 0x2, 0xbc, 0xbd, 0x5, 0x18, 0xd, 
    0x2, 0xbd, 0xf, 0x3, 0x2, 0x2, 0x2, 0xbe, 0xbf, 0x7, 0x2f, 0x2, 0x2, 
    0xbf, 0xc0, 0x5, 0x5a, 0x2e, 0x2, 0xc0, 0xc1, 0x7, 0x4c, 0x2, 0x2, 0xc1, 
    0xcd, 0x7, 0x46, 0x2, 0x2, 0xc2, 0xc7, 0x5, 0x2e, 0x18, 0x2, 0xc3, 0xc4, 
    0x7, 0x4a, 0x2, 0x2, 0xc4, 0xc6, 0x5, 0x2e, 0x18, 0x2, 0xc5, 0xc3, 0x3, 
    0x2, 0x2, 0x2, 0xc6, 0xc9, 0x3, 0x2, 0x2, 0x2, 0xc7, 0xc5, 0x3, 0x2, 
    0x2, 0x2, 0xc7, 0xc8, 0x3, 0x2, 0x2, 0x2, 0xc8, 0xcb, 0x3, 0x2, 0x2, 
    0x2, 0xc9, 0xc7, 0x3, 0x2, 0x2, 0x2, 0xca, 0xcc, 0x7, 0x4a, 0x2, 0x2, 
    0xcb, 0xca, 0x3, 0x2, 0x2, 0x2, 0xcb, 0xcc, 0x3, 0x2, 0x2, 0x2, 0xcc, 
    0xce, 0x3, 0x2, 0x2, 0x2, 0xcd, 0xc2, 0x3, 0x2, 0x2, 0x2, 0xcd, 0xce, 
    0x3, 0x2, 0x2, 0x2, 0xce, 0xcf, 0x3, 0x2, 0x2, 0x2, 0xcf, 0xd0, 0x7, 
    0x47, 0x2, 0x2, 0xd0, 0x11, 0x3, 0x2, 0x2, 0x2, 0xd1, 0xd2, 0x7, 0x15, 
    0x2, 0x2, 0xd2, 0xd3, 0x7, 0x42, 0x2, 0x2, 0xd3, 0x13, 0x3, 0x2, 0x2, 
    0x2, 0xd4, 0xd6, 0x7, 0x29, 0x2, 0x2, 0xd5, 0xd4, 0x3, 0x2, 0x2, 0x2, 
    0xd5, 0xd6, 0x3, 0x2, 0x2, 0x2, 0xd6, 0xd7, 0x3, 0x2, 0x2, 0x2, 0xd7, 
    0xd8, 0x5, 0x16, 0xc, 0x2, 0xd8, 0xd9, 0x7, 0x4c, 0x2, 0x2, 0xd9, 0xda, 
    0x5, 0x18, 0xd, 0x2, 0xda, 0x15, 0x3, 0x2, 0x2, 0x2, 0xdb, 0xde, 0x5, 
    0x5e, 0x30, 0x2, 0xdc, 0xde, 0x7, 0x42, 0x2, 0x2, 0xdd, 0xdb, 0x3, 0x2, 
    0x2, 0x2, 0xdd, 0xdc, 0x3, 0x2, 0x2, 0x2, 0xde, 0x17, 0x3, 0x2, 0x2, 
    0x2, 0xdf, 0xe8, 0x7, 0x42, 0x2, 0x2, 0xe0, 0xe8, 0x7, 0x43, 0x2, 0x2, 
    0xe1, 0xe8, 0x7, 0x3e, 0x2, 0x2, 0xe2, 0xe8, 0x7, 0x3f, 0x2, 0x2, 0xe3, 
    0xe8, 0x5, 0x1a, 0xe, 0x2, 0xe4, 0xe8, 0x5, 0x5e, 0x30, 0x2, 0xe5, 0xe8, 
    0x5, 0x1c, 0xf, 0x2, 0xe6, 0xe8, 0x5, 0x1e, 0x10, 0x2, 0xe7, 0xdf, 0x3, 
    0x2, 0x2, 0x2, 0xe7, 0xe0, 0x3, 0x2, 0x2, 0x2, 0xe7, 0xe1, 0x3, 0x2, 
    0x2, 0x2, 0xe7, 0xe2, 0x3, 0x2, 0x2, 0x2, 0xe7, 0xe3, 0x3, 0x2, 0x2, 
    0x2, 0xe7, 0xe4, 0x3, 0x2, 0x2, 0x2, 0xe7, 0xe5, 0x3, 0x2, 0x2, 0x2, 
    0xe7, 0xe6, 0x3, 0x2, 0x2, 0x2, 0xe8, 0x19, 0x3, 0x2, 0x2, 0x2, 0xe9, 
    0xea, 0x5, 0x5e, 0x30, 0x2, 0xea, 0xf6, 0x7, 0x48, 0x2, 0x2, 0xeb, 0xf0, 
    0x5, 0x18, 0xd, 0x2, 0xec, 0xed, 0x7, 0x4a, 0x2, 0x2, 0xed, 0xef, 0x5, 
    0x18, 0xd, 0x2, 0xee, 0xec, 0x3, 0x2, 0x2, 0x2, 0xef, 0xf2, 0x3, 0x2, 
    0x2, 0x2, 0xf0, 0xee, 0x3, 0x2, 0x2, 0x2, 0xf0, 0xf1, 0x3, 0x2, 0x2, 
    0x2, 0xf1, 0xf4, 0x3, 0x2, 0x2, 0x2, 0xf2, 0xf0, 0x3, 0x2, 0x2, 0x2, 
    0xf3, 0xf5, 0x7, 0x4a, 0x2, 0x2, 0xf4, 0xf3, 0x3, 0x2, 0x2, 0x2, 0xf4, 
    0xf5, 0x3, 0x2, 0x2, 0x2, 0xf5, 0xf7, 0x3, 0x2, 0x2, 0x2, 0xf6, 0xeb, 
    0x3, 0x2, 0x2, 0x2, 0xf6, 0xf7, 0x3, 0x2, 0x2, 0x2, 0xf7, 0xf8, 0x3, 
    0x2, 0x2, 0x2, 0xf8, 0xf9, 0x7, 0x49, 0x2, 0x2, 0xf9, 0x1b, 0x3, 0x2, 
    0x2, 0x2, 0xfa, 0x106, 0x7, 0x46, 0x2, 0x2, 0xfb, 0x100, 0x5, 0x18, 
    0xd, 0x2, 0xfc, 0xfd, 0x7, 0x4a, 0x2, 0x2, 0xfd, 0xff, 0x5, 0x18, 0xd, 
    0x2, 0xfe, 0xfc, 0x3, 0x2, 0x2, 0x2, 0xff, 0x102, 0x3, 0x2, 0x2, 0x2, 
    0x100, 0xfe, 0x3, 0x2, 0x2, 0x2, 0x100, 0x101, 0x3, 0x2, 0x2, 0x2, 0x101, 
    0x104, 0x3, 0x2, 0x2, 0x2, 0x102, 0x100, 0x3, 0x2, 0x2, 0x2, 0x103, 
    0x105, 0x7, 0x4a, 0x2, 0x2, 0x104, 0x103, 0x3, 0x2, 0x2, 0x2, 0x104, 
    0x105, 0x3, 0x2, 0x2, 0x2, 0x105, 0x107, 0x3, 0x2, 0x2, 0x2, 0x106, 
    0xfb, 0x3, 0x2, 0x2, 0x2, 0x106, 0x107, 0x3, 0x2, 0x2, 0x2, 0x107, 0x108, 
    0x3, 0x2, 0x2, 0x2, 0x108, 0x109, 0x7, 0x47, 0x2, 0x2, 0x109, 0x1d, 
    0x3, 0x2, 0x2, 0x2, 0x10a, 0x111, 0x7, 0x44, 0x2, 0x2, 0x10b, 0x10d, 
    0x5, 0x20, 0x11, 0x2, 0x10c, 0x10e, 0x7, 0x4a, 0x2, 0x2, 0x10d, 0x10c, 
    0x3, 0x2, 0x2, 0x2, 0x10d, 0x10e, 0x3, 0x2, 0x2, 0x2, 0x10e, 0x110, 
    0x3, 0x2, 0x2, 0x2, 0x10f, 0x10b, 0x3, 0x2, 0x2, 0x2, 0x110, 0x113, 
    0x3, 0x2, 0x2, 0x2, 0x111, 0x10f, 0x3, 0x2, 0x2, 0x2, 0x111, 0x112, 
    0x3, 0x2, 0x2, 0x2, 0x112, 0x114, 0x3, 0x2, 0x2, 0x2, 0x113, 0x111, 
    0x3, 0x2, 0x2, 0x2, 0x114, 0x115, 0x7, 0x45, 0x2, 0x2, 0x115, 0x1f, 
    0x3, 0x2, 0x2, 0x2, 0x116, 0x117, 0x5, 0x16, 0xc, 0x2, 0x117, 0x118, 
    0x9, 0x3, 0x2, 0x2, 0x118, 0x119, 0x5, 0x18, 0xd, 0x2, 0x119, 0x21, 
    0x3, 0x2, 0x2, 0x2, 0x11a, 0x11c, 0x5, 0x14, 0xb, 0x2, 0x11b, 0x11d, 
    0x7, 0x4a, 0x2, 0x2, 0x11c, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x11c, 0x11d, 
    0x3, 0x2, 0x2, 0x2, 0x11d, 0x12a, 0x3, 0x2, 0x2, 0x2, 0x11e, 0x12a, 
    0x5, 0x28, 0x15, 0x2, 0x11f, 0x12a, 0x5, 0x26, 0x14, 0x2, 0x120, 0x124, 
    0x5, 0x24, 0x13, 0x2, 0x121, 0x123, 0x5, 0x22, 0x12, 0x2, 0x122, 0x121, 
    0x3, 0x2, 0x2, 0x2, 0x123, 0x126, 0x3, 0x2, 0x2, 0x2, 0x124, 0x122, 
    0x3, 0x2, 0x2, 0x2, 0x124, 0x125, 0x3, 0x2, 0x2, 0x2, 0x125, 0x127, 
    0x3, 0x2, 0x2, 0x2, 0x126, 0x124, 0x3, 0x2, 0x2, 0x2, 0x127, 0x128, 
    0x7, 0x45, 0x2, 0x2, 0x128, 0x12a, 0x3, 0x2, 0x2, 0x2, 0x129, 0x11a, 
    0x3, 0x2, 0x2, 0x2, 0x129, 0x11e, 0x3, 0x2, 0x2, 0x2, 0x129, 0x11f, 
    0x3, 0x2, 0x2, 0x2, 0x129, 0x120, 0x3, 0x2, 0x2, 0x2, 0x12a, 0x23, 0x3, 
    0x2, 0x2, 0x2, 0x12b, 0x12c, 0x7, 0x16, 0x2, 0x2, 0x12c, 0x12d, 0x5, 
    0x36, 0x1c, 0x2, 0x12d, 0x12e, 0x7, 0x44, 0x2, 0x2, 0x12e, 0x25, 0x3, 
    0x2, 0x2, 0x2, 0x12f, 0x130, 0x7, 0x32, 0x2, 0x2, 0x130, 0x131, 0x5, 
    0x5a, 0x2e, 0x2, 0x131, 0x13d, 0x7, 0x48, 0x2, 0x2, 0x132, 0x137, 0x5, 
    0x18, 0xd, 0x2, 0x133, 0x134, 0x7, 0x4a, 0x2, 0x2, 0x134, 0x136, 0x5, 
    0x18, 0xd, 0x2, 0x135, 0x133, 0x3, 0x2, 0x2, 0x2, 0x136, 0x139, 0x3, 
    0x2, 0x2, 0x2, 0x137, 0x135, 0x3, 0x2, 0x2, 0x2, 0x137, 0x138, 0x3, 
    0x2, 0x2, 0x2, 0x138, 0x13b, 0x3, 0x2, 0x2, 0x2, 0x139, 0x137, 0x3, 
    0x2, 0x2, 0x2, 0x13a, 0x13c, 0x7, 0x4a, 0x2, 0x2, 0x13b, 0x13a, 0x3, 
    0x2, 0x2, 0x2, 0x13b, 0x13c, 0x3, 0x2, 0x2, 0x2, 0x13c, 0x13e, 0x3, 
    0x2, 0x2, 0x2, 0x13d, 0x132, 0x3, 0x2, 0x2, 0x2, 0x13d, 0x13e, 0x3, 
    0x2, 0x2, 0x2, 0x13e, 0x13f, 0x3, 0x2, 0x2, 0x2, 0x13f, 0x140, 0x7, 
    0x49, 0x2, 0x2, 0x140, 0x27, 0x3, 0x2, 0x2, 0x2, 0x141, 0x142, 0x9, 
    0x4, 0x2, 0x2, 0x142, 0x146, 0x5, 0x2a, 0x16, 0x2, 0x143, 0x145, 0x5, 
    0x30, 0x19, 0x2, 0x144, 0x143, 0x3, 0x2, 0x2, 0x2, 0x145, 0x148, 0x3, 
    0x2, 0x2, 0x2, 0x146, 0x144, 0x3, 0x2, 0x2, 0x2, 0x146, 0x147, 0x3, 
    0x2, 0x2, 0x2, 0x147, 0x29, 0x3, 0x2, 0x2, 0x2, 0x148, 0x146, 0x3, 0x2, 
    0x2, 0x2, 0x149, 0x14b, 0x9, 0x5, 0x2, 0x2, 0x14a, 0x149, 0x3, 0x2, 
    0x2, 0x2, 0x14a, 0x14b, 0x3, 0x2, 0x2, 0x2, 0x14b, 0x14c, 0x3, 0x2, 
    0x2, 0x2, 0x14c, 0x153, 0x5, 0x2c, 0x17, 0x2, 0x14d, 0x14e, 0x7, 0x25, 
    0x2, 0x2, 0x14e, 0x14f, 0x5, 0x5a, 0x2e, 0x2, 0x14f, 0x150, 0x7, 0x4b, 
    0x2, 0x2, 0x150, 0x151, 0x5, 0x2c, 0x17, 0x2, 0x151, 0x153, 0x3, 0x2, 
    0x2, 0x2, 0x152, 0x14a, 0x3, 0x2, 0x2, 0x2, 0x152, 0x14d, 0x3, 0x2, 
    0x2, 0x2, 0x153, 0x2b, 0x3, 0x2, 0x2, 0x2, 0x154, 0x159, 0x5, 0x2e, 
    0x18, 0x2, 0x155, 0x156, 0x7, 0x4a, 0x2, 0x2, 0x156, 0x158, 0x5, 0x2e, 
    0x18, 0x2, 0x157, 0x155, 0x3, 0x2, 0x2, 0x2, 0x158, 0x15b, 0x3, 0x2, 
    0x2, 0x2, 0x159, 0x157, 0x3, 0x2, 0x2, 0x2, 0x159, 0x15a, 0x3, 0x2, 
    0x2, 0x2, 0x15a, 0x2d, 0x3, 0x2, 0x2, 0x2, 0x15b, 0x159, 0x3, 0x2, 0x2, 
    0x2, 0x15c, 0x15d, 0x9, 0x6, 0x2, 0x2, 0x15d, 0x2f, 0x3, 0x2, 0x2, 0x2, 
    0x15e, 0x15f, 0x7, 0x10, 0x2, 0x2, 0x15f, 0x17b, 0x5, 0x2c, 0x17, 0x2, 
    0x160, 0x161, 0x7, 0x13, 0x2, 0x2, 0x161, 0x17b, 0x5, 0x32, 0x1a, 0x2, 
    0x162, 0x163, 0x7, 0x16, 0x2, 0x2, 0x163, 0x17b, 0x5, 0x36, 0x1c, 0x2, 
    0x164, 0x165, 0x7, 0x33, 0x2, 0x2, 0x165, 0x17b, 0x5, 0x5a, 0x2e, 0x2, 
    0x166, 0x167, 0x7, 0x34, 0x2, 0x2, 0x167, 0x17b, 0x5, 0x5a, 0x2e, 0x2, 
    0x168, 0x169, 0x7, 0x35, 0x2, 0x2, 0x169, 0x17b, 0x5, 0x3a, 0x1e, 0x2, 
    0x16a, 0x16b, 0x7, 0x24, 0x2, 0x2, 0x16b, 0x17b, 0x5, 0x3a, 0x1e, 0x2, 
    0x16c, 0x16d, 0x7, 0x20, 0x2, 0x2, 0x16d, 0x17b, 0x7, 0x3e, 0x2, 0x2, 
    0x16e, 0x16f, 0x7, 0x2d, 0x2, 0x2, 0x16f, 0x17b, 0x7, 0x3f, 0x2, 0x2, 
    0x170, 0x171, 0x7, 0x23, 0x2, 0x2, 0x171, 0x17b, 0x7, 0x3e, 0x2, 0x2, 
    0x172, 0x173, 0x7, 0xa, 0x2, 0x2, 0x173, 0x17b, 0x5, 0x32, 0x1a, 0x2, 
    0x174, 0x175, 0x7, 0x19, 0x2, 0x2, 0x175, 0x17b, 0x5, 0x5a, 0x2e, 0x2, 
    0x176, 0x177, 0x7, 0xc, 0x2, 0x2, 0x177, 0x17b, 0x7, 0x42, 0x2, 0x2, 
    0x178, 0x179, 0x7, 0xb, 0x2, 0x2, 0x179, 0x17b, 0x5, 0x5a, 0x2e, 0x2, 
    0x17a, 0x15e, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x160, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x162, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x164, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x166, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x168, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x16a, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x16c, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x16e, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x170, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x172, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x174, 0x3, 0x2, 0x2, 0x2, 
    0x17a, 0x176, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x178, 0x3, 0x2, 0x2, 0x2, 
    0x17b, 0x31, 0x3, 0x2, 0x2, 0x2, 0x17c, 0x181, 0x5, 0x34, 0x1b, 0x2, 
    0x17d, 0x17e, 0x7, 0x4a, 0x2, 0x2, 0x17e, 0x180, 0x5, 0x34, 0x1b, 0x2, 
    0x17f, 0x17d, 0x3, 0x2, 0x2, 0x2, 0x180, 0x183, 0x3, 0x2, 0x2, 0x2, 
    0x181, 0x17f, 0x3, 0x2, 0x2, 0x2, 0x181, 0x182, 0x3, 0x2, 0x2, 0x2, 
    0x182, 0x33, 0x3, 0x2, 0x2, 0x2, 0x183, 0x181, 0x3, 0x2, 0x2, 0x2, 0x184, 
    0x187, 0x5, 0x5e, 0x30, 0x2, 0x185, 0x187, 0x7, 0x42, 0x2, 0x2, 0x186, 
    0x184, 0x3, 0x2, 0x2, 0x2, 0x186, 0x185, 0x3, 0x2, 0x2, 0x2, 0x187, 
    0x35, 0x3, 0x2, 0x2, 0x2, 0x188, 0x18d, 0x7, 0x42, 0x2, 0x2, 0x189, 
    0x18a, 0x7, 0x4a, 0x2, 0x2, 0x18a, 0x18c, 0x7, 0x42, 0x2, 0x2, 0x18b, 
    0x189, 0x3, 0x2, 0x2, 0x2, 0x18c, 0x18f, 0x3, 0x2, 0x2, 0x2, 0x18d, 
    0x18b, 0x3, 0x2, 0x2, 0x2, 0x18d, 0x18e, 0x3, 0x2, 0x2, 0x2, 0x18e, 
    0x37, 0x3, 0x2, 0x2, 0x2, 0x18f, 0x18d, 0x3, 0x2, 0x2, 0x2, 0x190, 0x191, 
    0x5, 0x3a, 0x1e, 0x2, 0x191, 0x192, 0x7, 0x2, 0x2, 0x3, 0x192, 0x39, 
    0x3, 0x2, 0x2, 0x2, 0x193, 0x198, 0x5, 0x3c, 0x1f, 0x2, 0x194, 0x195, 
    0x7, 0x1e, 0x2, 0x2, 0x195, 0x197, 0x5, 0x3c, 0x1f, 0x2, 0x196, 0x194, 
    0x3, 0x2, 0x2, 0x2, 0x197, 0x19a, 0x3, 0x2, 0x2, 0x2, 0x198, 0x196, 
    0x3, 0x2, 0x2, 0x2, 0x198, 0x199, 0x3, 0x2, 0x2, 0x2, 0x199, 0x3b, 0x3, 
    0x2, 0x2, 0x2, 0x19a, 0x198, 0x3, 0x2, 0x2, 0x2, 0x19b, 0x1a0, 0x5, 
    0x3e, 0x20, 0x2, 0x19c, 0x19d, 0x7, 0x6, 0x2, 0x2, 0x19d, 0x19f, 0x5, 
    0x3e, 0x20, 0x2, 0x19e, 0x19c, 0x3, 0x2, 0x2, 0x2, 0x19f, 0x1a2, 0x3, 
    0x2, 0x2, 0x2, 0x1a0, 0x19e, 0x3, 0x2, 0x2, 0x2, 0x1a0, 0x1a1, 0x3, 
    0x2, 0x2, 0x2, 0x1a1, 0x3d, 0x3, 0x2, 0x2, 0x2, 0x1a2, 0x1a0, 0x3, 0x2, 
    0x2, 0x2, 0x1a3, 0x1a5, 0x7, 0x1c, 0x2, 0x2, 0x1a4, 0x1a3, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x1a8, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x1a4, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x1a7, 0x3, 0x2, 0x2, 0x2, 0x1a7, 0x1a9, 0x3, 0x2, 
    0x2, 0x2, 0x1a8, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x1a9, 0x1aa, 0x5, 0x40, 
    0x21, 0x2, 0x1aa, 0x3f, 0x3, 0x2, 0x2, 0x2, 0x1ab, 0x1ac, 0x7, 0x48, 
    0x2, 0x2, 0x1ac, 0x1ad, 0x5, 0x3a, 0x1e, 0x2, 0x1ad, 0x1ae, 0x7, 0x49, 
    0x2, 0x2, 0x1ae, 0x1b8, 0x3, 0x2, 0x2, 0x2, 0x1af, 0x1b0, 0x7, 0x14, 
    0x2, 0x2, 0x1b0, 0x1b8, 0x7, 0x3d, 0x2, 0x2, 0x1b1, 0x1b2, 0x9, 0x7, 
    0x2, 0x2, 0x1b2, 0x1b3, 0x7, 0x3d, 0x2, 0x2, 0x1b3, 0x1b8, 0x5, 0x42, 
    0x22, 0x2, 0x1b4, 0x1b5, 0x5, 0x44, 0x23, 0x2, 0x1b5, 0x1b6, 0x5, 0x42, 
    0x22, 0x2, 0x1b6, 0x1b8, 0x3, 0x2, 0x2, 0x2, 0x1b7, 0x1ab, 0x3, 0x2, 
    0x2, 0x2, 0x1b7, 0x1af, 0x3, 0x2, 0x2, 0x2, 0x1b7, 0x1b1, 0x3, 0x2, 
    0x2, 0x2, 0x1b7, 0x1b4, 0x3, 0x2, 0x2, 0x2, 0x1b8, 0x41, 0x3, 0x2, 0x2, 
    0x2, 0x1b9, 0x1ba, 0x9, 0x8, 0x2, 0x2, 0x1ba, 0x1c7, 0x5, 0x44, 0x23, 
    0x2, 0x1bb, 0x1be, 0x7, 0x16, 0x2, 0x2, 0x1bc, 0x1bf, 0x5, 0x44, 0x23, 
    0x2, 0x1bd, 0x1bf, 0x5, 0x48, 0x25, 0x2, 0x1be, 0x1bc, 0x3, 0x2, 0x2, 
    0x2, 0x1be, 0x1bd, 0x3, 0x2, 0x2, 0x2, 0x1bf, 0x1c7, 0x3, 0x2, 0x2, 
    0x2, 0x1c0, 0x1c1, 0x7, 0x18, 0x2, 0x2, 0x1c1, 0x1c7, 0x7, 0x42, 0x2, 
    0x2, 0x1c2, 0x1c3, 0x7, 0x1a, 0x2, 0x2, 0x1c3, 0x1c7, 0x9, 0x9, 0x2, 
    0x2, 0x1c4, 0x1c5, 0x7, 0x31, 0x2, 0x2, 0x1c5, 0x1c7, 0x7, 0x42, 0x2, 
    0x2, 0x1c6, 0x1b9, 0x3, 0x2, 0x2, 0x2, 0x1c6, 0x1bb, 0x3, 0x2, 0x2, 
    0x2, 0x1c6, 0x1c0, 0x3, 0x2, 0x2, 0x2, 0x1c6, 0x1c2, 0x3, 0x2, 0x2, 
    0x2, 0x1c6, 0x1c4, 0x3, 0x2, 0x2, 0x2, 0x1c7, 0x43, 0x3, 0x2, 0x2, 0x2, 
    0x1c8, 0x1d4, 0x7, 0x3d, 0x2, 0x2, 0x1c9, 0x1ca, 0x7, 0x2a, 0x2, 0x2, 
    0x1ca, 0x1cb, 0x7, 0x48, 0x2, 0x2, 0x1cb, 0x1cc, 0x7, 0x3d, 0x2, 0x2, 
    0x1cc, 0x1d4, 0x7, 0x49, 0x2, 0x2, 0x1cd, 0x1d4, 0x7, 0x38, 0x2, 0x2, 
    0x1ce, 0x1d4, 0x7, 0x39, 0x2, 0x2, 0x1cf, 0x1d4, 0x7, 0x3a, 0x2, 0x2, 
    0x1d0, 0x1d4, 0x7, 0x3b, 0x2, 0x2, 0x1d1, 0x1d4, 0x7, 0x3c, 0x2, 0x2, 
    0x1d2, 0x1d4, 0x5, 0x46, 0x24, 0x2, 0x1d3, 0x1c8, 0x3, 0x2, 0x2, 0x2, 
    0x1d3, 0x1c9, 0x3, 0x2, 0x2, 0x2, 0x1d3, 0x1cd, 0x3, 0x2, 0x2, 0x2, 
    0x1d3, 0x1ce, 0x3, 0x2, 0x2, 0x2, 0x1d3, 0x1cf, 0x3, 0x2, 0x2, 0x2, 
    0x1d3, 0x1d0, 0x3, 0x2, 0x2, 0x2, 0x1d3, 0x1d1, 0x3, 0x2, 0x2, 0x2, 
    0x1d3, 0x1d2, 0x3, 0x2, 0x2, 0x2, 0x1d4, 0x45, 0x3, 0x2, 0x2, 0x2, 0x1d5, 
    0x1d6, 0x9, 0xa, 0x2, 0x2, 0x1d6, 0x47, 0x3, 0x2, 0x2, 0x2, 0x1d7, 0x1e3, 
    0x7, 0x46, 0x2, 0x2, 0x1d8, 0x1dd, 0x5, 0x46, 0x24, 0x2, 0x1d9, 0x1da, 
    0x7, 0x4a, 0x2, 0x2, 0x1da, 0x1dc, 0x5, 0x46, 0x24, 0x2, 0x1db, 0x1d9, 
    0x3, 0x2, 0x2, 0x2, 0x1dc, 0x1df, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1db, 
    0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1de, 0x3, 0x2, 0x2, 0x2, 0x1de, 0x1e1, 
    0x3, 0x2, 0x2, 0x2, 0x1df, 0x1dd, 0x3, 0x2, 0x2, 0x2, 0x1e0, 0x1e2, 
    0x7, 0x4a, 0x2, 0x2, 0x1e1, 0x1e0, 0x3, 0x2, 0x2, 0x2, 0x1e1, 0x1e2, 
    0x3, 0x2, 0x2, 0x2, 0x1e2, 0x1e4, 0x3, 0x2, 0x2, 0x2, 0x1e3, 0x1d8, 
    0x3, 0x2, 0x2, 0x2, 0x1e3, 0x1e4, 0x3, 0x2, 0x2, 0x2, 0x1e4, 0x1e5, 
    0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1e6, 0x7, 0x47, 0x2, 0x2, 0x1e6, 0x49, 
    0x3, 0x2, 0x2, 0x2, 0x1e7, 0x1e8, 0x7, 0x1b, 0x2, 0x2, 0x1e8, 0x1ec, 
    0x7, 0x4, 0x2, 0x2, 0x1e9, 0x1ea, 0x7, 0x5, 0x2, 0x2, 0x1ea, 0x1ec, 
    0x7, 0xf, 0x2, 0x2, 0x1eb, 0x1e7, 0x3, 0x2, 0x2, 0x2, 0x1eb, 0x1e9, 
    0x3, 0x2, 0x2, 0x2, 0x1ec, 0x1ed, 0x3, 0x2, 0x2, 0x2, 0x1ed, 0x1f1, 
    0x5, 0x2a, 0x16, 0x2, 0x1ee, 0x1f0, 0x5, 0x4c, 0x27, 0x2, 0x1ef, 0x1ee, 
    0x3, 0x2, 0x2, 0x2, 0x1f0, 0x1f3, 0x3, 0x2, 0x2, 0x2, 0x1f1, 0x1ef, 
    0x3, 0x2, 0x2, 0x2, 0x1f1, 0x1f2, 0x3, 0x2, 0x2, 0x2, 0x1f2, 0x4b, 0x3, 
    0x2, 0x2, 0x2, 0x1f3, 0x1f1, 0x3, 0x2, 0x2, 0x2, 0x1f4, 0x1f5, 0x7, 
    0x36, 0x2, 0x2, 0x1f5, 0x1ff, 0x7, 0x8, 0x2, 0x2, 0x1f6, 0x1f7, 0x7, 
    0x10, 0x2, 0x2, 0x1f7, 0x1ff, 0x5, 0x2c, 0x17, 0x2, 0x1f8, 0x1f9, 0x7, 
    0x13, 0x2, 0x2, 0x1f9, 0x1ff, 0x5, 0x32, 0x1a, 0x2, 0x1fa, 0x1fb, 0x7, 
    0x16, 0x2, 0x2, 0x1fb, 0x1ff, 0x5, 0x36, 0x1c, 0x2, 0x1fc, 0x1fd, 0x7, 
    0x35, 0x2, 0x2, 0x1fd, 0x1ff, 0x5, 0x3a, 0x1e, 0x2, 0x1fe, 0x1f4, 0x3, 
    0x2, 0x2, 0x2, 0x1fe, 0x1f6, 0x3, 0x2, 0x2, 0x2, 0x1fe, 0x1f8, 0x3, 
    0x2, 0x2, 0x2, 0x1fe, 0x1fa, 0x3, 0x2, 0x2, 0x2, 0x1fe, 0x1fc, 0x3, 
    0x2, 0x2, 0x2, 0x1ff, 0x4d, 0x3, 0x2, 0x2, 0x2, 0x200, 0x204, 0x5, 0x50, 
    0x29, 0x2, 0x201, 0x204, 0x5, 0x52, 0x2a, 0x2, 0x202, 0x204, 0x5, 0x54, 
    0x2b, 0x2, 0x203, 0x200, 0x3, 0x2, 0x2, 0x2, 0x203, 0x201, 0x3, 0x2, 
    0x2, 0x2, 0x203, 0x202, 0x3, 0x2, 0x2, 0x2, 0x204, 0x4f, 0x3, 0x2, 0x2, 
    0x2, 0x205, 0x206, 0x7, 0x16, 0x2, 0x2, 0x206, 0x207, 0x7, 0x42, 0x2, 
    0x2, 0x207, 0x51, 0x3, 0x2, 0x2, 0x2, 0x208, 0x209, 0x7, 0xb, 0x2, 0x2, 
    0x209, 0x20a, 0x5, 0x5a, 0x2e, 0x2, 0x20a, 0x53, 0x3, 0x2, 0x2, 0x2, 
    0x20b, 0x20c, 0x7, 0xe, 0x2, 0x2, 0x20c, 0x20e, 0x5, 0x56, 0x2c, 0x2, 
    0x20d, 0x20f, 0x5, 0x1e, 0x10, 0x2, 0x20e, 0x20d, 0x3, 0x2, 0x2, 0x2, 
    0x20e, 0x20f, 0x3, 0x2, 0x2, 0x2, 0x20f, 0x210, 0x3, 0x2, 0x2, 0x2, 
    0x210, 0x211, 0x7, 0x11, 0x2, 0x2, 0x211, 0x215, 0x9, 0x4, 0x2, 0x2, 
    0x212, 0x214, 0x5, 0x58, 0x2d, 0x2, 0x213, 0x212, 0x3, 0x2, 0x2, 0x2, 
    0x214, 0x217, 0x3, 0x2, 0x2, 0x2, 0x215, 0x213, 0x3, 0x2, 0x2, 0x2, 
    0x215, 0x216, 0x3, 0x2, 0x2, 0x2, 0x216, 0x55, 0x3, 0x2, 0x2, 0x2, 0x217, 
    0x215, 0x3, 0x2, 0x2, 0x2, 0x218, 0x21a, 0x9, 0xb, 0x2, 0x2, 0x219, 
    0x218, 0x3, 0x2, 0x2, 0x2, 0x219, 0x21a, 0x3, 0x2, 0x2, 0x2, 0x21a, 
    0x21d, 0x3, 0x2, 0x2, 0x2, 0x21b, 0x21e, 0x5, 0x5e, 0x30, 0x2, 0x21c, 
    0x21e, 0x7, 0x42, 0x2, 0x2, 0x21d, 0x21b, 0x3, 0x2, 0x2, 0x2, 0x21d, 
    0x21c, 0x3, 0x2, 0x2, 0x2, 0x21e, 0x57, 0x3, 0x2, 0x2, 0x2, 0x21f, 0x220, 
    0x7, 0x34, 0x2, 0x2, 0x220, 0x22b, 0x5, 0x5a, 0x2e, 0x2, 0x221, 0x222, 
    0x7, 0x33, 0x2, 0x2, 0x222, 0x22b, 0x5, 0x5a, 0x2e, 0x2, 0x223, 0x226, 
    0x7, 0xd, 0x2, 0x2, 0x224, 0x227, 0x5, 0x5a, 0x2e, 0x2, 0x225, 0x227, 
    0x5, 0x5c, 0x2f, 0x2, 0x226, 0x224, 0x3, 0x2, 0x2, 0x2, 0x226, 0x225, 
    0x3, 0x2, 0x2, 0x2, 0x227, 0x22b, 0x3, 0x2, 0x2, 0x2, 0x228, 0x229, 
    0x7, 0xc, 0x2, 0x2, 0x229, 0x22b, 0x7, 0x42, 0x2, 0x2, 0x22a, 0x21f, 
    0x3, 0x2, 0x2, 0x2, 0x22a, 0x221, 0x3, 0x2, 0x2, 0x2, 0x22a, 0x223, 
    0x3, 0x2, 0x2, 0x2, 0x22a, 0x228, 0x3, 0x2, 0x2, 0x2, 0x22b, 0x59, 0x3, 
    0x2, 0x2, 0x2, 0x22c, 0x22d, 0x5, 0x5e, 0x30, 0x2, 0x22d, 0x5b, 0x3, 
    0x2, 0x2, 0x2, 0x22e, 0x22f, 0x9, 0xc, 0x2, 0x2, 0x22f, 0x5d, 0x3, 0x2, 
    0x2, 0x2, 0x230, 0x231, 0x9, 0xd, 0x2, 0x2, 0x231, 0x5f, 0x3, 0x2, 0x2, 
    0x2, 0x3d, 0x63, 0x6b, 0x6f, 0x78, 0x81, 0x8a, 0x92, 0xa4, 0xa8, 0xaa, 
    0xaf, 0xc7, 0xcb, 0xcd, 0xd5, 0xdd, 0xe7, 0xf0, 0xf4, 0xf6, 0x100, 0x104, 
    0x106, 0x10d, 0x111, 0x11c, 0x124, 0x129, 0x137, 0x13b, 0x13d, 0x146, 
    0x14a, 0x152, 0x159, 0x17a, 0x181, 0x186, 0x18d, 0x198, 0x1a0, 0x1a6, 
    0x1b7, 0x1be, 0x1c6, 0x1d3, 0x1dd, 0x1e1, 0x1e3, 0x1eb, 0x1f1, 0x1fe, 
    0x203, 0x20e, 0x215, 0x219, 0x21d, 0x226, 0x22a, 
  };

  atn::ATNDeserializer deserializer;
  _atn = deserializer.deserialize(_serializedATN);

  size_t count = _atn.getNumberOfDecisions();
  _decisionToDFA.reserve(count);
  for (size_t i = 0; i < count; i++) { 
    _decisionToDFA.emplace_back(_atn.getDecisionState(i), i);
  }
}

PlexParser::Initializer PlexParser::_init;
