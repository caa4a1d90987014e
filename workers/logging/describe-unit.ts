import { media, type Medium, rowOf } from '../../domain/media.ts';

/** The place of an activity in its video, read from its id. Chunks count from 1. */
export interface UnitFields {
  readonly phase?: string;
  readonly beat?: string;
  readonly chunk?: number;
}

const pattern = new RegExp(`^(${Object.keys(media).join('|')})(?:-(b\\d+))?(?:-(\\d+))?-[a-z]`);

/** @param activityId such as `chunk-b3-2-t0-1a2b3c4d-await`; other ids give no fields */
export function describeUnit(activityId: string): UnitFields {
  const [, medium, beat, chunk] = pattern.exec(activityId) ?? [];
  if (medium === undefined) return {};
  const { phase } = rowOf(medium as Medium);
  return {
    phase,
    ...(beat === undefined ? {} : { beat }),
    ...(chunk === undefined ? {} : { chunk: Number(chunk) }),
  };
}
