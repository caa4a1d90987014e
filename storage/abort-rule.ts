import type { S3Connection } from './create-s3-client.ts';
import { type LifecycleRule, readLifecycleRules, setLifecycleRule } from './lifecycle-rules.ts';

/** Identifies our rule among the bucket's rules. */
const ruleId = 'beatreel-abort-open-uploads';

/** A rule by which the store itself discards uploads that nobody ends. */
export interface AbortRule {
  readonly prefix: string;
  /** Counted from the start of an upload, at least 1. */
  readonly afterDays: number;
}

/** Covers everything that transfers write. One transfer lasts at most 75 minutes, all its attempts together. */
export const openUploadsRule: AbortRule = { prefix: 'videos/', afterDays: 1 };

/**
 * Sets the bucket's rule and leaves its other rules as they are. Safe to run again.
 *
 * @returns `present` when the bucket already has exactly this rule
 */
export function installAbortRule(s3: S3Connection, rule: AbortRule): Promise<'installed' | 'present'> {
  return setLifecycleRule(s3, toLifecycleRule(rule), (found) => isSameRule(found, rule));
}

/** Whether the bucket has exactly this rule. */
export async function hasAbortRule(s3: S3Connection, rule: AbortRule): Promise<boolean> {
  return (await readLifecycleRules(s3)).some((found) => isSameRule(found, rule));
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
