// What a test sets behind the fake, and what it can make go wrong.
#pragma once

#include <windows.h>

#include <map>
#include <string>
#include <vector>

struct FakeValue {
  DWORD type;
  std::vector<BYTE> data;
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
  DWORD wait_answer = WAIT_OBJECT_0;
  // An array with a hole, as a hostile or broken provider could answer.
  bool has_hole = false;
  // How many things were handed out and not given back.
  int open = 0;
  int flushes = 0;
};

extern FakeWindows fake;
