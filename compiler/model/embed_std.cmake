# SPDX-License-Identifier: Apache-2.0
# cmake -DFOLDER=stdlib-policies -DOUTPUT=std_library.cc -P embed_std.cmake
# Writes the files of FOLDER, but for the tests in FOLDER/tests, as C++ string literals.

file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.plex)
list(FILTER files EXCLUDE REGEX "^tests/")
list(SORT files)
set(texts "")
set(rows "")
set(count 0)
foreach(path ${files})
  file(READ ${FOLDER}/${path} bytes HEX)
  string(LENGTH "${bytes}" digits)
  set(lines "")
  set(at 0)
  while(at LESS digits)
    string(SUBSTRING "${bytes}" ${at} 128 piece)
    string(REGEX REPLACE "(..)" "\\\\x\\1" piece "${piece}")
    string(APPEND lines "\n    \"${piece}\"")
    math(EXPR at "${at} + 128")
  endwhile()
  string(APPEND texts "constexpr char kText${count}[] = \"\"${lines};\n")
  string(APPEND rows "    StdFile{\"std/${path}\", {kText${count}, sizeof(kText${count}) - 1}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT}
"// Generated from stdlib-policies/ by embed_std.cmake.
#include \"compiler/model/std_library.h\"

#include <array>

namespace mcplexer::model {
namespace {

${texts}
constexpr std::array<StdFile, ${count}> kFiles = {
${rows}};

}  // namespace

std::span<const StdFile> StdLibrary() { return kFiles; }

}  // namespace mcplexer::model
")
