/* As much of windows.h as native/ needs, so that it runs on Linux under sanitizers, against the fake in fake_windows.cc. */
#pragma once

#include <cstddef>
#include <cstdint>

using BYTE = uint8_t;
using BOOL = int;
using DWORD = uint32_t;
using ULONG = uint32_t;
using UINT = uint32_t;
using LONG = int32_t;
using LSTATUS = LONG;
using NTSTATUS = int32_t;
using REGSAM = uint32_t;
using ULONGLONG = uint64_t;
using WCHAR = char16_t;
using LPCWSTR = const WCHAR*;
using LPWSTR = WCHAR*;
using PWSTR = WCHAR*;
using HKEY = struct FakeKey*;
using HANDLE = void*;
using HMODULE = struct FakeModule*;
using FARPROC = void (*)();
struct FILETIME { DWORD dwLowDateTime, dwHighDateTime; };
struct TOKEN_ELEVATION { DWORD TokenIsElevated; };
enum TOKEN_INFORMATION_CLASS { TokenElevation = 20 };

#define FALSE 0
#define TRUE 1
#define MAX_PATH 260
#define ERROR_SUCCESS 0L
#define ERROR_FILE_NOT_FOUND 2L
#define ERROR_PATH_NOT_FOUND 3L
#define ERROR_INVALID_DATA 13L
#define ERROR_MORE_DATA 234L
#define ERROR_NO_MORE_ITEMS 259L
#define KEY_QUERY_VALUE 1u
#define KEY_SET_VALUE 2u
#define KEY_WOW64_64KEY 0x100u
#define REG_SZ 1u
#define REG_OPTION_NON_VOLATILE 0u
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x800u
#define TOKEN_QUERY 8u
#define WAIT_OBJECT_0 0u
#define WAIT_ABANDONED 0x80u
#define WAIT_TIMEOUT 258u
#define HKEY_LOCAL_MACHINE reinterpret_cast<HKEY>(uintptr_t{0x80000002})

LSTATUS RegOpenKeyExW(HKEY, LPCWSTR, DWORD, REGSAM, HKEY*);
LSTATUS RegCreateKeyExW(HKEY, LPCWSTR, DWORD, LPWSTR, DWORD, REGSAM, void*, HKEY*, DWORD*);
LSTATUS RegQueryValueExW(HKEY, LPCWSTR, DWORD*, DWORD*, BYTE*, DWORD*);
LSTATUS RegSetValueExW(HKEY, LPCWSTR, DWORD, DWORD, const BYTE*, DWORD);
LSTATUS RegDeleteValueW(HKEY, LPCWSTR);
LSTATUS RegEnumValueW(HKEY, DWORD, LPWSTR, DWORD*, DWORD*, DWORD*, BYTE*, DWORD*);
LSTATUS RegQueryInfoKeyW(HKEY, LPWSTR, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, FILETIME*);
LSTATUS RegFlushKey(HKEY);
LSTATUS RegCloseKey(HKEY);
BOOL CloseHandle(HANDLE);
BOOL FreeLibrary(HMODULE);
DWORD GetLastError();
UINT GetSystemDirectoryW(LPWSTR, UINT);
HMODULE LoadLibraryExW(LPCWSTR, HANDLE, DWORD);
FARPROC GetProcAddress(HMODULE, const char*);
HANDLE CreateMutexW(void*, BOOL, LPCWSTR);
BOOL ReleaseMutex(HANDLE);
DWORD WaitForSingleObject(HANDLE, DWORD);
HANDLE GetCurrentProcess();
BOOL OpenProcessToken(HANDLE, DWORD, HANDLE*);
BOOL GetTokenInformation(HANDLE, TOKEN_INFORMATION_CLASS, void*, DWORD, DWORD*);
ULONGLONG GetTickCount64();
