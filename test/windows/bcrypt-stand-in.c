/*
 * A bcrypt.dll for tests under Wine, whose own answers STATUS_NOT_IMPLEMENTED for context functions. It follows what is
 * known of cng.sys: the context is looked up in the local table before anything else; for interface 0x00010002 the text of
 * Group Policy comes before that of MDM before the local table, each cached by its key's last write time; FIPS mode filters
 * the answer; additions and removals touch the local list alone, and need the right to write its key.
 *
 * The kernel keeps the local table in memory and this keeps it in the registry, so an edit by hand is seen here at once.
 * What nobody documented is a switch, a DWORD in HKLM\SOFTWARE\SchannelDheStandIn:
 *   EmptyPolicyCounts, MultiStringPolicyCounts, CaseMatters.
 * FailingWrites there says which of the coming additions and removals fail, the next one by the lowest bit.
 */
#include <windows.h>
#include <bcrypt.h>
#include <stdlib.h>
#include <wchar.h>

#define STATUS_INVALID_PARAMETER_ ((NTSTATUS)0xC000000D)
#define STATUS_NO_MEMORY_ ((NTSTATUS)0xC0000017)
#define STATUS_ACCESS_DENIED_ ((NTSTATUS)0xC0000022)
#define STATUS_BUFFER_TOO_SMALL_ ((NTSTATUS)0xC0000023)
#define STATUS_NOT_FOUND_ ((NTSTATUS)0xC0000225)
#define STATUS_UNSUCCESSFUL_ ((NTSTATUS)0xC0000001)

static const WCHAR local_key[] = L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";
static const WCHAR policy_key[] = L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
static const WCHAR mdm_key[] = L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\MDMPolicies\\SSL";
static const WCHAR fips_key[] = L"SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy";
static const WCHAR switch_key[] = L"SOFTWARE\\SchannelDheStandIn";

/* A list as REG_MULTI_SZ has it: names, each with its NUL, and one more NUL. */
typedef struct {
  WCHAR *names;
  BOOL is_set;
} List;

static NTSTATUS open_key(const WCHAR *path, REGSAM access, HKEY *key) {
  switch (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, access | KEY_WOW64_64KEY, key)) {
    case ERROR_SUCCESS: return 0;
    case ERROR_FILE_NOT_FOUND: return STATUS_NOT_FOUND_;
    case ERROR_ACCESS_DENIED: return STATUS_ACCESS_DENIED_;
    default: return STATUS_UNSUCCESSFUL_;
  }
}

/* The bytes with two NULs after them, or NULL. */
static WCHAR *read_value(HKEY key, const WCHAR *name, DWORD *type) {
  DWORD size = 0;
  if (RegQueryValueExW(key, name, NULL, type, NULL, &size) != ERROR_SUCCESS) return NULL;
  WCHAR *data = calloc(1, size + 2 * sizeof(WCHAR) + 1);
  if (data && RegQueryValueExW(key, name, NULL, type, (BYTE *)data, &size) == ERROR_SUCCESS) return data;
  free(data);
  return NULL;
}

static BOOL is_switched_on(const WCHAR *path, const WCHAR *name) {
  HKEY key;
  DWORD type, on = 0;
  if (open_key(path, KEY_READ, &key) != 0) return FALSE;
  WCHAR *data = read_value(key, name, &type);
  if (data && type == REG_DWORD) on = *(DWORD *)data;
  free(data);
  RegCloseKey(key);
  return on != 0;
}

/* Names between separators, without the empty ones, become a list. */
static WCHAR *split(const WCHAR *text, WCHAR separator) {
  WCHAR *names = calloc(wcslen(text) + 3, sizeof(WCHAR)), *next = names;
  for (; names && *text; text += 1) {
    if (*text != separator) *next++ = *text;
    else if (next != names && next[-1] != 0) next += 1;
  }
  return names;
}

typedef struct {
  FILETIME written;
  WCHAR *names;
  BOOL is_set, is_cached;
} Cache;

