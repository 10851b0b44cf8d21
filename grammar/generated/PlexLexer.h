
// Generated from Plex.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace mcplexer::grammar {


class  PlexLexer : public antlr4::Lexer {
public:
  enum {
    ALL = 1, ALLOW = 2, ALWAYS = 3, AND = 4, ANY = 5, APPROVAL = 6, APPROVE = 7, 
    APPROVERS = 8, AS = 9, BECAUSE = 10, BY = 11, CALL = 12, DENY = 13, 
    EXCEPT = 14, EXPECT = 15, FALSE = 16, FOR = 17, HAS = 18, IMPORT = 19, 
    IN = 20, INVARIANT = 21, LIKE = 22, LOG = 23, MATCHES = 24, NEVER = 25, 
    NOT = 26, NULL_ = 27, OR = 28, PRINCIPAL = 29, PRIORITY = 30, PROMPT = 31, 
    PROVIDER = 32, QUORUM = 33, REQUIRE = 34, RESOURCE = 35, SCOPE = 36, 
    SECRET = 37, SERVER = 38, SET = 39, SIZE = 40, TEMPLATE = 41, TEST = 42, 
    TIMEOUT = 43, TOOL = 44, TOOLS = 45, TRUE = 46, UNDER = 47, USE = 48, 
    USING = 49, VIA = 50, WHEN = 51, WITHOUT = 52, WORKSPACE = 53, SESSION_CLIENT = 54, 
    SESSION_MODEL = 55, PRINCIPAL_NAME = 56, PRINCIPAL_GROUPS = 57, TAG = 58, 
    ARGUMENT = 59, NUMBER = 60, DURATION = 61, SET_NAME = 62, WORD = 63, 
    STRING = 64, REGEX = 65, LBRACE = 66, RBRACE = 67, LBRACKET = 68, RBRACKET = 69, 
    LPAREN = 70, RPAREN = 71, COMMA = 72, COLON = 73, ASSIGN = 74, EQUAL = 75, 
    NOT_EQUAL = 76, LESS = 77, LESS_EQUAL = 78, GREATER = 79, GREATER_EQUAL = 80, 
    WHITE_SPACE = 81, COMMENT = 82, BAD_STRING = 83, OPEN_COMMENT = 84, 
    STRAY = 85
  };

  PlexLexer(antlr4::CharStream *input);
  ~PlexLexer();

  virtual std::string getGrammarFileName() const override;
  virtual const std::vector<std::string>& getRuleNames() const override;

  virtual const std::vector<std::string>& getChannelNames() const override;
  virtual const std::vector<std::string>& getModeNames() const override;
  virtual const std::vector<std::string>& getTokenNames() const override; // deprecated, use vocabulary instead
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;

  virtual const std::vector<uint16_t> getSerializedATN() const override;
  virtual const antlr4::atn::ATN& getATN() const override;

private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;
  static std::vector<std::string> _channelNames;
  static std::vector<std::string> _modeNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  // Individual action functions triggered by action() above.

  // Individual semantic predicate functions triggered by sempred() above.

  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace mcplexer::grammar
