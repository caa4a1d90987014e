import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { S3Connection } from './create-s3-client.ts';
import { storageCall } from './storage-failure.ts';

/** By this name the rule is found again. */
const ruleId = 'beatreel-abort-open-uploads';

/** The rule under which the store itself throws away uploads that nobody ends. */
export interface AbortRule {
  readonly prefix: string;
  /** From the begin of an upload, at least 1. */
  readonly afterDays: number;
}

/** For everything that transfers write. One lasts at most 75 minutes, all its attempts together. */
export const openUploadsRule: AbortRule = { prefix: 'videos/', afterDays: 1 };

/**
 * Sets the bucket's rule and leaves its other rules as they are. Safe to run again.
 *
 * @returns `present` when the bucket already has exactly this rule
 */
export async function installAbortRule(s3: S3Connection, rule: AbortRule): Promise<'installed' | 'present'> {
  const rules = await readRules(s3);
  if (rules.some((found) => isSameRule(found, rule))) return 'present';
  const others = rules.filter(({ ID }) => ID !== ruleId);
  const command = new PutBucketLifecycleConfigurationCommand({
    Bucket: s3.settings.bucket,
    LifecycleConfiguration: { Rules: [...others, toLifecycleRule(rule)] },
  });
  await storageCall({ doing: 'Setting the lifecycle rule of the bucket' }, () => s3.client.send(command));
  return 'installed';
}

/** Whether the bucket has exactly this rule. */
export async function hasAbortRule(s3: S3Connection, rule: AbortRule): Promise<boolean> {
  return (await readRules(s3)).some((found) => isSameRule(found, rule));
}

async function readRules(s3: S3Connection): Promise<LifecycleRule[]> {
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

function toLifecycleRule({ prefix, afterDays }: AbortRule): LifecycleRule {
  return {
    ID: ruleId,
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: afterDays },
  };
}

function isSameRule(found: LifecycleRule, { prefix, afterDays }: AbortRule): boolean {
  return (
    found.ID === ruleId &&
    found.Status === 'Enabled' &&
    found.Filter?.Prefix === prefix &&
    found.AbortIncompleteMultipartUpload?.DaysAfterInitiation === afterDays
  );
}
