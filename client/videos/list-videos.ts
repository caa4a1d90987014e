import type { WorkflowExecutionInfo } from '@temporalio/client';

import { isOpen, type VideoStatus, videoStatuses, waitsForPerson } from '../../domain/video-status.ts';
import { type Phase, phases } from '../../domain/media.ts';
import { generateVideoType, searchAttributes } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { Explanation } from '../../domain/explain-progress.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { explainEnd } from './explain-end.ts';
import { titleOf } from '../../domain/title.ts';
import { readBriefOf } from './read-brief.ts';
import { readStatus } from './read-status.ts';
import { among, waitsForPersonQuery } from './visibility-query.ts';
import { callTimeoutMs, readVideoStatus } from './find-video.ts';

/** The phases and statuses that filter a listing. */
export type ListablePhase = Phase | VideoStatus;
export const listablePhases: readonly ListablePhase[] = [...phases, ...videoStatuses];

/** The filters and the length of a listing. */
export interface ListOptions {
  readonly phase?: ListablePhase;
  readonly tenant?: string;
  /** Only videos that wait for a person, the longest wait first. Default: false. */
  readonly waiting?: boolean;
  /** 1–1,000. Default: 20. */
  readonly limit?: number;
}

/** One video of a listing. A listing lags about a second. */
export interface ListedVideo extends Explanation {
  readonly videoId: string;
  readonly status: VideoStatus;
  /** Its current or last phase: a {@link ListablePhase}. */
  readonly phase?: string;
  readonly title?: string;
  readonly tenant?: string;
  readonly beats?: number;
  /** Cost at the last change of phase, in US dollars. */
  readonly costUsd?: number;
  /** ISO 8601 in UTC, as is `endedAt`. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Start of the wait for a person; absent without one, or when no worker answers. */
  readonly waitingSince?: string;
}

/** Open videos first, then ended ones, newest first. @throws RangeError for options out of range; ServerUnreachable */
export async function listVideos(
  temporal: TemporalNamespace,
  { phase, tenant, waiting = false, limit = 20 }: ListOptions = {},
): Promise<ListedVideo[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostListed) {
    throw new RangeError(`limit is ${limit}: a whole number from 1 to 1,000.`);
  }
  const query = [
    `WorkflowType = '${generateVideoType}'`,
    // Leave out runs that continued as new.
    `ExecutionStatus != 'ContinuedAsNew'`,
    ...(phase === undefined ? [] : [queryOf(requirePhase(phase))]),
    ...(waiting ? [`ExecutionStatus = 'Running' AND ${waitsForPersonQuery}`] : []),
    ...(tenant === undefined ? [] : [`${searchAttributes.tenant.name} = '${requireTenant(tenant)}'`]),
  ].join(' AND ');
  const videos = await temporalCall({ doing: 'Listing videos', at: temporal }, () =>
    temporal.within(callTimeoutMs, async () => {
      // Temporal knows each start, but only the videos themselves know the start of their wait.
      const most = waiting ? mostListed : limit;
      const listed: ListedVideo[] = [];
      const untitled = new Map<string, string>();
      const seen = new Set<string>();
      for await (const info of temporal.client.workflow.list({ query, pageSize: Math.min(most, 200) })) {
        // Each revision of an ended video has its own run; the newest has the current status.
        if (seen.has(info.workflowId)) continue;
        seen.add(info.workflowId);
        if (isEnding(phase) && !(await isNewestRun(temporal, info))) continue;
        listed.push(toListed(info));
        if (listed.at(-1)?.title === undefined)
          untitled.set(info.workflowId, info.raw.firstRunId ?? info.runId);
        if (listed.length === most) break;
      }
      return await addTitles(temporal, listed, untitled);
    }),
  );
  const explained = await explainAll(temporal, videos);
  return waiting ? explained.toSorted(byWaiting).slice(0, limit) : explained;
}

