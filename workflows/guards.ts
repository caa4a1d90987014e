import type { ArtifactRef, FittedScore } from '../domain/artifact.ts';
import { isFailureType } from '../domain/failures.ts';
import type { AccountLimits, PermitChange, PermitRequest } from '../domain/permits.ts';
import type { Approval } from '../domain/gates.ts';
import type { PredictionOutcome } from '../domain/prediction.ts';

/*
 * Values from outside may be anything: people send signals and updates, and complete activities, by hand. These small
 * checks run where such values enter workflow code. They check only the properties that the code relies on.
 */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Finite and not negative. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

export function isArtifact(value: unknown): value is ArtifactRef {
  return (
    isRecord(value) && isText(value['key']) && isAmount(value['sizeBytes']) && isText(value['contentType'])
  );
}

export function isFittedScore(value: unknown): value is FittedScore {
  return isRecord(value) && isArtifact(value) && (value['track'] === undefined || isArtifact(value['track']));
}

export function isOutcome(value: unknown): value is PredictionOutcome {
  if (!isRecord(value) || !isAmount(value['costUsd'])) return false;
  if (value['state'] === 'succeeded') return true;
  const isEnd = ['failed', 'canceled', 'lost'].includes(value['state'] as string);
  return isEnd && isFailureType(value['type']) && isText(value['reason']);
}

/** The answer to an order: its record, and its prediction or its end. */
export function isSubmitted(value: unknown): boolean {
  if (!isRecord(value) || !isText(value['ledgerKey']) || !isText(value['predictionKey'])) return false;
  const { state, prediction, outcome } = value;
  if (state === 'submitted')
    return isRecord(prediction) && isText(prediction['host']) && isText(prediction['id']);
  return state === 'ended' && isOutcome(outcome) && outcome.state !== 'succeeded';
}

const kinds: readonly unknown[] = ['stills', 'chunks'];

/** Each limit is a whole number from 1 on, or absent. */
export function isAccountLimits(value: unknown): value is AccountLimits {
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([kind, limit]) => kinds.includes(kind) && Number.isInteger(limit) && (limit as number) > 0,
    )
  );
}

export function isPermitChange(value: unknown): value is PermitChange {
  if (!isRecord(value)) return false;
  if (value['change'] === 'release') return isText(value['permitId']);
  return value['change'] === 'request' && isPermitRequest(value['request']);
}

/** A day; dates far beyond it overflow. */
const longestPermitSeconds = 86_400;

function isPermitRequest(value: unknown): value is PermitRequest {
  return (
    isRecord(value) &&
    [value['permitId'], value['tenant']].every(isText) &&
    isText(value['videoId']) &&
    /^[a-z0-9-]{1,64}$/.test(value['videoId']) &&
    kinds.includes(value['kind']) &&
    isAmount(value['expiresAfterSeconds']) &&
    value['expiresAfterSeconds'] <= longestPermitSeconds
  );
}

/** Stands in for a value that cannot be decoded. */
export interface Undecodable {
  readonly undecodable: string;
}

export function isUndecodable(value: unknown): value is Undecodable {
  return isRecord(value) && Object.keys(value).length === 1 && isText(value['undecodable']);
}

/** Checks an update's argument: an object with these fields and no others, each of its type or absent. */
function hasFields(value: unknown, fields: Readonly<Record<string, (field: unknown) => boolean>>): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(
    ([name, field]) => field === undefined || fields[name]?.(field) === true,
  );
}

/** A 1-based place, or an id. */
const isBeat = (value: unknown) => isText(value) || (Number.isInteger(value) && (value as number) > 0);
const isFlag = (value: unknown) => typeof value === 'boolean';

export function isRetryRequest(value: unknown): boolean {
  return hasFields(value, { beat: isBeat, unit: isText, prompt: isText, newTake: isFlag });
}

/** Checks the shape alone; the decision checks the amount. */
export function isBudgetRequest(value: unknown): boolean {
  return hasFields(value, { budgetUsd: () => true });
}

export function isApproveRequest(value: unknown): boolean {
  return hasFields(value, { gate: isText, digest: isText, by: isText });
}

export function isRejectRequest(value: unknown): boolean {
  return hasFields(value, { gate: isText, digest: isText, by: isText, reason: isText });
}

export function isApprovals(value: unknown): value is readonly Approval[] {
  const isApproval = (item: unknown) =>
    isRecord(item) && [item['gate'], item['digest'], item['at']].every(isText) && isAmount(item['revision']);
  return Array.isArray(value) && value.every(isApproval);
}

export function isReconcileRequest(value: unknown): boolean {
  return hasFields(value, {
    beat: isBeat,
    unit: isText,
    adopt: isText,
    resubmit: isFlag,
    goWithout: isFlag,
  });
}
