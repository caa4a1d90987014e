import type { WorkflowExecutionInfo } from '@temporalio/client';

import { type VideoStatus, videoStatuses, waitsForPerson } from '../../domain/video-status.ts';
import { type Phase, phases } from '../../domain/media.ts';
import { generateVideoType, searchAttributes } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { Explanation } from '../../domain/explain-progress.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { explainEnd } from './explain-end.ts';
import { readStatus } from './read-status.ts';
import { callTimeoutMs, readVideoStatus } from './find-video.ts';

/** What a listing can be narrowed to by phase: a phase, or how a video stands or ended. */
export type ListablePhase = Phase | Exclude<VideoStatus, 'running'>;
export const listablePhases: readonly ListablePhase[] = [
  ...phases,
  ...videoStatuses.filter((status) => status !== 'running'),
];

export interface ListOptions {
  readonly phase?: ListablePhase;
  readonly tenant?: string;
  /** 1–1,000. Default: 20. */
  readonly limit?: number;
}

/** One video of a listing. A listing lags a second or so behind. */
export interface ListedVideo extends Explanation {
  readonly videoId: string;
  readonly status: VideoStatus;
  /** Where it is, or was when it ended: a {@link ListablePhase}. */
  readonly phase?: string;
  readonly title?: string;
  readonly tenant?: string;
  readonly beats?: number;
  /** As of the last change of phase, in US dollars. */
  readonly costUsd?: number;
  /** ISO 8601 in UTC, as is `endedAt`. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** Those that have not ended first, then the latest. @throws RangeError for options out of range; ServerUnreachable */
export async function listVideos(
  temporal: TemporalNamespace,
  { phase, tenant, limit = 20 }: ListOptions = {},
): Promise<ListedVideo[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new RangeError(`limit is ${limit}: a whole number from 1 to 1,000.`);
  }
  const query = [
    `WorkflowType = '${generateVideoType}'`,
    // Runs of a video that went on in another one.
    `ExecutionStatus != 'ContinuedAsNew'`,
    ...(phase === undefined ? [] : [`${searchAttributes.phase.name} = '${requirePhase(phase)}'`]),
    ...(tenant === undefined ? [] : [`${searchAttributes.tenant.name} = '${requireTenant(tenant)}'`]),
  ].join(' AND ');
  const videos = await temporalCall({ doing: 'Listing videos', at: temporal }, () =>
    temporal.within(callTimeoutMs, async () => {
      const listed: ListedVideo[] = [];
      for await (const info of temporal.client.workflow.list({ query, pageSize: Math.min(limit, 200) })) {
        listed.push(toListed(info));
        if (listed.length === limit) break;
      }
      return listed;
    }),
  );
  return explainAll(temporal, videos);
}

/** Those that failed or wait for a person are asked why; of the others there is nothing to tell. */
async function explainAll(
  temporal: TemporalNamespace,
  videos: readonly ListedVideo[],
): Promise<ListedVideo[]> {
  const explained: ListedVideo[] = [...videos];
  const queue = videos.entries();
  let isAnswered = true;
  const explain = async () => {
    for (const [index, video] of queue) {
      if (video.status === 'failed') explained[index] = { ...video, ...(await explainEnd(temporal, video)) };
      if (!waitsForPerson(video.status) || !isAnswered) continue;
      const status = await readStatus(temporal, video.videoId).catch((error: unknown) => {
        if (!(error instanceof BeatreelError)) throw error;
        isAnswered = false;
      });
      if (status) explained[index] = { ...video, reason: status.reason, nextStep: status.nextStep };
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, explain));
  return explained;
}

const questionsAtOnce = 4;

/** What is asked for becomes part of a query. */
function requirePhase(phase: string): string {
  if ((listablePhases as readonly string[]).includes(phase)) return phase;
  throw new RangeError(`phase is ${JSON.stringify(phase)}: one of ${listablePhases.join(', ')}.`);
}

function requireTenant(tenant: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(tenant)) return tenant;
  throw new RangeError(
    `tenant is ${JSON.stringify(tenant)}: 1–64 letters, digits, dots, dashes and underscores.`,
  );
}

function toListed({
  workflowId,
  status,
  startTime,
  closeTime,
  memo,
  typedSearchAttributes,
}: WorkflowExecutionInfo): ListedVideo {
  const phase = typedSearchAttributes.get(searchAttributes.phase);
  const title = memo?.['title'];
  const tenant = typedSearchAttributes.get(searchAttributes.tenant);
  const beats = typedSearchAttributes.get(searchAttributes.beats);
  const costUsd = typedSearchAttributes.get(searchAttributes.costUsd);
  return {
    videoId: workflowId,
    status: readVideoStatus(status.name, phase),
    phase,
    ...(typeof title === 'string' ? { title } : {}),
    tenant,
    beats,
    costUsd,
    startedAt: startTime.toISOString(),
    ...(closeTime === undefined ? {} : { endedAt: closeTime.toISOString() }),
  };
}
