import type { ArtifactRef } from '../domain/artifact.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';

/** A step of our own, whose result is recorded under a key made from its inputs. */
export interface OwnStep<Result> {
  /** The key of its record; names all inputs of the step. */
  readonly recordKey: string;
  /** The files of the result. If one is missing, the step runs again. */
  readonly files: (result: Result) => readonly (ArtifactRef | undefined)[];
  readonly work: () => Promise<Result>;
}

/** Runs a step unless any run or revision did it before. */
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
