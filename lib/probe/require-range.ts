import { InvalidArgumentError } from '../errors';

/** @throws InvalidArgumentError for anything but an integer of that range */
export function requireRange(value: number, least: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidArgumentError(what, `an integer from ${least} to ${most}`, value);
  }
}
