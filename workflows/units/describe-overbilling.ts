import type { ModelChoice } from '../../domain/brief.ts';
import { showUsd } from '../../domain/show-usd.ts';

/**
 * Describes a bill above the highest price. Such a price is no longer a cap, so purchases stop until a person has seen
 * it.
 *
 * @returns a sentence; undefined where the price holds
 */
export function describeOverbilling(
  { name, host, highestPriceUsd }: ModelChoice,
  unit: string,
  costUsd: number,
): string | undefined {
  if (costUsd <= highestPriceUsd) return undefined;
  return (
    `The host ${host} billed ${showUsd(costUsd)} for ${unit} with ${name}, whose highest price in the catalogue is ` +
    `${showUsd(highestPriceUsd)}. Correct the catalogue, then raise the budget to go on.`
  );
}
