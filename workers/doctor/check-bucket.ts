import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { describeSkew } from '../../domain/server-clock.ts';
import { openUploadsRule } from '../../storage/abort-rule.ts';
import { assertConditionalWrites } from '../../storage/conditional-writes.ts';
import { connectS3, type S3Connection } from '../../storage/create-s3-client.ts';
import {
  abortUpload,
  abortUploadsTo,
  completeUpload,
  createUpload,
  listOpenUploads,
} from '../../storage/multipart-upload.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';
import type { Environment } from '../../activities/runtime/read-variable.ts';
import { askStatus } from './ask-status.ts';
import { type Check, checkInOrder, checkOne } from './check.ts';

/** The longest that a usable store takes for a few bytes, in milliseconds. */
const timeoutMs = 30_000;

/**
 * Tries everything that workers do in the bucket, with keys of its own that it deletes again.
 *
 * @param fix sets the rule by which the store itself aborts abandoned uploads
 */
export async function checkBucket(env: Environment, fix: boolean): Promise<Check[]> {
  const settings = await checkOne('bucket: settings', () => Promise.resolve(readS3Settings(env).bucket));
  if (settings.state === 'wrong') return [settings];
  const s3 = connectS3(readS3Settings(env));
  const store = createObjectStore(s3);
  const prefix = `checks/doctor-${randomUUID()}/`;
  const { bucket, endpoint = 'AWS' } = s3.settings;
  const written = `${prefix}written.json`;
  const inParts = `${prefix}in-parts.bin`;
  const copied = `${prefix}copied.bin`;
  try {
    const checks = await checkInOrder([
      ['bucket: write', () => write(store, written, `${bucket} at ${endpoint}`)],
      ['bucket: list', () => list(store, prefix, written)],
      ['bucket: multipart upload', () => uploadInParts(s3, inParts)],
      ['bucket: open uploads', () => lookAtUploads(s3, inParts)],
      ['bucket: copy and read', () => copyAndRead(store, { from: inParts, to: copied })],
      ['bucket: presigned address', () => readPresigned(store, copied)],
      ['bucket: conditional write', () => writeConditionally(store, prefix)],
      ['bucket: delete', () => remove(store, [written, inParts, copied])],
      ['bucket: clock', () => compareClocks(s3)],
    ]);
    if (checks.some(({ state }) => state === 'wrong')) return checks;
    return [...checks, await checkOne('bucket: lifecycle rule', () => lookAtRule(store, fix))];
  } finally {
    // A failed check may have left objects; its problem is already in the report.
    await abortUploadsTo(s3, inParts).catch(() => undefined);
    await store.deleteMany([written, inParts, copied]).catch(() => undefined);
    store.close();
  }
}

async function write(store: ObjectStore, key: string, place: string): Promise<string> {
  await store.putJson(key, { by: 'beatreel doctor' });
  return place;
}

async function list(store: ObjectStore, prefix: string, key: string): Promise<string> {
  for await (const object of store.list(prefix)) if (object.key === key) return 'what was written is listed';
  throw new Error(`${key} was written and is not listed: use a store whose listings are consistent.`);
}

async function uploadInParts(s3: S3Connection, key: string): Promise<string> {
  const bytes = Buffer.from('beatreel doctor');
  const uploadId = await createUpload(s3, { key, contentType: 'application/octet-stream' });
  // Sent to a presigned address, as transfers do.
  const sender = createPartSender(s3);
  const body = Readable.from([bytes]);
  const signal = AbortSignal.timeout(timeoutMs);
  const part = await sender
    .send({ key, uploadId, partNumber: 1, sizeBytes: bytes.byteLength, body, signal })
    .finally(() => sender.close());
  const ended = await completeUpload(s3, { key, uploadId, parts: [part], totalBytes: bytes.byteLength });
  if (ended === 'completed') return 'a part was uploaded and joined';
  throw new Error(`The multipart upload of ${key} is ${ended} although nobody else wrote it.`);
}

/** Checks that uploads can be listed and aborted, as every video does in its folder before it ends. */
async function lookAtUploads(s3: S3Connection, key: string): Promise<string> {
  const uploadId = await createUpload(s3, { key, contentType: 'application/octet-stream' });
  const open = await listOpenUploads(s3, key);
  if (!open.some((upload) => upload.uploadId === uploadId))
    throw new Error(`The upload to ${key} is open and not listed: allow s3:ListBucketMultipartUploads.`);
  await abortUpload(s3, { key, uploadId });
  return 'an upload was listed and aborted';
}

async function copyAndRead(store: ObjectStore, { from, to }: { from: string; to: string }): Promise<string> {
  await store.copy({ from, to, contentType: 'application/octet-stream' });
  const { sizeBytes } = await store.hashObject(to);
  return `${sizeBytes} bytes were copied and read back`;
}

/** Reads through a presigned address, as model hosts and our own tools do. */
async function readPresigned(store: ObjectStore, key: string): Promise<string> {
  const address = await store.presignGet(key, { expiresSeconds: 60, publicEndpoint: false });
  const status = await askStatus(address, timeoutMs);
  if (status === 200) return 'it opens an object';
  throw new Error(`A presigned address of ${key} answers ${status}: the store refuses our signature.`);
}

function compareClocks({ clock, settings }: S3Connection): Promise<string> {
  const skew = describeSkew(`the object store at ${settings.endpoint ?? 'AWS'}`, clock);
  return skew === undefined
    ? Promise.resolve('agrees with that of this machine')
    : Promise.reject(new Error(skew));
}

async function writeConditionally(store: ObjectStore, prefix: string): Promise<string> {
  await assertConditionalWrites(store, prefix);
  return 'If-None-Match and If-Match are honoured';
}

async function remove(store: ObjectStore, keys: readonly string[]): Promise<string> {
  await store.deleteMany(keys);
  for (const key of keys) {
    if (await store.head(key)) throw new Error(`${key} was deleted and is still there.`);
  }
  return 'nothing is left of this check';
}

/** Looks for the rule. It is optional, because `beatreel sweep` also aborts uploads of a dead fleet. */
async function lookAtRule(store: ObjectStore, fix: boolean): Promise<string> {
  const { prefix, afterDays } = openUploadsRule;
  const does = `uploads below ${prefix} that nobody ends are aborted after ${afterDays} day`;
  try {
    if (fix) return `${does} (${await store.installAbortRule(openUploadsRule)})`;
    if (await store.hasAbortRule(openUploadsRule)) return does;
    return 'none: beatreel doctor --fix sets one that aborts uploads that nobody ends, or run beatreel sweep';
  } catch (error) {
    if (fix) throw error;
    return 'this key may not read it, or the store has none: run beatreel sweep now and then';
  }
}
