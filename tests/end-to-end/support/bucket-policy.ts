import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { packageRoot } from '../../../workers/setup/package-root.ts';
import type { StoreCall } from './start-recording-road.ts';

/** The need of a call: a permission of S3, on an object by key or on the bucket. */
export interface Need {
  readonly action: string;
  /** Absent: the bucket itself. */
  readonly key?: string;
}

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  // Only forms that the evaluation below understands: no conditions, no denials.
  Statement: z.array(
    z.strictObject({ Sid: z.string(), Effect: z.literal('Allow'), Action: list, Resource: list }),
  ),
});

export type Policy = z.output<typeof policySchema>;

/** @param name of a file in `docs/policies` */
export async function readPolicy(name: string): Promise<Policy> {
  const text = await readFile(join(packageRoot(), 'docs', 'policies', `${name}.json`), 'utf8');
  return policySchema.parse(JSON.parse(text));
}

/** Whether a policy allows the need of a call. */
export function allows({ Statement }: Policy, { action, key }: Need): boolean {
  const resource = key === undefined ? 'arn:aws:s3:::BUCKET' : `arn:aws:s3:::BUCKET/${key}`;
  return Statement.some(
    ({ Action, Resource }) =>
      Action.includes(action) && Resource.some((pattern) => matches(pattern, resource)),
  );
}

function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(resource);
}

/**
 * The permissions that Amazon S3 asks for a call ("Required permissions for Amazon S3 API operations" and "Conditional
 * requests" in its user guide, read 2026-11-28).
 */
export function needsOf(call: StoreCall): Need[] {
  return call.key === '' ? bucketNeeds(call) : objectNeeds(call);
}

function bucketNeeds({ method, query, keysInBody }: StoreCall): Need[] {
  if (query.has('delete')) return keysInBody.map((key) => ({ action: 's3:DeleteObject', key }));
  if (query.has('uploads')) return [{ action: 's3:ListBucketMultipartUploads' }];
  if (query.has('lifecycle'))
    return [{ action: method === 'GET' ? 's3:GetLifecycleConfiguration' : 's3:PutLifecycleConfiguration' }];
  if (method === 'GET' && query.has('list-type')) return [{ action: 's3:ListBucket' }];
  throw new Error(`No permission is known for ${method} of the bucket with ${query.toString()}.`);
}

function objectNeeds({ method, key, query, headers, status }: StoreCall): Need[] {
  const isUpload = query.has('uploadId');
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isUpload) return [{ action: 's3:ListMultipartUploadParts', key }];
      // Without the right to list, S3 answers 403 for a missing key.
      return [{ action: 's3:GetObject', key }, ...(status === 404 ? [{ action: 's3:ListBucket' }] : [])];
    case 'PUT':
      return [
        { action: 's3:PutObject', key },
        ...(headers['if-match'] === undefined ? [] : [{ action: 's3:GetObject', key }]),
        ...copied(headers['x-amz-copy-source']),
      ];
    case 'POST':
      return [{ action: 's3:PutObject', key }];
    case 'DELETE':
      return [{ action: isUpload ? 's3:AbortMultipartUpload' : 's3:DeleteObject', key }];
    default:
      throw new Error(`No permission is known for ${method} of ${key}.`);
  }
}

function copied(source: string | string[] | undefined): Need[] {
  if (typeof source !== 'string') return [];
  return [{ action: 's3:GetObject', key: decodeURIComponent(source).split('/').slice(1).join('/') }];
}
