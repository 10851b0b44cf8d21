// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "compiler/model/std_library.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A folder of its own as working directory, so that what is shown is what is given.
class LoadTest : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    std::string name = (fs::temp_directory_path() / "mcplexer_load_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    fs::current_path(folder_);
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void Write(const std::string& path, const std::string& text) {
    if (const fs::path parent = fs::path(path).parent_path(); !parent.empty()) {
      fs::create_directories(parent);
    }
    std::ofstream(path, std::ios::binary) << text;
  }

  struct Loaded {
    source::SourceMap sources;
    source::Diagnostics diagnostics;
    Project project;
    std::vector<std::string> findings;
    std::vector<std::string> paths;
    std::vector<std::string> unreadable;
  };

  static std::unique_ptr<Loaded> Run(const std::vector<std::string>& paths,
                                     const source::Limits& limits = {},
                                     FileSystem& file_system = Disk()) {
    auto loaded = std::make_unique<Loaded>();
    loaded->project = Load(paths, file_system, limits, loaded->sources, loaded->diagnostics);
    loaded->findings = Findings(loaded->sources, loaded->diagnostics);
    for (const syntax::File& file : loaded->project.files) {
      loaded->paths.push_back(loaded->sources.path(file.id));
    }
    for (const Error& error : loaded->project.unreadable) {
      loaded->unreadable.push_back(error.message);
    }
    return loaded;
  }

 private:
  fs::path before_;
  fs::path folder_;
};

TEST_F(LoadTest, ADirectoryIsSearchedForPolicyFiles) {
  for (const char* path :
       {"b.plex", "a.plex", "mcplexer.yaml", "team.mcplexer.yaml", "sub/deep/c.plex"}) {
    Write(path, "");
  }
  for (const char* path : {"other.yaml", "notes.txt", ".hidden.plex", ".git/x.plex", "build/x.plex",
                           "node_modules/m/x.plex", "sub/build/y.plex"}) {
    Write(path, "?!");
  }
  const auto loaded = Run({"."});
  EXPECT_THAT(loaded->paths, ElementsAre("a.plex", "b.plex", "mcplexer.yaml", "sub/deep/c.plex",
                                         "team.mcplexer.yaml"));
  EXPECT_THAT(loaded->findings, IsEmpty());
  EXPECT_THAT(loaded->unreadable, IsEmpty());
}

TEST_F(LoadTest, TheOrderOfThePathsDoesNotMatter) {
  Write("a.plex", "import \"z/i.plex\"\n");
  Write("b.plex", "");
  Write("z/i.plex", "");
  EXPECT_EQ(Run({"a.plex", "b.plex"})->paths, Run({"b.plex", "a.plex"})->paths);
  EXPECT_THAT(Run({"b.plex", "a.plex"})->paths, ElementsAre("a.plex", "b.plex", "z/i.plex"));
}

TEST_F(LoadTest, AFileIsReadOnceWhateverItIsCalled) {
  Write("a.plex", "import \"./a2.plex\"\nimport \"sub/../b.plex\"\n");
  Write("b.plex", "import \"sub/link.plex\"\n");
  fs::create_symlink("b.plex", "a2.plex");
  Write("sub/c.plex", "");
  fs::create_symlink("c.plex", "sub/link.plex");
  const auto loaded = Run({"a.plex", "./a.plex", "sub", "sub/c.plex"});
  EXPECT_THAT(loaded->paths, ElementsAre("a.plex", "sub/c.plex", "a2.plex"));
  EXPECT_THAT(loaded->findings, IsEmpty());
}

TEST_F(LoadTest, LinksThatLeadAroundEnd) {
  Write("a/x.plex", "");
  fs::create_directory_symlink("..", "a/up");
  fs::create_directory_symlink("a", "again");
  fs::create_symlink("nowhere.plex", "a/broken.plex");
  const auto loaded = Run({"."});
  EXPECT_THAT(loaded->paths, SizeIs(1));
  EXPECT_THAT(loaded->unreadable, IsEmpty());
}