static List read_policy(const WCHAR *path, const WCHAR *name, WCHAR separator, Cache *cache) {
  List list = {NULL, FALSE};
  HKEY key;
  FILETIME written;
  if (open_key(path, KEY_READ, &key) != 0) return list;
  RegQueryInfoKeyW(key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &written);
  if (!cache->is_cached || CompareFileTime(&written, &cache->written) > 0) {
    DWORD type = REG_NONE;
    WCHAR *data = read_value(key, name, &type);
    free(cache->names);
    cache->names = NULL;
    if (data && (type == REG_SZ || type == REG_EXPAND_SZ)) cache->names = split(data, separator);
    if (data && type == REG_MULTI_SZ && is_switched_on(switch_key, L"MultiStringPolicyCounts")) {
      cache->names = data;
      data = NULL;
    }
    free(data);
    cache->is_set = cache->names && (*cache->names || is_switched_on(switch_key, L"EmptyPolicyCounts"));
    cache->written = written;
    cache->is_cached = TRUE;
  }
  RegCloseKey(key);
  list.names = cache->names;
  list.is_set = cache->is_set;
  return list;
}

static Cache policy_cache, mdm_cache;

static BOOL is_allowed_in_fips_mode(const WCHAR *name) {
  return wcsncmp(name, L"TLS_DHE_", 8) != 0 && (wcsstr(name, L"AES_") || wcsstr(name, L"3DES_")) && !wcsstr(name, L"MD5");
}

static NTSTATUS check(ULONG table, LPCWSTR context, ULONG interface_id, REGSAM access, HKEY *key) {
  if ((table != CRYPT_LOCAL && table != CRYPT_DOMAIN) || !context) return STATUS_INVALID_PARAMETER_;
  if (interface_id != 0x00010002 && interface_id != 0x00010003) return STATUS_INVALID_PARAMETER_;
  if (table == CRYPT_DOMAIN || wcscmp(context, L"SSL") != 0 || interface_id != 0x00010002) return STATUS_NOT_FOUND_;
  return open_key(local_key, access, key);
}

__declspec(dllexport) NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG table, LPCWSTR context, ULONG interface_id,
                                                                 ULONG *size, PCRYPT_CONTEXT_FUNCTIONS *buffer) {
  HKEY key;
  DWORD type = REG_NONE;
  if (!size) return STATUS_INVALID_PARAMETER_;
  NTSTATUS status = check(table, context, interface_id, KEY_READ, &key);
  if (status != 0) return status;
  WCHAR *local = read_value(key, L"Functions", &type);
  RegCloseKey(key);
  List list = read_policy(policy_key, L"Functions", L',', &policy_cache);
  if (!list.is_set) list = read_policy(mdm_key, L"CipherSuites", L';', &mdm_cache);
  if (!list.is_set) list.names = type == REG_MULTI_SZ ? local : NULL;

  const BOOL fips = is_switched_on(fips_key, L"Enabled");
  ULONG count = 0;
  SIZE_T characters = 0;
  for (const WCHAR *name = list.names; name && *name; name += wcslen(name) + 1) {
    if (fips && !is_allowed_in_fips_mode(name)) continue;
    count += 1;
    characters += wcslen(name) + 1;
  }
  const ULONG needed =
      (ULONG)(sizeof(CRYPT_CONTEXT_FUNCTIONS) + count * sizeof(PWSTR) + characters * sizeof(WCHAR));
  if (!buffer) status = STATUS_BUFFER_TOO_SMALL_;
  else if (*buffer && *size < needed) status = STATUS_BUFFER_TOO_SMALL_;
  else if (!*buffer && !(*buffer = malloc(needed))) status = STATUS_NO_MEMORY_;
  else {
    (*buffer)->cFunctions = count;
    (*buffer)->rgpszFunctions = count ? (PWSTR *)(*buffer + 1) : NULL;
    WCHAR *text = (WCHAR *)((PWSTR *)(*buffer + 1) + count);
    ULONG index = 0;
    for (const WCHAR *name = list.names; name && *name; name += wcslen(name) + 1) {
      if (fips && !is_allowed_in_fips_mode(name)) continue;
      (*buffer)->rgpszFunctions[index++] = wcscpy(text, name);
      text += wcslen(name) + 1;
    }
  }
  *size = needed;
  free(local);
  return status;
}

