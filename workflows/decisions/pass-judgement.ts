import { type Approval, type Gate, gates, type OpenGate, type Rejection } from '../../domain/gates.ts';
import { describeBadSignature } from '../../domain/signature.ts';
import { isApproveRequest, isRejectRequest } from '../guards.ts';
import type { ApproveRequest, RejectRequest } from '../messages.ts';
import { quote, refused } from '../unit-failure.ts';
import type { Video } from '../video.ts';

/** @throws ApplicationFailure InvalidRequest unless this very content waits, or was approved already */
export function validateApproval(video: Video, request: ApproveRequest | undefined): void {
  if (!isApproveRequest(request ?? {}))
    throw refused(`The request is ${quote(request)}: one object with gate, digest and by.`);
  const { gate, digest } = checkNamed(request);
  if (!video.gates.approvalOf(gate, digest)) checkOpen(video, { gate, digest });
}

/** @throws ApplicationFailure InvalidRequest unless this very content waits */
export function validateRejection(video: Video, request: RejectRequest | undefined): void {
  if (!isRejectRequest(request ?? {}))
    throw refused(`The request is ${quote(request)}: one object with gate, digest, by and reason.`);
  checkOpen(video, checkNamed(request));
}

/** Records an approval; a repeated one returns the first. */
export function approve(video: Video, { gate, digest, by }: ApproveRequest): Approval {
  const before = video.gates.approvalOf(gate, digest);
  if (before) return before;
  const approval = { gate, digest, revision: revisionOf(video), by, at: now() };
  video.gates.approve(approval);
  return approval;
}

/** Ends the video: its files are kept, and nothing more is bought. */
export function reject(video: Video, { gate, digest, by, reason }: RejectRequest): Rejection {
  const rejection = { gate, digest, revision: revisionOf(video), by, reason, at: now() };
  video.gates.reject(rejection);
  return rejection;
}

function checkNamed(request: RejectRequest | undefined): Pick<OpenGate, 'gate' | 'digest'> {
  const gate: unknown = request?.gate;
  if (!isGate(gate)) throw refused(`gate is ${quote(gate)}: one of ${gates.join(', ')}.`);
  const digest: unknown = request?.digest;
  if (typeof digest !== 'string' || !/^[0-9a-f]{16}$/.test(digest))
    throw refused(`digest is ${quote(digest)}: the 16 hex digits that the video shows at its gate.`);
  const problem = describeBadSignature({ by: request?.by, reason: request?.reason });
  if (problem !== undefined) throw refused(problem);
  return { gate, digest };
}

function checkOpen(video: Video, { gate, digest }: Pick<OpenGate, 'gate' | 'digest'>): void {
  const { open } = video.gates;
  if (video.isEnding || !open) {
    const status = video.isEnding ? 'ending' : video.status;
    throw refused(`The video is ${status}: nothing of it waits for approval.`);
  }
  if (open.gate !== gate) throw refused(`The video waits at the gate ${open.gate}, not at ${gate}.`);
  if (open.digest !== digest)
    throw refused(
      `Digest ${digest} is outdated: at the gate ${gate} it is now ${open.digest}. Look at it again.`,
    );
}

function isGate(value: unknown): value is Gate {
  return gates.some((gate) => gate === value);
}

function revisionOf({ plan }: Video): number {
  return plan?.revision ?? 1;
}

function now(): string {
  return new Date().toISOString();
}
