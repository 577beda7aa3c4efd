// UTF-16 as JavaScript has it is UTF-16 as Windows wants it; only the types differ.
#pragma once

#include <windows.h>

#include <string>

namespace schannel_dhe {

using Text = std::u16string;

static_assert(sizeof(WCHAR) == sizeof(char16_t), "Windows text is UTF-16");

inline LPCWSTR Wide(const char16_t* text) { return reinterpret_cast<LPCWSTR>(text); }
inline LPCWSTR Wide(const Text& text) { return Wide(text.c_str()); }
inline Text FromWide(LPCWSTR text) { return Text(reinterpret_cast<const char16_t*>(text)); }

}  // namespace schannel_dhe
