import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { searchAttributes } from './messages.ts';

/** The filters of a video listing. */
export interface ListedValues {
  readonly phase?: string;
  readonly costUsd?: number;
  readonly tenant?: string;
  readonly beats?: number;
  readonly revision?: number;
  /** Empty where the video waits at no gate. */
  readonly gate?: string;
}

/**
 * Updates the search attributes. An upsert is a history event and a billed action, so the cost is only updated together
 * with a change of phase.
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
