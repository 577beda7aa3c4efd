/** The NTSTATUS values that CNG's configuration functions are documented or known to answer with (ntstatus.h). */
const names = new Map<number, string>([
  [0x00000000, 'STATUS_SUCCESS'],
  [0xc0000001, 'STATUS_UNSUCCESSFUL'],
  [0xc0000002, 'STATUS_NOT_IMPLEMENTED'],
  [0xc000000d, 'STATUS_INVALID_PARAMETER'],
  [0xc0000017, 'STATUS_NO_MEMORY'],
  [0xc0000022, 'STATUS_ACCESS_DENIED'],
  [0xc0000023, 'STATUS_BUFFER_TOO_SMALL'],
  [0xc0000225, 'STATUS_NOT_FOUND'],
]);

/** `STATUS_ACCESS_DENIED` and the like; `unnamed status` for one that this package has no name for. */
export function ntStatusName(status: number): string {
  return names.get(status) ?? 'unnamed status';
}
