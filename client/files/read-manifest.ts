import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import { type Manifest, manifestSchema } from '../../domain/schemas/manifest-schema.ts';
import { manifestKey } from '../../domain/revision.ts';
import { videoFolder } from '../../domain/video-folder.ts';
import { listRevisions } from '../../storage/list-revisions.ts';
import { ManifestMissing } from '../errors/manifest-missing.ts';
import { isVideoId } from '../videos/name-video.ts';
import type { FileStore } from './file-store.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';

/** The manifest in the result of its workflow, or the reason for a missing record, as the end of a sentence. */
export type ManifestRecord =
  | { readonly recorded: ArtifactRef }
  /** `revision`: the wanted one. Default: the newest whole one, else the newest. */
  | { readonly unrecorded: string; readonly revision?: number };

/** Whether a manifest is the one that the workflow recorded. Only that proves its content. */
export interface ManifestProof {
  readonly manifestProven: boolean;
  /** Absent for a proven manifest. */
  readonly unprovenBecause?: string;
}

/** A manifest with its key and its proof. */
export interface StoredManifest extends ManifestProof {
  readonly key: string;
  readonly manifest: Manifest;
  /** Size of the object. */
  readonly sizeBytes: number;
}

/** A video of 60 beats has about 2 MB. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Reads the manifest that the workflow recorded, else that of the newest whole revision. A manifest that differs from
 * its record is returned as unproven.
 *
 * @throws ManifestMissing; ServerUnreachable, InvalidSettings
 */
export async function readManifest(
  files: FileStore,
  videoId: string,
  record: ManifestRecord,
): Promise<StoredManifest> {
  if (!isVideoId(videoId)) throw new ManifestMissing(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  const key = 'recorded' in record ? record.recorded.key : await findKey(files, videoId, record.revision);
  if (key === undefined || !isManifestKey(key, videoId)) {
    throw new ManifestMissing(
      videoId,
      key === undefined
        ? 'the bucket holds none under its id; it is written when the video ends'
        : `its workflow recorded ${key}, which is not its manifest`,
    );
  }
  const bytes = await readBytes(files, videoId, key);
  return { key, manifest: parse(bytes, videoId, key), sizeBytes: bytes.byteLength, ...prove(bytes, record) };
}

function prove(bytes: Uint8Array, record: ManifestRecord): ManifestProof {
  if ('unrecorded' in record) return { manifestProven: false, unprovenBecause: record.unrecorded };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === record.recorded.sha256) return { manifestProven: true };
  const unprovenBecause = `its sha256 is ${sha256}, and its workflow recorded ${record.recorded.sha256 ?? 'none'}`;
  return { manifestProven: false, unprovenBecause };
}

async function readBytes(files: FileStore, videoId: string, key: string): Promise<Buffer> {
  return files.use(async (store) => {
    const head = await store.head(key);
    if (!head) throw new ManifestMissing(videoId, `${key}, which its workflow recorded, is gone`);
    // A store answers an empty range with an error.
    if (head.sizeBytes === 0) return Buffer.alloc(0);
    const { body, sizeBytes } = await store.getStream(key, { range: { start: 0, end: maxBytes - 1 } });
    if (head.sizeBytes <= maxBytes) return buffer(body);
    body.destroy();
    throw new ManifestMissing(videoId, `${key} has more than ${sizeBytes} bytes`);
  });
}

function parse(bytes: Buffer, videoId: string, key: string): Manifest {
  const parsed = manifestSchema.safeParse(toJson(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ManifestMissing(
    videoId,
    `${key} is not a manifest (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
  );
}

/** @returns undefined for invalid JSON */
function toJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isManifestKey(key: string, videoId: string): boolean {
  const folder = videoFolder(videoId);
  return key.startsWith(folder) && /^manifest-r\d+\.json$/.test(key.slice(folder.length));
}

async function findKey(
  files: FileStore,
  videoId: string,
  wanted: number | undefined,
): Promise<string | undefined> {
  const revisions = await files.use((store) => listRevisions(store, videoId, 'manifest'));
  if (wanted !== undefined) return revisions.includes(wanted) ? manifestKey(videoId, wanted) : undefined;
  const keys = revisions.toReversed().map((revision) => manifestKey(videoId, revision));
  for (const key of keys) {
    const { status } = (toJson(await readBytes(files, videoId, key)) ?? {}) as { readonly status?: unknown };
    if (status === 'succeeded') return key;
  }
  return keys[0];
}
