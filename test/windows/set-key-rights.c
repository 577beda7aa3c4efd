/* set-key-rights <key below HKLM> <SDDL>: what regedit's "Permissions" does, for tests of a denied key. */
#include <windows.h>
#include <sddl.h>

int wmain(int count, wchar_t **arguments) {
  HKEY key;
  PSECURITY_DESCRIPTOR rights;
  if (count != 3) return 87;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(arguments[2], SDDL_REVISION_1, &rights, NULL))
    return (int)GetLastError();
  const LSTATUS status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, arguments[1], 0, WRITE_DAC | KEY_WOW64_64KEY, &key);
  return status != ERROR_SUCCESS ? (int)status : (int)RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, rights);
}