TEST_F(LoadTest, EveryFileIsReadAfterABadOne) {
  Write("a.plex", "sever x { }\n");
  Write("b.plex", "server s { command = [\"s\"] }\n");
  Write("c.plex", std::string("server\0", 7));
  Write("d.plex", "nope\n");
  const auto loaded = Run({"."});
  EXPECT_THAT(loaded->paths, ElementsAre("a.plex", "b.plex", "c.plex", "d.plex"));
  ASSERT_THAT(loaded->findings, SizeIs(3));
  EXPECT_THAT(loaded->findings[0], HasSubstr("a.plex:1:1 [sever] E0101"));
  EXPECT_THAT(loaded->findings[1], HasSubstr("E0106"));
  EXPECT_THAT(loaded->findings[2], HasSubstr("d.plex:1:1 [nope] E0101"));
}

TEST_F(LoadTest, NoInputAtAllIsSaid) {
  fs::create_directory("empty");
  Write("x.txt", "");
  EXPECT_THAT(Run({"empty"})->unreadable,
              ElementsAre("no policy file found: *.plex, mcplexer.yaml or *.mcplexer.yaml"));
  EXPECT_THAT(Run({})->unreadable, SizeIs(1));
  EXPECT_THAT(Run({"missing.plex"})->unreadable,
              ElementsAre("cannot read `missing.plex`: No such file or directory"));
  EXPECT_THAT(Run({"x.txt"})->unreadable, ElementsAre("`x.txt` is neither .plex nor .yaml"));
}

TEST_F(LoadTest, AMissingPathIsSaidAndTheOthersAreRead) {
  Write("a.plex", "");
  const auto loaded = Run({"missing", "a.plex"});
  EXPECT_THAT(loaded->paths, ElementsAre("a.plex"));
  EXPECT_THAT(loaded->unreadable, SizeIs(1));
}

TEST_F(LoadTest, ImportsThatCannotBeRead) {
  fs::create_directory("folder.plex");
  Write("a.plex",
        "import \"missing.plex\"\n"
        "import \"folder.plex\"\n"
        "import \"std/githb.plex\"\n"
        "import \"x.txt\"\n"
        "import \"\"\n");
  const auto loaded = Run({"a.plex"});
  EXPECT_THAT(
      loaded->findings,
      ElementsAre(
          "a.plex:1:8 [\"missing.plex\"] E0210 cannot import `missing.plex`: cannot read "
          "`missing.plex`: No such file or directory",
          "a.plex:2:8 [\"folder.plex\"] E0210 cannot import `folder.plex`: it is a directory",
          "a.plex:3:8 [\"std/githb.plex\"] E0210 cannot import `std/githb.plex`: there is no such "
          "file in the standard library",
          "a.plex:4:8 [\"x.txt\"] E0210 cannot import `x.txt`: it is neither .plex nor .yaml",
          "a.plex:5:8 [\"\"] E0210 cannot import ``: that is no path"));
  EXPECT_EQ(loaded->diagnostics.all()[2].notes.at(0).text, "did you mean `std/github.plex`?");
}

TEST_F(LoadTest, CyclesArePrinted) {
  Write("a.plex", "import \"b.plex\"\n");
  Write("b.plex", "import \"c.plex\"\nimport \"d.plex\"\n");
  Write("c.plex", "import \"b.plex\"\n");
  Write("d.plex", "import \"d.plex\"\n");
  EXPECT_THAT(
      Run({"a.plex"})->findings,
      ElementsAre("c.plex:1:8 [\"b.plex\"] E0205 files import each other: b.plex -> c.plex "
                  "-> b.plex",
                  "d.plex:1:8 [\"d.plex\"] E0205 files import each other: d.plex -> d.plex"));
}

