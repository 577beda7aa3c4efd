/** The lines of `npm run bench`, and its verdict. */

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;
}

export function report(name: string, value: number, unit: string, limit?: number): void {
  const verdict =
    limit === undefined ? '' : value <= limit ? `  (at most ${limit}: holds)` : `  (at most ${limit}: BROKEN)`;
  process.stdout.write(`${name.padEnd(58)} ${value.toFixed(2).padStart(8)} ${unit}${verdict}\n`);
  if (limit !== undefined && value > limit) process.exitCode = 1;
}
