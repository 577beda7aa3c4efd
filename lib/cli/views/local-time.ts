/** An instant as the clock of this machine shows it, with its offset: `2026-11-25 12:55 +09:00`. */
export function formatLocalTime(time: string): string {
  const instant = new Date(time);
  const offset = -instant.getTimezoneOffset();
  const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 16).replace('T', ' ');
  const parts = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return `${local} ${offset < 0 ? '-' : '+'}${parts.join(':')}`;
}
