; What an elevated installer needs to run schannel-dhe.exe, and to know what came of it.

; ${OwnEnvironment}: from here on this installer, and what it starts, has an environment of its own making. A variable of
; whoever started it could steer the program. Uses $0 to $3.
!include LogicLib.nsh

!macro OwnEnvironment
  System::Call 'kernel32::GetEnvironmentStringsW() p.r0'
  StrCpy $1 $0
  ${Do}
    System::Call 'kernel32::lstrlenW(p r1) i.r2'
    ${If} $2 == 0
      ${ExitDo}
    ${EndIf}
    System::Call 'kernel32::lstrcpynW(w .r3, p r1, i ${NSIS_MAX_STRLEN})'
    IntOp $2 $2 + 1
    IntOp $2 $2 * 2
    IntPtrOp $1 $1 + $2
    ; The name ends at the first "=" behind its first character: "=C:" is a name too, and stays.
    StrCpy $2 1
    ${Do}
      StrCpy $R9 $3 1 $2
      ${If} $R9 == "="
      ${OrIf} $R9 == ""
        ${ExitDo}
      ${EndIf}
      IntOp $2 $2 + 1
    ${Loop}
    StrCpy $3 $3 $2
    StrCpy $R9 $3 1
    ${If} $R9 != "="
      System::Call 'kernel32::SetEnvironmentVariableW(w r3, p 0)'
    ${EndIf}
  ${Loop}
  System::Call 'kernel32::FreeEnvironmentStringsW(p r0)'
  StrCpy $0 $WINDIR 2
  System::Call 'kernel32::SetEnvironmentVariableW(w "PATH", w "$SYSDIR")'
  System::Call 'kernel32::SetEnvironmentVariableW(w "SystemDrive", w r0)'
  System::Call 'kernel32::SetEnvironmentVariableW(w "SystemRoot", w "$WINDIR")'
  System::Call 'kernel32::SetEnvironmentVariableW(w "TEMP", w "$WINDIR\Temp")'
  System::Call 'kernel32::SetEnvironmentVariableW(w "TMP", w "$WINDIR\Temp")'
  System::Call 'kernel32::SetEnvironmentVariableW(w "windir", w "$WINDIR")'
!macroend
!define OwnEnvironment "!insertmacro OwnEnvironment"

; ${RunProgram} "disable --yes": runs schannel-dhe.exe of $INSTDIR and waits for it.
;   $0: its exit code, or "error" where it could not be started
;   $1: its outcome, and $2: the code of its error, or "": several outcomes share an exit code
; It answers in JSON, which is ASCII whatever the code page is, a member a line, into a file of its own. (nsExec hands what
; the starter of this installer left for C programs on to the program, which then writes into that.) Uses $3 to $9.
!macro RunProgram arguments
  InitPluginsDir
  StrCpy $0 error
  StrCpy $1 ""
  StrCpy $2 ""
  ; SECURITY_ATTRIBUTES of an inheritable handle, GENERIC_READ and GENERIC_WRITE, FILE_SHARE_READ, CREATE_ALWAYS
  System::Call '*(i 24, i 0, p 0, i 1, i 0) p.r3'
  System::Call 'kernel32::CreateFileW(w "$PLUGINSDIR\answer.json", i 0xC0000000, i 1, p r3, i 2, i 0x80, p 0) p.r4'
  ; STARTUPINFOW of 64-bit Windows with STARTF_USESTDHANDLES, and PROCESS_INFORMATION
  System::Call '*(i 104, i 0, p 0, p 0, p 0, i 0, i 0, i 0, i 0, i 0, i 0, i 0, i 0x100, i 0, i 0, p 0, p 0, p r4, p r4) p.r5'
  System::Call '*(p 0, p 0, i 0, i 0) p.r6'
  ; CREATE_NO_WINDOW
  System::Call 'kernel32::CreateProcessW(w "$INSTDIR\schannel-dhe.exe", w "schannel-dhe.exe ${arguments} --exit-codes installer --json", p 0, p 0, i 1, i 0x08000000, p 0, w "$INSTDIR", p r5, p r6) i.r7'
  ${If} $7 != 0
    System::Call '*$6(p .r8, p .r9)'
    System::Call 'kernel32::WaitForSingleObject(p r8, i -1)'
    System::Call 'kernel32::GetExitCodeProcess(p r8, *i .r0)'
    System::Call 'kernel32::CloseHandle(p r8)'
    System::Call 'kernel32::CloseHandle(p r9)'
  ${EndIf}
  System::Free $3
  System::Free $5
  System::Free $6
  ; By the same handle: the program's console host may still hold a copy of it, and opening the file again would fail.
  StrCpy $3 $4
  FileSeek $3 0
  ClearErrors
  ${DoUntil} ${Errors}
    FileRead $3 $4
    StrCpy $5 $4 14
    StrCpy $6 $4 11
    ${If} $5 == '  "outcome": "'
      StrCpy $1 $4 "" 14
    ${ElseIf} $6 == '  "code": "'
      StrCpy $2 $4 "" 11
    ${EndIf}
  ${Loop}
  FileClose $3
  ; The value ends at its closing quotation mark.
  StrCpy $3 0
  ${Do}
    StrCpy $4 $1 1 $3
    ${If} $4 == '"'
      StrCpy $1 $1 $3
    ${EndIf}
    StrCpy $5 $2 1 $3
    ${If} $5 == '"'
      StrCpy $2 $2 $3
    ${EndIf}
    IntOp $3 $3 + 1
  ${LoopUntil} "$4$5" == ""
  DetailPrint "schannel-dhe ${arguments}: $1 $2 ($0)"
!macroend
!define RunProgram "!insertmacro RunProgram"
