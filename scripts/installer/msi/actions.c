/*
 * The actions of the MSI: they run schannel-dhe.exe, put what it says into the log, and schedule the restart that an exit
 * code cannot ask for (to Windows Installer any code but 0 of a program is a failure). Each gets the program's full path
 * as CustomActionData. Several outcomes share an exit code, so they go by the program's JSON, which is ASCII.
 *
 *   x86_64-w64-mingw32-gcc -shared -O2 -s -o actions.dll actions.c -lmsi -ladvapi32
 *   cl /LD /O2 actions.c msi.lib advapi32.lib
 */
#include <windows.h>
#include <msi.h>
#include <msiquery.h>
#include <stdlib.h>
#include <string.h>

/* What this installation did to the suite list, for the rollback and for the action that runs in another session after the
   end: the backup that puts it back, or nothing where the program died. Only administrators can write the key, and it is
   gone with the next start. */
static const WCHAR marker[] = L"SOFTWARE\\SchannelDheInstaller";
static const WCHAR backup_value[] = L"Backup";

#define LONGEST_ID 64

static BOOL read_marker(WCHAR *backup) {
  DWORD size = LONGEST_ID * sizeof(WCHAR);
  HKEY key;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, marker, 0, KEY_READ | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) return FALSE;
  const BOOL is_set = RegGetValueW(key, NULL, backup_value, RRF_RT_REG_SZ, NULL, backup, &size) == ERROR_SUCCESS;
  RegCloseKey(key);
  return is_set;
}

static void forget_marker(void) { RegDeleteKeyExW(HKEY_LOCAL_MACHINE, marker, KEY_WOW64_64KEY, 0); }

static void set_marker(const WCHAR *backup) {
  HKEY key;
  if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, marker, 0, NULL, REG_OPTION_VOLATILE, KEY_WRITE | KEY_WOW64_64KEY, NULL, &key,
                      NULL) != ERROR_SUCCESS)
    return;
  RegSetValueExW(key, backup_value, 0, REG_SZ, (const BYTE *)backup, (DWORD)((wcslen(backup) + 1) * sizeof(WCHAR)));
  RegCloseKey(key);
}

static void log_text(MSIHANDLE install, const WCHAR *text) {
  const MSIHANDLE record = MsiCreateRecord(1);
  MsiRecordSetStringW(record, 0, L"schannel-dhe: [1]");
  MsiRecordSetStringW(record, 1, text);
  MsiProcessMessage(install, INSTALLMESSAGE_INFO, record);
  MsiCloseHandle(record);
}

/* The first member of that name in a JSON document of the program's, decoded; "" where there is none or it is no text. */
static void member(const char *json, const char *name, WCHAR *text, DWORD room) {
  char start[40] = "\"";
  strcat(strcat(start, name), "\": \"");
  const char *at = strstr(json, start);
  DWORD length = 0;
  for (at = at ? at + strlen(start) : ""; *at && *at != '"' && length < room - 1; at += 1) {
    if (*at != '\\') text[length++] = (unsigned char)*at;
    else if (*++at == 'u' && strlen(at) > 4) {
      char digits[5] = {0};
      text[length++] = (WCHAR)strtoul(memcpy(digits, at + 1, 4), NULL, 16);
      at += 4;
    } else if (*at == 'n') text[length++] = L'\n';
    else if (*at) text[length++] = (unsigned char)*at;
    else break;
  }
  text[length] = 0;
}

/* An environment of our own making: a variable of whoever started the installer could steer the program. */
static BOOL make_environment(WCHAR *block, DWORD room) {
  WCHAR system[MAX_PATH], windows[MAX_PATH];
  if (!GetSystemDirectoryW(system, MAX_PATH) || !GetSystemWindowsDirectoryW(windows, MAX_PATH)) return FALSE;
  const WCHAR drive[] = {windows[0], L':', 0};
  const struct {
    const WCHAR *name, *value, *rest;
  } variables[] = {
      {L"PATH=", system, L""},   {L"SystemDrive=", drive, L""},   {L"SystemRoot=", windows, L""},
      {L"TEMP=", windows, L"\\Temp"}, {L"TMP=", windows, L"\\Temp"}, {L"windir=", windows, L""},
  };
  DWORD used = 0;
  for (DWORD index = 0; index < ARRAYSIZE(variables); index += 1) {
    const WCHAR *parts[] = {variables[index].name, variables[index].value, variables[index].rest};
    if (used + wcslen(parts[0]) + wcslen(parts[1]) + wcslen(parts[2]) + 2 > room) return FALSE;
    for (DWORD part = 0; part < ARRAYSIZE(parts); part += 1) {
      wcscpy(block + used, parts[part]);
      used += (DWORD)wcslen(parts[part]);
    }
    used += 1;
  }
  block[used] = 0;
  return TRUE;
}

typedef struct {
  DWORD code; /* of the program, or of the system where it could not be run */
  WCHAR outcome[40], error[40], backup[LONGEST_ID];
  BOOL is_interrupted; /* `status` tells of a change that was interrupted */
} Answer;