TEST_F(LoadTest, AFileThatTwoImportIsNoCycle) {
  Write("a.plex", "import \"b.plex\"\nimport \"c.plex\"\n");
  Write("b.plex", "import \"d.plex\"\n");
  Write("c.plex", "import \"d.plex\"\n");
  Write("d.plex", "");
  const auto loaded = Run({"."});
  EXPECT_THAT(loaded->findings, IsEmpty());
  EXPECT_THAT(loaded->paths, SizeIs(4));
}

TEST_F(LoadTest, TheNumberOfFilesHasALimit) {
  for (int i = 0; i < 5; ++i) {
    Write(fmt::format("f{}.plex", i), fmt::format("import \"f{}.plex\"\n", i + 1));
  }
  Write("f5.plex", "");
  source::Limits limits;
  limits.imports = 6;
  EXPECT_THAT(Run({"f0.plex"}, limits)->findings, IsEmpty());
  limits.imports = 3;
  EXPECT_THAT(Run({"f0.plex"}, limits)->findings,
              ElementsAre("f2.plex:1:8 [\"f3.plex\"] E0105 more than 3 files"));
}

TEST_F(LoadTest, TheStandardLibraryIsImported) {
  Write("a.plex", "import \"std/github.plex\"\nimport \"b.plex\"\n");
  Write("b.plex", "import \"std/github.plex\"\n");
  const auto loaded = Run({"a.plex"});
  EXPECT_THAT(loaded->findings, IsEmpty());
  EXPECT_THAT(loaded->paths, ElementsAre("a.plex", "std/github.plex", "b.plex"));
}

TEST(StdLibraryTest, TheFilesAreTheOnesInTheTree) {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  ASSERT_FALSE(StdLibrary().empty());
  for (const StdFile& file : StdLibrary()) {
    ASSERT_TRUE(file.path.starts_with("std/"));
    std::ifstream in(fs::path(root) / "stdlib-policies" / file.path.substr(4), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(file.text, text) << file.path;
  }
}

// Paths and what is there; reading a path of `unreadable_` fails.
class FakeFileSystem : public FileSystem {
 public:
  std::map<std::string, std::string> files;
  std::string unreadable;

  Result<std::string> Canonical(const std::string& path) override { return "/" + path; }
  bool IsDirectory(const std::string& path) override { return path == "."; }
  Result<std::vector<Entry>> List(const std::string& path) override {
    if (path == unreadable) return Fail("cannot read `" + path + "`: Permission denied");
    std::vector<Entry> entries;
    for (const auto& [name, text] : files) entries.push_back({name, false});
    return entries;
  }
  Result<FileId> Load(const std::string& path, const std::string& shown, const source::Limits&,
                      source::SourceMap& sources) override {
    if (path == unreadable) return Fail("cannot read `" + path + "`: Permission denied");
    return sources.Add(shown, files.at(path));
  }
};

TEST_F(LoadTest, WhatMayNotBeReadIsSaidAndTheRestIsRead) {
  FakeFileSystem files;
  files.files = {{"a.plex", ""}, {"b.plex", "import \"a.plex\"\n"}, {"c.plex", ""}};
  files.unreadable = "a.plex";
  const auto loaded = Run({"."}, {}, files);
  EXPECT_THAT(loaded->paths, ElementsAre("b.plex", "c.plex"));
  EXPECT_THAT(loaded->unreadable, ElementsAre("cannot read `a.plex`: Permission denied"));
  EXPECT_THAT(loaded->findings,
              ElementsAre("b.plex:1:8 [\"a.plex\"] E0210 cannot import `a.plex`: cannot read "
                          "`a.plex`: Permission denied"));
  files.unreadable = ".";
  EXPECT_THAT(Run({"."}, {}, files)->unreadable, ElementsAre("cannot read `.`: Permission denied"));
}

}  // namespace
}  // namespace mcplexer::model
