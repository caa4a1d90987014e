import { InvalidArgumentError } from 'commander';

/** Reads a whole number of an option. Both limits are inclusive. */
export function parseWhole(lowest: number, highest = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= lowest && number <= highest) return number;
    const range = highest === Number.MAX_SAFE_INTEGER ? `${lowest} or more` : `${lowest} to ${highest}`;
    throw new InvalidArgumentError(`It must be a whole number, ${range}.`);
  };
}
