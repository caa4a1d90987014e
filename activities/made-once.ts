import type { ArtifactRef } from '../domain/artifact.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';

/** A step of our own, whose result is found again by what it is made from. */
export interface OwnStep<Result> {
  /** Where its result is noted; names all that the step is made from. */
  readonly recordKey: string;
  /** The files that stand for the result: should one be gone, the step is done again. */
  readonly files: (result: Result) => readonly (ArtifactRef | undefined)[];
  readonly work: () => Promise<Result>;
}

/** Does a step unless it was done before, in whichever run or revision. */
export async function madeOnce<Result extends object>(
  store: ObjectStore,
  { recordKey, files, work }: OwnStep<Result>,
): Promise<Result> {
  const before = (await store.getJson(recordKey))?.value as Result | undefined;
  if (before && (await areThere(store, files(before)))) return before;
  const made = await work();
  if (!before) return putOnce(store, recordKey, made);
  await store.putJson(recordKey, made);
  return made;
}

async function areThere(store: ObjectStore, files: readonly (ArtifactRef | undefined)[]): Promise<boolean> {
  const sizes = await Promise.all(
    files.flatMap((file) =>
      file ? [store.head(file.key).then((found) => found?.sizeBytes === file.sizeBytes)] : [],
    ),
  );
  return sizes.every(Boolean);
}
