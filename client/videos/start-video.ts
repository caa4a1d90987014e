import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/client';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { withoutUploadName } from '../../domain/schemas/brief-pictures.ts';
import { generateVideoType, searchAttributes } from '../../workflows/messages.ts';
import { escapeMarkdown } from '../../domain/escape-markdown.ts';
import { titleOf } from '../../domain/title.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { grpcCodeOf, grpcDetailsOf } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { grpcCodes } from '../connection/grpc-codes.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import type { FileStore } from '../files/file-store.ts';
import { uploadPictures } from '../files/upload-pictures.ts';
import { type BriefOptions, checkStart } from './check-start.ts';
import { describeBrief } from './describe-brief.ts';
import { callTimeoutMs, findVideo } from './find-video.ts';
import { VideoIdTaken } from '../errors/video-id-taken.ts';
import { nameVideo } from './name-video.ts';
import { readBriefOf } from './read-brief.ts';

/** The options of a start. */
export interface StartOptions extends BriefOptions {
  /**
   * 1–64 of `a-z`, `0-9` and `-`; overrides the brief's `requestId`. Default: derived from `requestId`, or the title
   * with eight random characters.
   */
  readonly videoId?: string;
}

/** The input of one start. */
export interface StartRequest extends StartOptions {
  readonly brief: BriefInput;
  /** Ensures the search attributes; called right before the start. */
  readonly register: () => Promise<void>;
}

/** A running or ended video under its id. */
export interface StartedVideo {
  readonly videoId: string;
  readonly runId: string;
  /** Whether the video existed before; then this call started nothing. */
  readonly alreadyStarted: boolean;
}

/**
 * Starts a video. Safe to run again with a `videoId` or a `requestId`: the first start counts.
 *
 * @throws InvalidBrief, VideoIdTaken, ServerUnreachable, InvalidSettings
 */
export async function startVideo(
  temporal: TemporalNamespace,
  files: FileStore,
  { brief: input, register, ...options }: StartRequest,
): Promise<StartedVideo> {
  const checked = checkStart(input, options);
  const videoId = options.videoId ?? nameVideo(checked);
  const brief = await uploadPictures(files, checked);
  await register();
  const doing = `Starting video ${videoId}`;
  return temporalCall({ doing, at: temporal }, async () => {
    try {
      return await startWorkflow(temporal, videoId, brief);
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError)
        return describeStarted(temporal, videoId, brief);
      throw isUnknownAttribute(error) ? missingAttributes(doing, error) : error;
    }
  });
}

async function startWorkflow(
  temporal: TemporalNamespace,
  videoId: string,
  brief: BriefInput,
): Promise<StartedVideo> {
  const tenant = brief.tenant ?? 'default';
  const title = titleOf(brief);
  const handle = await temporal.within(callTimeoutMs, () =>
    temporal.client.workflow.start(generateVideoType, {
      workflowId: videoId,
      taskQueue: temporal.taskQueue,
      args: [brief],
      // The USE_EXISTING policies would not tell a new start from an existing video.
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: escapeMarkdown(title),
      staticDetails: describeBrief(brief),
      memo: { title, briefSha256: digest(brief) },
      priority: { fairnessKey: tenant },
      typedSearchAttributes: [
        { key: searchAttributes.phase, value: 'plan' },
        { key: searchAttributes.tenant, value: tenant },
      ],
    }),
  );
  return { videoId, runId: handle.firstExecutionRunId, alreadyStarted: false };
}

async function describeStarted(
  temporal: TemporalNamespace,
  videoId: string,
  brief: BriefInput,
): Promise<StartedVideo> {
  const { description } = await findVideo(temporal, videoId);
  const known = description.memo?.['briefSha256'];
  if (known !== digest(brief)) {
    const firstRunId = description.raw.workflowExecutionInfo?.firstRunId;
    const before = await readBriefOf(temporal, {
      workflowId: videoId,
      firstRunId: firstRunId ?? description.runId,
    });
    const differences = before ? compareBriefs(before, brief) : [];
    if (!before || differences.length > 0) throw new VideoIdTaken(videoId, differences);
  }
  return { videoId, runId: description.runId, alreadyStarted: true };
}

/** @returns the differing fields, in alphabetical order */
function compareBriefs(one: BriefInput, other: BriefInput): string[] {
  const [before, now] = [comparable(one), comparable(other)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
}

/** The digest of a brief. The schema orders its fields, so a brief has the same digest however it was written. */
function digest(brief: BriefInput): string {
  return createHash('sha256')
    .update(JSON.stringify(comparable(brief)))
    .digest('hex');
}

function comparable(brief: BriefInput): Readonly<Record<string, unknown>> {
  const entries = Object.entries(withoutUploadName(brief));
  return Object.fromEntries(entries.filter(([field]) => field !== 'requestId'));
}

function isUnknownAttribute(error: unknown): boolean {
  return grpcCodeOf(error) === grpcCodes.invalidArgument && /search attribute/i.test(grpcDetailsOf(error));
}

function missingAttributes(doing: string, cause: unknown): InvalidSettings {
  const flags = Object.values(searchAttributes).map(
    ({ name, type }) => `--name ${name} --type ${toTypeName(type)}`,
  );
  return new InvalidSettings(
    `${doing} failed: the namespace lacks Beatreel's search attributes and this connection may not register them. ` +
      `Let an operator run: temporal operator search-attribute create ${flags.join(' ')}`,
    { cause },
  );
}

function toTypeName(type: string): string {
  return `${type.slice(0, 1)}${type.slice(1).toLowerCase()}`;
}
