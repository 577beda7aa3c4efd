// What a test sets behind the fake, and what it can make go wrong.
#pragma once

#include <windows.h>

#include <map>
#include <set>
#include <string>
#include <vector>

struct FakeValue {
  DWORD type;
  std::vector<BYTE> data;
};

struct FakeFile {
  std::u16string content;
  std::u16string owner = u"me";
  DWORD attributes = FILE_ATTRIBUTE_NORMAL;
};

struct FakeWindows {
  std::map<std::u16string, std::map<std::u16string, FakeValue>> keys;
  std::vector<std::u16string> functions;
  // The answer of every context function, where it is not success.
  NTSTATUS status = 0;
  // The value grows by this much each time somebody asks for its size, up to `growths` times.
  size_t growth = 0;
  int growths = 0;
  bool is_elevated = true;
  // Which groups' namespaces this process may make; without Windows' own there is no such thing, as in Wine 8.
  bool is_administrator = true;
  bool has_namespaces = true;
  // Names that exist, with the boundary before them where they have one.
  std::set<std::u16string> names;
  // Milliseconds since the start; sleeping moves it on.
  ULONGLONG now = 5000;
  // When the other holder of the lock gives it back, where there is one.
  ULONGLONG released_at = 0;
  std::map<std::u16string, FakeFile> files;
  // Whether the thread has the privilege to give files away, and whether it may.
  bool is_privileged = false;
  bool may_give_away = true;
  // The answer of ReplaceFileW, where it is not success.
  DWORD replace_error = 0;
  // An array with a hole, as a hostile or broken provider could answer.
  bool has_hole = false;
  // How many things were handed out and not given back.
  int open = 0;
  int flushes = 0;
};

extern FakeWindows fake;
