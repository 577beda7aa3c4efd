/*
 * The actions of the MSI: they run schannel-dhe.exe, put what it says into the log, and schedule the restart that an exit
 * code cannot ask for (to Windows Installer any code but 0 of a program is a failure). Each gets the program's full path
 * as CustomActionData.
 *
 *   x86_64-w64-mingw32-gcc -shared -O2 -s -o actions.dll actions.c -lmsi -ladvapi32
 *   cl /LD /O2 actions.c msi.lib advapi32.lib
 */
#include <windows.h>
#include <msi.h>
#include <msiquery.h>
#include <stdlib.h>

#define RESTART_ADVISED 3010 /* ERROR_SUCCESS_REBOOT_REQUIRED */

/* Says that this installation changed the suite list: for the rollback, and for the action that runs in another session
   after the end. Only administrators can write it, and it is gone with the next start. */
static const WCHAR marker[] = L"SOFTWARE\\SchannelDheInstaller";

static BOOL has_marker(void) {
  HKEY key;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, marker, 0, KEY_READ | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) return FALSE;
  RegCloseKey(key);
  return TRUE;
}

static void set_marker(BOOL present) {
  HKEY key;
  if (!present) RegDeleteKeyExW(HKEY_LOCAL_MACHINE, marker, KEY_WOW64_64KEY, 0);
  else if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, marker, 0, NULL, REG_OPTION_VOLATILE, KEY_WRITE | KEY_WOW64_64KEY, NULL,
                           &key, NULL) == ERROR_SUCCESS)
    RegCloseKey(key);
}

static void log_text(MSIHANDLE install, const char *text) {
  WCHAR wide[16384];
  const MSIHANDLE record = MsiCreateRecord(1);
  if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, ARRAYSIZE(wide)) > 0) {
    MsiRecordSetStringW(record, 0, L"schannel-dhe: [1]");
    MsiRecordSetStringW(record, 1, wide);
    MsiProcessMessage(install, INSTALLMESSAGE_INFO, record);
  }
  MsiCloseHandle(record);
}

/* Runs the program with the arguments; its exit code, or the system's where it could not be run. */
static DWORD run(MSIHANDLE install, const WCHAR *arguments) {
  WCHAR program[1024], command[2048];
  char output[8192];
  DWORD length = ARRAYSIZE(program), used = 0, code = ERROR_INSTALL_FAILURE;
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE reader, writer;
  PROCESS_INFORMATION process;
  STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
  if (MsiGetPropertyW(install, L"CustomActionData", program, &length) != ERROR_SUCCESS) return ERROR_INSTALL_FAILURE;
  if (!CreatePipe(&reader, &writer, &inherited, 0)) return GetLastError();
  SetHandleInformation(reader, HANDLE_FLAG_INHERIT, 0);
  start.hStdOutput = start.hStdError = writer;
  lstrcpyW(command, L"\"");
  lstrcatW(command, program);
  lstrcatW(command, L"\" ");
  lstrcatW(command, arguments);
  const BOOL started =
      CreateProcessW(program, command, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &start, &process);
  if (!started) code = GetLastError();
  CloseHandle(writer);
  if (started) {
    for (DWORD got; used < sizeof output - 1 &&
                    ReadFile(reader, output + used, (DWORD)(sizeof output - 1 - used), &got, NULL) && got > 0;)
      used += got;
    /* What does not fit into the log is read all the same, so that the program never waits for a reader. */
    for (char rest[512], *to = rest; ;) {
      DWORD got;
      if (!ReadFile(reader, to, sizeof rest, &got, NULL) || got == 0) break;
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
  }
  CloseHandle(reader);
  output[used] = 0;
  log_text(install, output);
  return code;
}

static UINT change(MSIHANDLE install, const WCHAR *arguments) {
  const DWORD code = run(install, arguments);
  if (code == RESTART_ADVISED) set_marker(TRUE);
  return code == ERROR_SUCCESS || code == RESTART_ADVISED ? ERROR_SUCCESS : ERROR_INSTALL_FAILURE;
}

__declspec(dllexport) UINT __stdcall Disable(MSIHANDLE install) {
  set_marker(FALSE);
  return change(install, L"disable --yes --best-effort --exit-codes installer");
}

/* A backup of an earlier change must not be put back: only what this installation changed is undone. */
__declspec(dllexport) UINT __stdcall UndoDisable(MSIHANDLE install) {
  if (has_marker()) run(install, L"restore --yes --exit-codes installer");
  set_marker(FALSE);
  return ERROR_SUCCESS;
}

__declspec(dllexport) UINT __stdcall Restore(MSIHANDLE install) {
  set_marker(FALSE);
  return change(install, L"restore --yes --exit-codes installer");
}

__declspec(dllexport) UINT __stdcall ScheduleRestart(MSIHANDLE install) {
  if (has_marker()) MsiSetMode(install, MSIRUNMODE_REBOOTATEND, TRUE);
  return ERROR_SUCCESS;
}