/** Whether the filter matches ended runs: those of earlier revisions must then be left out. */
function isEnding(phase: ListablePhase | undefined): boolean {
  return phase === 'succeeded' || phase === 'failed' || phase === 'canceled';
}

async function isNewestRun(
  { client }: TemporalNamespace,
  { workflowId, runId }: WorkflowExecutionInfo,
): Promise<boolean> {
  return (await client.workflow.getHandle(workflowId).describe()).runId === runId;
}

const mostListed = 1000;

function byWaiting(one: ListedVideo, other: ListedVideo): number {
  const since = ({ waitingSince, startedAt }: ListedVideo) => waitingSince ?? startedAt;
  return since(one).localeCompare(since(other));
}

/** Adds titles from briefs: videos started without the client have no title elsewhere. */
async function addTitles(
  temporal: TemporalNamespace,
  listed: readonly ListedVideo[],
  untitled: ReadonlyMap<string, string>,
): Promise<ListedVideo[]> {
  return Promise.all(
    listed.map(async (video) => {
      const firstRunId = untitled.get(video.videoId);
      if (firstRunId === undefined) return video;
      const brief = await readBriefOf(temporal, { workflowId: video.videoId, firstRunId });
      return brief ? { ...video, title: titleOf(brief) } : video;
    }),
  );
}

/**
 * Asks videos for the reasons of their status: all that wait for a person first, then the first hundred running ones,
 * because each question is a workflow query.
 */
async function explainAll(
  temporal: TemporalNamespace,
  videos: readonly ListedVideo[],
): Promise<ListedVideo[]> {
  const explained: ListedVideo[] = [...videos];
  const entries = [...videos.entries()];
  const running = entries.filter(([, { status }]) => isOpen(status) && !waitsForPerson(status));
  const others = entries.filter(([, { status }]) => !isOpen(status) || waitsForPerson(status));
  const queue = [...others, ...running.slice(0, mostRunningAsked)].values();
  let isAnswered = true;
  const explain = async () => {
    for (const [index, video] of queue) {
      if (!isOpen(video.status)) explained[index] = { ...video, ...(await explainEnd(temporal, video)) };
      if (!isOpen(video.status) || !isAnswered) continue;
      const status = await readStatus(temporal, video.videoId).catch((error: unknown) => {
        if (!(error instanceof BeatreelError)) throw error;
        isAnswered = false;
      });
      const { reason, nextStep, waitingSince } = status ?? {};
      if (status) explained[index] = { ...video, reason, nextStep, waitingSince };
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, explain));
  return explained;
}

const mostRunningAsked = 100;
const questionsAtOnce = 4;

/** Checks the value, because it becomes part of a query. */
function requirePhase(phase: ListablePhase): ListablePhase {
  if (listablePhases.includes(phase)) return phase;
  throw new RangeError(`phase is ${JSON.stringify(phase)}: one of ${listablePhases.join(', ')}.`);
}

/** The query for a phase. For ended videos Temporal's own status counts: a terminated workflow updates no attribute. */
function queryOf(phase: ListablePhase): string {
  const attribute = searchAttributes.phase.name;
  switch (phase) {
    case 'running':
      return `ExecutionStatus = 'Running' AND ${among(attribute, phases)}`;
    case 'parked':
    case 'awaiting_budget':
    case 'awaiting_approval':
      return `ExecutionStatus = 'Running' AND ${attribute} = '${phase}'`;
    case 'succeeded':
      return "ExecutionStatus = 'Completed'";
    case 'canceled':
      return `(ExecutionStatus = 'Canceled' OR (ExecutionStatus = 'Failed' AND ${attribute} = 'canceled'))`;
    case 'failed':
      return `${among('ExecutionStatus', ['Failed', 'Terminated', 'TimedOut'])} AND (${attribute} != 'canceled' OR ${attribute} IS NULL)`;
    case 'plan':
    case 'storyboard':
    case 'chunks':
    case 'stitch':
    case 'music':
      return `${attribute} = '${phase}'`;
  }
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
