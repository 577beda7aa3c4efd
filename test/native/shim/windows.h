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
using PSID = void*;
using SECURITY_INFORMATION = DWORD;
using BOOLEAN = uint8_t;
struct LUID { DWORD LowPart; LONG HighPart; };
struct LUID_AND_ATTRIBUTES { LUID Luid; DWORD Attributes; };
struct TOKEN_PRIVILEGES { DWORD PrivilegeCount; LUID_AND_ATTRIBUTES Privileges[1]; };
enum SECURITY_IMPERSONATION_LEVEL { SecurityImpersonation = 2 };
enum WELL_KNOWN_SID_TYPE { WinBuiltinAdministratorsSid = 26 };
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
#define ERROR_ACCESS_DENIED 5L
#define ERROR_ALREADY_EXISTS 183L
#define ERROR_UNABLE_TO_MOVE_REPLACEMENT_2 1177L
#define KEY_QUERY_VALUE 1u
#define KEY_SET_VALUE 2u
#define KEY_WOW64_64KEY 0x100u
#define REG_SZ 1u
#define REG_OPTION_NON_VOLATILE 0u
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x800u
#define TOKEN_QUERY 8u
#define TOKEN_ADJUST_PRIVILEGES 0x20u
#define SE_PRIVILEGE_ENABLED 2u
#define SE_RESTORE_NAME u"SeRestorePrivilege"
#define SECURITY_MAX_SID_SIZE 68
#define OWNER_SECURITY_INFORMATION 1u
#define GROUP_SECURITY_INFORMATION 2u
#define PRIVATE_NAMESPACE_FLAG_DESTROY 1u
#define FILE_ATTRIBUTE_READONLY 1u
#define FILE_ATTRIBUTE_HIDDEN 2u
#define FILE_ATTRIBUTE_SYSTEM 4u
#define FILE_ATTRIBUTE_ARCHIVE 0x20u
#define FILE_ATTRIBUTE_NORMAL 0x80u
#define FILE_ATTRIBUTE_COMPRESSED 0x800u
#define FILE_ATTRIBUTE_NOT_CONTENT_INDEXED 0x2000u
#define INVALID_FILE_ATTRIBUTES 0xFFFFFFFFu
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
void SetLastError(DWORD);
void Sleep(DWORD);
void LocalFree(void*);
BOOL CreateWellKnownSid(WELL_KNOWN_SID_TYPE, PSID, PSID, DWORD*);
HANDLE CreateBoundaryDescriptorW(LPCWSTR, ULONG);
BOOL AddSIDToBoundaryDescriptor(HANDLE*, PSID);
void DeleteBoundaryDescriptor(HANDLE);
HANDLE CreatePrivateNamespaceW(void*, void*, LPCWSTR);
BOOLEAN ClosePrivateNamespace(HANDLE, ULONG);
BOOL ReplaceFileW(LPCWSTR, LPCWSTR, LPCWSTR, DWORD, void*, void*);
DWORD GetFileAttributesW(LPCWSTR);
BOOL SetFileAttributesW(LPCWSTR, DWORD);
BOOL MoveFileExW(LPCWSTR, LPCWSTR, DWORD);
BOOL ImpersonateSelf(SECURITY_IMPERSONATION_LEVEL);
BOOL RevertToSelf();
HANDLE GetCurrentThread();
BOOL OpenThreadToken(HANDLE, DWORD, BOOL, HANDLE*);
BOOL LookupPrivilegeValueW(LPCWSTR, LPCWSTR, LUID*);
BOOL AdjustTokenPrivileges(HANDLE, BOOL, TOKEN_PRIVILEGES*, DWORD, TOKEN_PRIVILEGES*, DWORD*);
HANDLE GetCurrentProcess();
BOOL OpenProcessToken(HANDLE, DWORD, HANDLE*);
BOOL GetTokenInformation(HANDLE, TOKEN_INFORMATION_CLASS, void*, DWORD, DWORD*);
ULONGLONG GetTickCount64();
