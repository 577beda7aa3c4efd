/** Which Windows builds carry Microsoft's fix for leading zero bytes (KB4557473). */
export type LeadingZeroFix = 'present' | 'absent' | 'never-made' | 'unknown';

/** KB4537806 of 2020-02-25, the first update of 1607 / Server 2016 that has the fix: 10.0.14393.3542. */
const firstFixedRevision = 3542;

/** `never-made`: Windows 10 1507 and all before. 1511 and all later versions have it; 1607 has it from an update on. */
export function judgeLeadingZeroFix({
  build,
  revision,
}: {
  readonly build: number | null;
  /** The update revision (UBR). */
  readonly revision: number | null;
}): LeadingZeroFix {
  if (build === null) return 'unknown';
  if (build < 10586) return 'never-made';
  if (build !== 14393) return 'present';
  if (revision === null) return 'unknown';
  return revision >= firstFixedRevision ? 'present' : 'absent';
}
