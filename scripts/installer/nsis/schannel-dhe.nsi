; Installs schannel-dhe and takes the DHE suites out, or says why not. A product can take this as it is, or the lines
; between "begin" and "end" into its own installer.
;
;   makensis -DSOURCE=<folder of schannel-dhe.exe and schannel_dhe.node> -DOUT=<setup.exe> schannel-dhe.nsi
;
; Silent: setup.exe /S, which ends with 3010 where a restart is advised. Uninstalling leaves the suite list as it is;
; uninstall.exe /S /RESTORE puts it back.
Target amd64-unicode
!include LogicLib.nsh
!include FileFunc.nsh

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
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; begin
  nsExec::ExecToStack '"$INSTDIR\schannel-dhe.exe" disable --yes --best-effort --exit-codes installer'
  Pop $0
  Pop $1
  DetailPrint "$1"
  ${If} $0 == 3010
    SetRebootFlag true
    SetErrorLevel 3010
  ${ElseIf} $0 != 0
    ; It failed and undid itself: the suite list is the old one, and nothing stays installed.
    MessageBox MB_OK|MB_ICONSTOP "$1" /SD IDOK
    SetOutPath "$TEMP"
    Delete "$INSTDIR\schannel-dhe.exe"
    Delete "$INSTDIR\schannel_dhe.node"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
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
  nsExec::ExecToStack '"$INSTDIR\schannel-dhe.exe" restore --yes --exit-codes installer'
  Pop $0
  Pop $1
  DetailPrint "$1"
  ${If} $0 == 3010
    SetRebootFlag true
    SetErrorLevel 3010
  ${ElseIf} $0 != 0
    MessageBox MB_OK|MB_ICONSTOP "$1" /SD IDOK
    SetErrorLevel $0
    Quit
  ${EndIf}
keep:
  Delete "$INSTDIR\schannel-dhe.exe"
  Delete "$INSTDIR\schannel_dhe.node"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
