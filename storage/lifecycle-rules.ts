import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { S3Connection } from './create-s3-client.ts';
import { storageCall } from './storage-failure.ts';

/** A rule by which the bucket cleans up by itself. */
export type { LifecycleRule };

/**
 * Sets one rule of the bucket, identified by its `ID`, and leaves its other rules as they are. Safe to run again.
 *
 * @param isSame whether an existing rule is the wanted one
 * @returns `present` when the bucket already has it
 */
export async function setLifecycleRule(
  s3: S3Connection,
  rule: LifecycleRule,
  isSame: (found: LifecycleRule) => boolean,
): Promise<'installed' | 'present'> {
  const rules = await readLifecycleRules(s3);
  if (rules.some(isSame)) return 'present';
  const others = rules.filter(({ ID }) => ID !== rule.ID);
  const command = new PutBucketLifecycleConfigurationCommand({
    Bucket: s3.settings.bucket,
    LifecycleConfiguration: { Rules: [...others, rule] },
  });
  await storageCall({ doing: 'Setting the lifecycle rule of the bucket' }, () => s3.client.send(command));
  return 'installed';
}

export async function readLifecycleRules(s3: S3Connection): Promise<LifecycleRule[]> {
  const command = new GetBucketLifecycleConfigurationCommand({ Bucket: s3.settings.bucket });
  return storageCall({ doing: 'Reading the lifecycle rules of the bucket' }, async () => {
    try {
      return (await s3.client.send(command)).Rules ?? [];
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchLifecycleConfiguration') return [];
      throw error;
    }
  });
}
