import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { searchAttributes } from './messages.ts';

/** What a listing of videos can be filtered by. */
export interface ListedValues {
  readonly phase?: string;
  readonly costUsd?: number;
  readonly tenant?: string;
  readonly beats?: number;
  readonly revision?: number;
  /** Empty where nothing waits for approval. */
  readonly gate?: string;
}

/**
 * Brings the search attributes up to date. An upsert is an event of the history and an action that is billed, so the
 * cost goes along with a change of phase and never alone.
 */
export function updateListing({ phase, costUsd, tenant, beats, revision, gate }: ListedValues): void {
  const current = workflowInfo().typedSearchAttributes;
  const phaseChanged = phase !== undefined && phase !== current.get(searchAttributes.phase);
  const gateChanged = gate !== undefined && gate !== (current.get(searchAttributes.gate) ?? '');
  if (!phaseChanged && !gateChanged && tenant === undefined && beats === undefined) return;
  upsertSearchAttributes([
    ...(phase === undefined ? [] : [{ key: searchAttributes.phase, value: phase }]),
    ...(costUsd === undefined ? [] : [{ key: searchAttributes.costUsd, value: costUsd }]),
    ...(tenant === undefined ? [] : [{ key: searchAttributes.tenant, value: tenant }]),
    ...(beats === undefined ? [] : [{ key: searchAttributes.beats, value: beats }]),
    ...(revision === undefined ? [] : [{ key: searchAttributes.revision, value: revision }]),
    ...(gateChanged ? [{ key: searchAttributes.gate, value: gate === '' ? null : gate }] : []),
  ]);
}
