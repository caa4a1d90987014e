import { waitingStatuses } from '../../domain/video-status.ts';
import { searchAttributes } from '../../workflows/messages.ts';

/** A condition of Temporal's visibility: the attribute has one of these values. */
export function among(attribute: string, values: readonly string[]): string {
  return `${attribute} IN (${values.map((value) => `'${value}'`).join(', ')})`;
}

/** The condition for open videos that wait for a person. */
export const waitsForPersonQuery = among(searchAttributes.phase.name, waitingStatuses);
