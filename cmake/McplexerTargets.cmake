# SPDX-License-Identifier: Apache-2.0
# mcplexer_library(NAME SOURCES a.cc b.cc [DEPS targets...])
#   A static library of one folder, with the project's warnings. DEPS are its whole view of the project:
#   headers are included from the repository's root, and what is not linked does not link.
# mcplexer_test(NAME SOURCES a_test.cc [DEPS targets...])
#   A GoogleTest program, each of its tests registered with CTest.

function(mcplexer_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE mcplexer_warnings)
endfunction()

function(mcplexer_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} mcplexer_warnings GTest::gtest_main GTest::gmock)
  if(CMAKE_UNITY_BUILD)
    # Tests of one folder may call their helpers alike, so they save the time to read headers instead.
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
    target_precompile_headers(${name} REUSE_FROM mcplexer_test_headers)
    target_compile_options(${name} PRIVATE -pthread)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
                       PROPERTIES ENVIRONMENT "MCPLEXER_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
endfunction()
