import { InvalidArgumentError } from 'commander';

/** Reads a beat by its 1-based place in the story, or by its id. */
export function parseBeat(text: string): number | string {
  if (/^b\d{1,4}$/.test(text)) return text;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a place in the story, from 1, or the id of a beat, such as b3.');
}
