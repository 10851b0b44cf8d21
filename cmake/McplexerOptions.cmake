# SPDX-License-Identifier: Apache-2.0
# Compiler flags, sanitizers and the packages every folder may use.

set(MCPLEXER_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize= (address,undefined or thread)")

option(MCPLEXER_FUZZ "Build the fuzz targets and no other test" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

add_library(mcplexer_warnings INTERFACE)
target_compile_options(mcplexer_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)

if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # g++ does not count the first to -Wconversion; the second is about g++ 12's own headers.
  target_compile_options(mcplexer_warnings INTERFACE -Wno-sign-conversion -Wno-deprecated-declarations)
endif()

if(CMAKE_UNITY_BUILD)
  # A file's aliases are global to the files that are read after it. `dev` says what each file shadows.
  target_compile_options(mcplexer_warnings INTERFACE -Wno-shadow)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 warns of overlapping copies inside std::string's own assignment (GCC bug 105651).
  target_compile_options(mcplexer_warnings INTERFACE -Wno-restrict)
endif()

if(MCPLEXER_SANITIZE)
  add_compile_options(-fsanitize=${MCPLEXER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MCPLEXER_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED)
# All that is used of it is SHA-256: of the archive that is some kilobytes, the shared library keeps 1.6 MiB
# resident in each gateway.
find_library(MCPLEXER_CRYPTO_ARCHIVE libcrypto.a)
add_library(mcplexer_crypto INTERFACE)
if(MCPLEXER_CRYPTO_ARCHIVE)
  target_include_directories(mcplexer_crypto SYSTEM INTERFACE ${OPENSSL_INCLUDE_DIR})
  target_link_libraries(mcplexer_crypto INTERFACE ${MCPLEXER_CRYPTO_ARCHIVE})
else()
  target_link_libraries(mcplexer_crypto INTERFACE OpenSSL::Crypto)
endif()
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(simdjson REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
find_path(MCPLEXER_TOMLPLUSPLUS toml++/toml.h REQUIRED)
add_library(mcplexer_tomlplusplus INTERFACE)
target_include_directories(mcplexer_tomlplusplus SYSTEM INTERFACE ${MCPLEXER_TOMLPLUSPLUS})
target_compile_definitions(mcplexer_tomlplusplus INTERFACE TOML_HEADER_ONLY=1)
# What its parser asserts a broken file can break (toml++ 3.3: a key that begins with what no key begins with); it
# then goes on to say what is wrong, as in the package's own library.
target_compile_options(mcplexer_tomlplusplus INTERFACE "-DTOML_ASSERT(expr)=static_assert(true)")
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
