/** The entry for other services: `import { BeatreelClient } from 'beatreel/client'`. */
export type { AccountPace, AccountStatus } from './accounts/read-account.ts';
export { BeatreelClient, type EditFiles, type RevisionOptions } from './beatreel-client.ts';
export type { BeatreelClientOptions } from './connection/connect-temporal.ts';
export { BeatreelError } from './errors/beatreel-error.ts';
export type { FailedUnit } from './errors/failed-unit.ts';
export { FileDamaged } from './errors/file-damaged.ts';
export { InvalidBrief } from './errors/invalid-brief.ts';
export { InvalidSettings } from './errors/invalid-settings.ts';
export { ManifestMissing } from './errors/manifest-missing.ts';
export { NoEstimate } from './errors/no-estimate.ts';
export { NoWorkerAnswers } from './errors/no-worker-answers.ts';
export { NotAccepted } from './errors/not-accepted.ts';
export { NotDeletable } from './errors/not-deletable.ts';
export { NotRetryable } from './errors/not-retryable.ts';
export { RequestFailed } from './errors/request-failed.ts';
export { ServerBusy } from './errors/server-busy.ts';
export { ServerUnreachable } from './errors/server-unreachable.ts';
export { VideoAwaitsApproval } from './errors/video-awaits-approval.ts';
export { VideoAwaitsBudget } from './errors/video-awaits-budget.ts';
export { VideoCanceled } from './errors/video-canceled.ts';
export { VideoFailed } from './errors/video-failed.ts';
export { VideoIdTaken } from './errors/video-id-taken.ts';
export { VideoNotFinished } from './errors/video-not-finished.ts';
export { VideoNotFound } from './errors/video-not-found.ts';
export { VideoParked } from './errors/video-parked.ts';
export { WaitTimedOut } from './errors/wait-timed-out.ts';
export type { DeletedVideo, DeleteOptions } from './files/delete-video.ts';
export type { DownloadedVideo, DownloadOptions } from './files/download-video.ts';
export type { ExpireOptions, ExpireReport } from './files/expire-videos.ts';
export type { LedgerPurchase, LedgerReport } from './files/read-ledger.ts';
export type { VideoUrl, VideoUrlOptions } from './files/sign-video.ts';
export type { SweepOptions, SweepReport, SweptUpload } from './files/sweep-uploads.ts';
export type { VerifyProblem, VerifyProblemKind, VerifyReport } from './files/verify-report.ts';
export { ensureSearchAttributes, type SearchAttributeReport } from './register-search-attributes.ts';
export type { CancelAnswer } from './videos/cancel-video.ts';
export type { EstimateOptions } from './videos/request-estimate.ts';
export type { ListablePhase, ListedVideo, ListOptions } from './videos/list-videos.ts';
export type { StartedVideo, StartOptions } from './videos/start-video.ts';
export type { WaitOptions } from './videos/wait-for-video.ts';
export type { WatchOptions } from './videos/watch-video.ts';

export type { S3Settings } from '../storage/s3-settings.ts';
export type { BriefInput } from '../domain/schemas/brief-schema.ts';
export type { BriefProblem } from '../domain/schemas/check-brief.ts';
export type { Manifest, ManifestEntry } from '../domain/schemas/manifest-schema.ts';
export type { ArtifactRef } from '../domain/artifact.ts';
export type { BeatName, Edit } from '../domain/edits/edit.ts';
export type { PlannedUnit, RevisionPlan } from '../domain/edits/plan-revision.ts';
export type { Revised } from '../domain/edits/revised.ts';
export type { VideoTake } from './files/read-takes.ts';
export type { ReviseOptions } from './videos/revise-video.ts';
export type { Approval, Gate, OpenGate, Rejection } from '../domain/gates.ts';
export type { GateBeat, GateFile, GateView } from './files/read-gate.ts';
export type { RejectOptions } from './videos/judge-gate.ts';
export type { Estimate, PhasePrice, PlannedBeat } from '../domain/estimate.ts';
export type { AccountReport, LivePermit } from '../domain/permits.ts';
export type {
  CancelReport,
  PhaseOutput,
  PhaseStatus,
  UnitFailure,
  UnitReport,
  UnitStatus,
  VideoProgress,
  VideoResult,
} from '../domain/progress.ts';
export type { VideoStatus } from '../domain/video-status.ts';
export type { BudgetReport } from '../domain/treasury.ts';
export type {
  ApproveRequest,
  Reconciled,
  ReconcileRequest,
  RetryAccepted,
  RetryRequest,
} from '../workflows/messages.ts';
export type { VideoStatusReport } from './videos/read-status.ts';
export type { UnitWait } from '../domain/explain-waits.ts';
