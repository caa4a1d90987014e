import { arrayFromPayloads } from '@temporalio/common';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { checkBrief } from '../../domain/schemas/check-brief.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { callTimeoutMs } from './find-video.ts';

/** The first run of a video: later ones, after a reset or a long history, have other arguments. */
export interface FirstRun {
  readonly workflowId: string;
  readonly firstRunId: string;
}

/**
 * Reads a video's brief from the start of its first run.
 *
 * @returns undefined where Temporal no longer has it, or it is invalid
 */
export async function readBriefOf(
  temporal: TemporalNamespace,
  { workflowId, firstRunId }: FirstRun,
): Promise<BriefInput | undefined> {
  const { namespace, client } = temporal;
  const execution = { workflowId, runId: firstRunId };
  const { history } = await temporal.within(callTimeoutMs, () =>
    client.workflowService.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 }),
  );
  const payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  try {
    const [input] = arrayFromPayloads(client.options.loadedDataConverter.payloadConverter, payloads);
    const checked = checkBrief(input);
    return checked.ok ? checked.brief : undefined;
  } catch {
    // A start by hand may hold anything.
    return undefined;
  }
}
