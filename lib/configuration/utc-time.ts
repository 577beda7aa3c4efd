/**
 * What `toISOString` writes in a year of four digits, which makes V8 read the machine's time zone as well, a hundredth of
 * a start.
 */
export function utcTime(time: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(':');
  return `${date}T${clock}.${String(time.getUTCMilliseconds()).padStart(3, '0')}Z`;
}
