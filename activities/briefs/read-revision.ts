import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { bucketLayout, type Revision, revisionKey } from '../../domain/revision.ts';
import type { ObjectStore } from '../../storage/object-store.ts';

/**
 * @returns undefined where there is none
 * @throws BeatreelFailure InvalidRequest where a release with another bucket layout wrote it
 */
export async function readRevision(
  store: ObjectStore,
  videoId: string,
  revision: number,
): Promise<Revision | undefined> {
  const key = revisionKey(videoId, revision);
  const found = (await store.getJson(key))?.value as Revision | undefined;
  if (found) refuseOtherLayout(key, found);
  return found;
}

/** @throws BeatreelFailure InvalidRequest */
export function refuseOtherLayout(key: string, { layout }: { readonly layout?: unknown }): void {
  if (layout === bucketLayout) return;
  const found = layout === undefined ? 'has no layout number' : `is of layout ${JSON.stringify(layout)}`;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `${key} ${found}, and this release reads layout ${bucketLayout}: start a new video under another id.`,
  );
}
