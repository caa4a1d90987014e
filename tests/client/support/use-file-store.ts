import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FileStore } from '../../../client/files/file-store.ts';
import type { ManifestRecord } from '../../../client/files/read-manifest.ts';
import type { Manifest } from '../../../domain/schemas/manifest-schema.ts';
import { createObjectStore, type ObjectStore } from '../../../storage/object-store.ts';
import { startObjectStore, type TestObjectStore } from '../../storage/start-object-store.ts';

/** The servers and folder of tests of a client's files. */
export interface FileBench {
  readonly server: TestObjectStore;
  readonly store: ObjectStore;
  readonly files: FileStore;
  /** A folder on this machine; removed at the end. */
  readonly folder: string;
}

/** Temporal has forgotten the video's result. */
export const forgotten: ManifestRecord = { unrecorded: 'Temporal forgot it' };

/** Starts everything before the tests of a file, and ends it after them. */
export function useFileStore(): FileBench {
  const bench = {} as { -readonly [Name in keyof FileBench]: FileBench[Name] };
  beforeAll(async () => {
    bench.server = await startObjectStore();
    bench.store = createObjectStore(bench.server.s3);
    bench.files = new FileStore(bench.server.s3.settings);
    bench.folder = await mkdtemp(join(tmpdir(), 'beatreel-client-'));
  });
  afterAll(async () => {
    bench.files.close();
    bench.store.close();
    await bench.server.stop();
    await rm(bench.folder, { recursive: true, force: true });
  });
  return bench;
}

let count = 0;

export function newId(): string {
  count += 1;
  return `files-${count}-${Date.now()}`;
}

/** Changes entries of the manifest, but not the files. */
export async function restate(
  { store }: FileBench,
  manifest: Manifest,
  changes: Partial<Manifest>,
): Promise<void> {
  await store.putJson(`videos/${manifest.videoId}/manifest-r1.json`, { ...manifest, ...changes });
}
