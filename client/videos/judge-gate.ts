import type { Edit } from '../../domain/edits/edit.ts';
import type { Approval, Rejection } from '../../domain/gates.ts';
import type { Revised } from '../../domain/edits/revised.ts';
import {
  approveUpdate,
  type ApproveRequest,
  type RejectRequest,
  rejectUpdate,
} from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotAccepted } from '../errors/not-accepted.ts';
import { readStatus } from './read-status.ts';
import { reviseVideo } from './revise-video.ts';
import { updateVideo } from './update-video.ts';

/** A person's rejection at a gate. */
export interface RejectOptions extends RejectRequest {
  /** Changes to make; the changed video waits at its gates again. Absent: the video ends. */
  readonly edits?: readonly Edit[];
  /** With edits: units that keep their take although it no longer fits the request. */
  readonly keep?: readonly string[];
}

/** @throws NotAccepted with the workflow's words; VideoNotFound; NoWorkerAnswers */
export async function approveGate(
  temporal: TemporalNamespace,
  videoId: string,
  request: ApproveRequest,
): Promise<Approval> {
  return updateVideo(temporal, videoId, {
    update: approveUpdate,
    request,
    rule: 'nothing of it waits for approval',
    doing: `Approving the ${request.gate} of ${videoId}`,
    toRefusal: (reason, options) => new NotAccepted(videoId, `the approval. ${reason}`, options),
  });
}

/** @throws NotAccepted with the workflow's words, or with every problem of the edits; VideoNotFound; NoWorkerAnswers */
export async function rejectGate(
  temporal: TemporalNamespace,
  videoId: string,
  { edits, keep, ...request }: RejectOptions,
): Promise<Rejection | Revised> {
  if (edits !== undefined) return changeAtGate(temporal, videoId, { ...request, edits, keep });
  return updateVideo(temporal, videoId, {
    update: rejectUpdate,
    request,
    rule: 'nothing of it waits for approval',
    doing: `Rejecting the ${request.gate} of ${videoId}`,
    toRefusal: (reason, options) => new NotAccepted(videoId, `the rejection. ${reason}`, options),
  });
}

/** @throws NotAccepted when another digest waits by now */
async function changeAtGate(
  temporal: TemporalNamespace,
  videoId: string,
  { gate, digest, ...change }: RejectOptions & { readonly edits: readonly Edit[] },
): Promise<Revised> {
  const { gate: open, status } = await readStatus(temporal, videoId);
  if (open?.gate !== gate || open.digest !== digest) {
    const now = open ? `the ${open.gate} wait with the digest ${open.digest}` : `the video is ${status}`;
    throw new NotAccepted(videoId, `the rejection. Digest ${digest} does not fit: ${now}. Look at it again.`);
  }
  return reviseVideo(temporal, videoId, { ...change, base: open.revision });
}