#define LARGEST_DOCUMENT (1 << 20)

/* Runs the program with the arguments; it is told to answer in JSON. */
static Answer run(MSIHANDLE install, const WCHAR *arguments) {
  static const WCHAR fixed[] = L" --exit-codes installer --json";
  Answer answer = {.code = ERROR_INSTALL_FAILURE};
  WCHAR program[1024], command[2048], environment[2048];
  DWORD length = ARRAYSIZE(program), used = 0;
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE reader, writer;
  PROCESS_INFORMATION process;
  STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
  if (MsiGetPropertyW(install, L"CustomActionData", program, &length) != ERROR_SUCCESS) return answer;
  if (!make_environment(environment, ARRAYSIZE(environment))) return answer;
  char *json = malloc(LARGEST_DOCUMENT);
  WCHAR *message = malloc(LARGEST_DOCUMENT * sizeof(WCHAR));
  if (json && message && CreatePipe(&reader, &writer, &inherited, 0)) {
    SetHandleInformation(reader, HANDLE_FLAG_INHERIT, 0);
    start.hStdOutput = start.hStdError = writer;
    wcscat(wcscat(wcscat(wcscat(wcscpy(command, L"\""), program), L"\" "), arguments), fixed);
    const BOOL started = CreateProcessW(program, command, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT,
                                        environment, NULL, &start, &process);
    if (!started) answer.code = GetLastError();
    CloseHandle(writer);
    if (started) {
      for (DWORD got; used < LARGEST_DOCUMENT - 1 &&
                      ReadFile(reader, json + used, (DWORD)(LARGEST_DOCUMENT - 1 - used), &got, NULL) && got > 0;)
        used += got;
      WaitForSingleObject(process.hProcess, INFINITE);
      GetExitCodeProcess(process.hProcess, &answer.code);
      CloseHandle(process.hProcess);
      CloseHandle(process.hThread);
    }
    CloseHandle(reader);
    json[used] = 0;
    member(json, "outcome", answer.outcome, ARRAYSIZE(answer.outcome));
    member(json, "code", answer.error, ARRAYSIZE(answer.error));
    member(json, "backupId", answer.backup, ARRAYSIZE(answer.backup));
    answer.is_interrupted = strstr(json, "\"interrupted-change\"") != NULL;
    member(json, "message", message, LARGEST_DOCUMENT);
    log_text(install, *answer.outcome ? answer.outcome : L"no answer");
    log_text(install, message);
  }
  free(json);
  free(message);
  return answer;
}

static BOOL is(const WCHAR *text, const WCHAR *other) { return wcscmp(text, other) == 0; }

static BOOL has_succeeded(const Answer *answer) {
  return answer->code == ERROR_SUCCESS || answer->code == ERROR_SUCCESS_REBOOT_REQUIRED;
}

__declspec(dllexport) UINT __stdcall Disable(MSIHANDLE install) {
  forget_marker();
  const Answer answer = run(install, L"disable --yes --best-effort");
  /* Half undone is changed as well, and a program that gave no answer may have changed something. */
  if (is(answer.outcome, L"changed") || is(answer.outcome, L"failed-undo-incomplete")) set_marker(answer.backup);
  else if (!*answer.outcome) set_marker(L"");
  return has_succeeded(&answer) ? ERROR_SUCCESS : ERROR_INSTALL_FAILURE;
}

/* A backup of an earlier change must not be put back: only what this installation changed is undone. */
__declspec(dllexport) UINT __stdcall UndoDisable(MSIHANDLE install) {
  WCHAR backup[LONGEST_ID], arguments[LONGEST_ID + 16] = L"restore ";
  if (!read_marker(backup)) return ERROR_SUCCESS;
  if (*backup) run(install, wcscat(arguments, backup));
  else if (run(install, L"status").is_interrupted) run(install, L"restore");
  forget_marker();
  return ERROR_SUCCESS;
}

/* Uninstalling does not fail where there is nothing to put back, or where somebody else changed the list since. */
__declspec(dllexport) UINT __stdcall Restore(MSIHANDLE install) {
  forget_marker();
  const Answer answer = run(install, L"restore");
  if (is(answer.outcome, L"changed")) set_marker(answer.backup);
  const BOOL is_left = (is(answer.outcome, L"refused") && !*answer.error) || is(answer.error, L"BACKUP_NOT_FOUND");
  return has_succeeded(&answer) || is_left ? ERROR_SUCCESS : ERROR_INSTALL_FAILURE;
}

/* Runs in a transaction that changes the list, and in no other: the marker is of that one. */
__declspec(dllexport) UINT __stdcall ScheduleRestart(MSIHANDLE install) {
  WCHAR backup[LONGEST_ID];
  if (read_marker(backup)) MsiSetMode(install, MSIRUNMODE_REBOOTATEND, TRUE);
  return ERROR_SUCCESS;
}
