#pragma once

#include <windows.h>

enum SE_OBJECT_TYPE { SE_FILE_OBJECT = 1 };

DWORD GetNamedSecurityInfoW(LPCWSTR, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID*, PSID*, void*, void*, void**);
DWORD SetNamedSecurityInfoW(LPWSTR, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID, PSID, void*, void*);
