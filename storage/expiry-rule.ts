import type { S3Connection } from './create-s3-client.ts';
import { type LifecycleRule, readLifecycleRules, setLifecycleRule } from './lifecycle-rules.ts';

/** Identifies our rule among the bucket's rules. */
const ruleId = 'beatreel-expire-videos';

/** A rule by which the store itself deletes objects of a certain age. It does not know about videos. */
export interface ExpiryRule {
  readonly prefix: string;
  /** Counted from the writing of each object, at least 1. */
  readonly afterDays: number;
}

/** Sets the bucket's rule and leaves its other rules as they are. Safe to run again. */
export function installExpiryRule(s3: S3Connection, rule: ExpiryRule): Promise<'installed' | 'present'> {
  const { prefix, afterDays } = rule;
  const wanted: LifecycleRule = {
    ID: ruleId,
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    Expiration: { Days: afterDays },
  };
  return setLifecycleRule(s3, wanted, (found) => isSameRule(found, rule));
}

/** Whether the bucket has exactly this rule. */
export async function hasExpiryRule(s3: S3Connection, rule: ExpiryRule): Promise<boolean> {
  return (await readLifecycleRules(s3)).some((found) => isSameRule(found, rule));
}

function isSameRule(
  { ID, Status, Filter, Expiration }: LifecycleRule,
  { prefix, afterDays }: ExpiryRule,
): boolean {
  return ID === ruleId && Status === 'Enabled' && Filter?.Prefix === prefix && Expiration?.Days === afterDays;
}