static BOOL is_this_write_to_fail(void) {
  HKEY key;
  DWORD writes = 0, size = sizeof writes, next;
  if (open_key(switch_key, KEY_READ | KEY_WRITE, &key) != 0) return FALSE;
  RegQueryValueExW(key, L"FailingWrites", NULL, NULL, (BYTE *)&writes, &size);
  next = writes >> 1;
  RegSetValueExW(key, L"FailingWrites", 0, REG_DWORD, (const BYTE *)&next, sizeof next);
  RegCloseKey(key);
  return writes & 1;
}

/* Takes the name out, and puts it in at the position where that is wanted. */
static NTSTATUS edit(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR name, BOOL add, ULONG position) {
  HKEY key;
  DWORD type = REG_NONE;
  if (!name || !*name) return STATUS_INVALID_PARAMETER_;
  NTSTATUS status = check(table, context, interface_id, KEY_READ | KEY_WRITE | DELETE, &key);
  if (status != 0) return status;
  if (is_this_write_to_fail()) {
    RegCloseKey(key);
    return STATUS_UNSUCCESSFUL_;
  }
  const BOOL case_matters = is_switched_on(switch_key, L"CaseMatters");
  WCHAR *old = read_value(key, L"Functions", &type);
  const WCHAR *source = old && type == REG_MULTI_SZ ? old : L"\0";
  SIZE_T length = wcslen(name) + 2;
  for (const WCHAR *entry = source; *entry; entry += wcslen(entry) + 1) length += wcslen(entry) + 1;
  WCHAR *edited = calloc(length, sizeof(WCHAR)), *next = edited;
  BOOL was_there = FALSE, is_placed = !add;
  ULONG index = 0;
  for (const WCHAR *entry = source; *entry; entry += wcslen(entry) + 1) {
    if (case_matters ? wcscmp(entry, name) == 0 : _wcsicmp(entry, name) == 0) {
      was_there = TRUE;
      continue;
    }
    if (!is_placed && index == position) {
      next += wcslen(wcscpy(next, name)) + 1;
      is_placed = TRUE;
    }
    next += wcslen(wcscpy(next, entry)) + 1;
    index += 1;
  }
  if (!is_placed) next += wcslen(wcscpy(next, name)) + 1;
  if (!add && !was_there) status = STATUS_NOT_FOUND_;
  else {
    const DWORD size = (DWORD)((next + 1 - edited) * sizeof(WCHAR));
    if (RegSetValueExW(key, L"Functions", 0, REG_MULTI_SZ, (BYTE *)edited, size) != ERROR_SUCCESS)
      status = STATUS_UNSUCCESSFUL_;
  }
  free(edited);
  free(old);
  RegCloseKey(key);
  return status;
}

__declspec(dllexport) NTSTATUS WINAPI BCryptAddContextFunction(ULONG table, LPCWSTR context, ULONG interface_id,
                                                               LPCWSTR name, ULONG position) {
  return edit(table, context, interface_id, name, TRUE, position);
}

__declspec(dllexport) NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG table, LPCWSTR context, ULONG interface_id,
                                                                  LPCWSTR name) {
  return edit(table, context, interface_id, name, FALSE, 0);
}

__declspec(dllexport) void WINAPI BCryptFreeBuffer(PVOID buffer) { free(buffer); }

/* What node.exe 20 itself wants of bcrypt.dll. SystemFunction036 is advapi32's RtlGenRandom. */
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) NTSTATUS WINAPI BCryptGenRandom(BCRYPT_ALG_HANDLE algorithm, PUCHAR buffer, ULONG size,
                                                      ULONG flags) {
  (void)algorithm;
  (void)flags;
  return SystemFunction036(buffer, size) ? 0 : STATUS_UNSUCCESSFUL_;
}
