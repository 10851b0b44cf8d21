# SPDX-License-Identifier: Apache-2.0
# mcplexer_embed(TARGET NAMESPACE name FUNCTION name HEADER path FILES a.md b.md)
#   Generates a source file that defines, in the namespace, `std::string_view FUNCTION(std::string_view name)`
#   as HEADER declares it: the contents of the file with that name (without directory and extension), or
#   nothing. The text is split into pieces because compilers limit the length of one string literal.

function(mcplexer_embed target)
  cmake_parse_arguments(ARG "" "NAMESPACE;FUNCTION;HEADER" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_FUNCTION}.cc)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DNAMESPACE=${ARG_NAMESPACE} -DFUNCTION=${ARG_FUNCTION}
            -DHEADER=${ARG_HEADER} "-DFILES=${ARG_FILES}" -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARG_FILES} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  # So that what reads the other sources only (scripts/tidy) need not have built it.
  set_source_files_properties(${output} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${output})
endfunction()
