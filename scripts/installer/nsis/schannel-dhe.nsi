; Installs schannel-dhe and takes the DHE suites out, or says why not. A product can take this as it is, or the lines
; between "begin" and "end" into its own installer, together with run-program.nsh.
;
;   makensis -DSOURCE=<folder of schannel-dhe.exe and schannel_dhe.node> -DOUT=<setup.exe> schannel-dhe.nsi
;
; Silent: setup.exe /S, which ends with 3010 where a restart is advised. Uninstalling leaves the suite list as it is;
; uninstall.exe /S /RESTORE puts it back, where there is something to put back and nobody changed the list since.
Target amd64-unicode
!include LogicLib.nsh
!include FileFunc.nsh
!include run-program.nsh

Name "schannel-dhe"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\schannel-dhe"
RequestExecutionLevel admin
ShowInstDetails show
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  SetOutPath "$INSTDIR"
  File "${SOURCE}/schannel-dhe.exe"
  File "${SOURCE}/schannel_dhe.node"
  File "${SOURCE}/licences.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; begin
  ${OwnEnvironment}
  ${RunProgram} "disable --yes --best-effort"
  ${If} $0 == 3010
    SetRebootFlag true
    SetErrorLevel 3010
  ${ElseIf} $0 != 0
    ${If} $1 == "failed-undone"
    ${OrIf} $1 == "not-elevated"
    ${OrIf} $1 == "busy"
    ${OrIf} $1 == "unsupported-platform"
      ; The suite list is the old one, and nothing stays installed.
      MessageBox MB_OK|MB_ICONSTOP "The DHE cipher suites were not removed ($1). Nothing was changed." /SD IDOK
      SetOutPath "$SYSDIR"
      Delete "$INSTDIR\schannel-dhe.exe"
      Delete "$INSTDIR\schannel_dhe.node"
      Delete "$INSTDIR\licences.txt"
      Delete "$INSTDIR\uninstall.exe"
      RMDir "$INSTDIR"
    ${Else}
      ; It may be half done, and then this very program mends it.
      MessageBox MB_OK|MB_ICONSTOP "The DHE cipher suites were not removed ($1). schannel-dhe stays installed: run $\"$INSTDIR\schannel-dhe.exe$\" status as an administrator." /SD IDOK
    ${EndIf}
    ${If} $0 == "error"
      StrCpy $0 1603
    ${EndIf}
    SetErrorLevel $0
    Quit
  ${EndIf}
  ; end
SectionEnd

Section "Uninstall"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/RESTORE" $1
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Put the removed DHE cipher suites back?" /SD IDNO IDNO keep
  ${EndIf}
  ${OwnEnvironment}
  ${RunProgram} "restore --yes"
  ${If} $0 == 3010
    SetRebootFlag true
    SetErrorLevel 3010
  ${ElseIf} $0 != 0
    ; Without a backup there is nothing to put back, and a list that somebody changed since is left to them.
    ${If} "$1 $2" != "refused "
    ${AndIf} $2 != "BACKUP_NOT_FOUND"
      MessageBox MB_OK|MB_ICONSTOP "The DHE cipher suites were not put back ($1). schannel-dhe stays installed." /SD IDOK
      ${If} $0 == "error"
        StrCpy $0 1603
      ${EndIf}
      SetErrorLevel $0
      Quit
    ${EndIf}
  ${EndIf}
keep:
  Delete "$INSTDIR\schannel-dhe.exe"
  Delete "$INSTDIR\schannel_dhe.node"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
