import type { BriefInput } from '../domain/schemas/brief-schema.ts';
import type { Manifest } from '../domain/schemas/manifest-schema.ts';
import { queuePrefix } from '../domain/queue-prefix.ts';
import type { Edit } from '../domain/edits/edit.ts';
import type { Revised, ReviseRequest } from '../domain/edits/revised.ts';
import type { Approval, Rejection } from '../domain/gates.ts';
import type { Estimate } from '../domain/estimate.ts';
import type { VideoProgress, VideoResult } from '../domain/progress.ts';
import type { BudgetReport } from '../domain/treasury.ts';
import {
  type ApproveRequest,
  orchestratorQueue,
  type Reconciled,
  type ReconcileRequest,
  type RetryAccepted,
  type RetryRequest,
} from '../workflows/messages.ts';
import { type AccountStatus, readAccount } from './accounts/read-account.ts';
import { type BeatreelClientOptions, connectTemporal } from './connection/connect-temporal.ts';
import type { TemporalNamespace } from './connection/temporal-namespace.ts';
import { temporalCall } from './connection/temporal-call.ts';
import {
  type DeletedVideo,
  type DeleteOptions,
  deleteVideo,
  type DeletionWorld,
} from './files/delete-video.ts';
import { type DownloadedVideo, type DownloadOptions, downloadVideo } from './files/download-video.ts';
import { type ExpireOptions, type ExpireReport, expireVideos } from './files/expire-videos.ts';
import { FileStore } from './files/file-store.ts';
import { type GateView, readGate } from './files/read-gate.ts';
import { type LedgerReport, readLedger } from './files/read-ledger.ts';
import { readManifest } from './files/read-manifest.ts';
import { signVideo, type VideoUrl, type VideoUrlOptions } from './files/sign-video.ts';
import { type SweepOptions, type SweepReport, sweepUploads } from './files/sweep-uploads.ts';
import { readTakes, type VideoTake } from './files/read-takes.ts';
import { uploadEditPictures } from './files/upload-edit-pictures.ts';
import { verifyVideo } from './files/verify-video.ts';
import type { VerifyReport } from './files/verify-report.ts';
import { ensureSearchAttributes } from './register-search-attributes.ts';
import { type CancelAnswer, cancelVideo } from './videos/cancel-video.ts';
import { type EstimateOptions, requestEstimate } from './videos/request-estimate.ts';
import { approveGate, rejectGate, type RejectOptions } from './videos/judge-gate.ts';
import { type ListedVideo, type ListOptions, listVideos } from './videos/list-videos.ts';
import { callTimeoutMs, isRunningVideo } from './videos/find-video.ts';
import { raiseBudget } from './videos/raise-budget.ts';
import { recordedManifest, wholeManifest } from './videos/recorded-manifest.ts';
import { readWholeResult } from './videos/read-whole-result.ts';
import { readStatus, type VideoStatusReport } from './videos/read-status.ts';
import { reconcileUnit } from './videos/reconcile-unit.ts';
import { type ReviseOptions, reviseVideo } from './videos/revise-video.ts';
import { retryUnits } from './videos/retry-units.ts';
import { type StartedVideo, type StartOptions, startVideo } from './videos/start-video.ts';
import { type Promoted, promoteRelease } from './releases/promote-release.ts';
import { readReleases, type Releases } from './releases/read-releases.ts';
import { type WaitOptions, waitForVideo } from './videos/wait-for-video.ts';
import { type WatchOptions, watchVideo } from './videos/watch-video.ts';

/** Whether edits may name pictures of this machine. */
export interface EditFiles {
  /** Reads and uploads pictures given as local paths (`./…`, `../…`, `/…`, `~…`, `file:…`). Default: false. */
  readonly allowLocalFiles?: boolean;
}

/** Selects a revision of a video. */
export interface RevisionOptions {
  /** From 1. Default: the newest whole one. */
  readonly revision?: number;
}

/**
 * Starts videos, follows them, and fetches their results. One client serves any number of videos at once. Every method
 * may throw `ServerUnreachable`, `ServerBusy` and `InvalidSettings` besides the errors it names; `wait` and `watch`
 * throw the first two only after six hours without any other answer.
 */
export class BeatreelClient {
  readonly #temporal: TemporalNamespace;
  readonly #files: FileStore;
  #attributes: Promise<unknown> | undefined;

  private constructor(temporal: TemporalNamespace, files: FileStore) {
    this.#temporal = temporal;
    this.#files = files;
  }

  /** Connects to Temporal; connects to the object store only when a method needs it. Close the client after use. */
  static async connect(options: BeatreelClientOptions = {}): Promise<BeatreelClient> {
    const { temporal, s3, taskQueue = usualQueue() } = options;
    return new BeatreelClient(await connectTemporal(temporal, taskQueue), new FileStore(s3));
  }

  /** Temporal's namespace. */
  get namespace(): string {
    return this.#temporal.namespace;
  }

  /**
   * Starts a video and returns at once. Safe to run again with a `videoId` or a `requestId`. With `allowLocalFiles`, a
   * product image given as a local path (`./…`, `../…`, `/…`, `~…`, `file:…`) is read and uploaded first.
   *
   * @throws InvalidBrief with every problem; VideoIdTaken where a video of this id has another brief
   */
  async start(brief: BriefInput, options: StartOptions = {}): Promise<StartedVideo> {
    const register = () => this.#registerAttributes();
    return startVideo(this.#temporal, this.#files, { brief, register, ...options });
  }

  /**
   * Asks the workers for the storyboard of a brief and its highest price. Buys, fetches and stores nothing; a start
   * with the same brief under the estimate's `videoId` makes that storyboard.
   *
   * @throws InvalidBrief with every problem; NoEstimate
   */
  async estimate(brief: BriefInput, options: EstimateOptions = {}): Promise<Estimate> {
    return requestEstimate(this.#temporal, brief, options);
  }

  /** Reads the progress of a video and the reason for its status. @throws VideoNotFound, NoWorkerAnswers */
  async status(videoId: string): Promise<VideoStatusReport> {
    return readStatus(this.#temporal, videoId);
  }

  /**
   * Waits until the video has ended.
   *
   * @throws VideoParked, VideoAwaitsBudget, VideoAwaitsApproval instead of waiting for a person; VideoFailed,
   *   VideoCanceled, InvalidBrief by the video's end; WaitTimedOut, VideoNotFound
   */
  async wait(videoId: string, options: WaitOptions = {}): Promise<VideoResult> {
    return waitForVideo(this.#temporal, videoId, options);
  }

  /** The releases of the workflows: the running work of each, and whether it can be stopped. */
  async releases(deployment = usualDeployment(this.#temporal.taskQueue)): Promise<Releases> {
    return readReleases(this.#temporal, deployment);
  }

  /**
   * Makes a release the current one, and tells waiting videos to continue in it. Safe to run again.
   *
   * @throws NotPromoted when no orchestrator of it polls within a minute
   */
  async promote(buildId: string, deployment = usualDeployment(this.#temporal.taskQueue)): Promise<Promoted> {
    return promoteRelease(this.#temporal, { deployment, buildId });
  }

  /** Yields the progress now and after every change, until the video has ended. @throws VideoNotFound */
  watch(videoId: string, options: WatchOptions = {}): AsyncGenerator<VideoProgress, void, undefined> {
    return watchVideo(this.#temporal, videoId, options);
  }

  /**
   * Runs failed units of a parked video again: all of them, those of one beat, or one by name.
   *
   * @throws NotRetryable with the workflow's words; VideoNotFound, NoWorkerAnswers
   */
  async retry(videoId: string, request: RetryRequest = {}): Promise<RetryAccepted> {
    return retryUnits(this.#temporal, videoId, request);
  }

  /**
   * Plans a change of the video: its purchases, its reused takes and its highest price at this moment. Changes nothing.
   *
   * @throws NotAccepted with every problem; VideoNotFound, NoWorkerAnswers
   */
  async planRevision(
    videoId: string,
    edits: readonly Edit[],
    options: Pick<ReviseOptions, 'base' | 'keep'> & EditFiles = {},
  ): Promise<Revised> {
    return this.#edit(videoId, { ...options, edits, isDryRun: true });
  }

  /**
   * Changes the video into another revision and has it made: takes of unchanged requests are used again. A running
   * video finishes its live orders first; an ended one continues under the same id.
   *
   * @param options `base`: the revision that the edits are for; `accept`: the digest of the approved plan
   * @throws NotAccepted with every problem, or when another person's change came first; VideoNotFound, NoWorkerAnswers
   */
  async revise(
    videoId: string,
    edits: readonly Edit[],
    options: ReviseOptions & EditFiles = {},
  ): Promise<Revised> {
    await this.#registerAttributes();
    return this.#edit(videoId, { ...options, edits });
  }

  async #edit(
    videoId: string,
    {
      allowLocalFiles = false,
      edits,
      ...request
    }: EditFiles & ReviseRequest & { readonly edits: readonly Edit[] },
  ): Promise<Revised> {
    const stored = allowLocalFiles ? await uploadEditPictures(this.#files, videoId, edits) : edits;
    return reviseVideo(this.#temporal, videoId, { ...request, edits: stored });
  }

  /** Every take so far, each with a signed address. Needs no worker. @throws VideoNotFound */
  async takes(videoId: string, unit?: string): Promise<VideoTake[]> {
    return readTakes(this.#files, videoId, unit);
  }

  /** The waiting gate with signed addresses; undefined without one. @throws VideoNotFound, NoWorkerAnswers */
  async gate(videoId: string): Promise<GateView | undefined> {
    return readGate(this.#files, await readStatus(this.#temporal, videoId));
  }

  /**
   * Lets a video continue behind its gate. Repeating the approval of a digest changes nothing: the first one counts.
   *
   * @throws NotAccepted when other content waits there by now; VideoNotFound, NoWorkerAnswers
   */
  async approve(videoId: string, request: ApproveRequest): Promise<Approval> {
    return approveGate(this.#temporal, videoId, request);
  }

  /**
   * Rejects the content of a gate: with `edits` the changed video is made, otherwise the video ends as canceled.
   *
   * @throws NotAccepted when other content waits there by now; VideoNotFound, NoWorkerAnswers
   */
  async reject(
    videoId: string,
    { allowLocalFiles = false, edits, ...request }: RejectOptions & EditFiles,
  ): Promise<Rejection | Revised> {
    const stored = edits && allowLocalFiles ? await uploadEditPictures(this.#files, videoId, edits) : edits;
    return rejectGate(this.#temporal, videoId, { ...request, ...(stored ? { edits: stored } : {}) });
  }

  /**
   * Settles whether the host was paid for a unit with `NeedsReconcile`, and lets the unit continue.
   *
   * @throws NotAccepted with the words of the workflow or the host; VideoNotFound, NoWorkerAnswers
   */
  async reconcile(videoId: string, request: ReconcileRequest): Promise<Reconciled> {
    return reconcileUnit(this.#temporal, videoId, request);
  }

  /**
   * Raises the budget of a video.
   *
   * @param budgetUsd for the whole video, including spent money; more than before
   * @throws NotAccepted with the workflow's words; VideoNotFound, NoWorkerAnswers
   */
  async raiseBudget(videoId: string, budgetUsd: number): Promise<BudgetReport> {
    return raiseBudget(this.#temporal, videoId, budgetUsd);
  }

  /** Every purchase of a video, from the bucket. Needs no worker. @throws VideoNotFound */
  async ledger(videoId: string): Promise<LedgerReport> {
    return readLedger(this.#files, videoId);
  }

  /** Asks the video to stop, and its hosts with it. Safe to run again. @throws VideoNotFound */
  async cancel(videoId: string): Promise<CancelAnswer> {
    return cancelVideo(this.#temporal, videoId);
  }

  /**
   * The result of the newest whole revision, or of the given one. Needs no worker.
   *
   * @throws VideoNotFinished; VideoFailed, VideoCanceled, InvalidBrief by the video's end; VideoNotFound
   */
  async result(videoId: string, { revision }: RevisionOptions = {}): Promise<VideoResult> {
    return readWholeResult(this.#temporal, videoId, revision);
  }

  /** Open videos first, then ended ones, newest first; lags about a second. @throws RangeError for invalid options */
  async list(options: ListOptions = {}): Promise<ListedVideo[]> {
    return listVideos(this.#temporal, options);
  }

  /** Held and requested permits of the account at a host, and its order rate. */
  async account(host: string): Promise<AccountStatus> {
    return readAccount(this.#temporal, this.#files, host);
  }

  /**
   * The manifest of the newest whole revision, or of the given one, from the bucket; `verify` checks it.
   *
   * @throws ManifestMissing
   */
  async manifest(videoId: string, { revision }: RevisionOptions = {}): Promise<Manifest> {
    const record = { unrecorded: 'it was not checked', revision };
    return (await readManifest(this.#files, videoId, record)).manifest;
  }

  /**
   * Streams the finished video into a file, verified by the sha256 in the manifest that its workflow recorded; the path
   * holds all of it or its former content. Where Temporal has forgotten the video, `manifestProven` is false.
   *
   * @param path a file, or a folder in which the file is named after the video
   * @throws VideoNotFinished, VideoFailed, VideoCanceled; ManifestMissing, FileDamaged
   */
  async download(
    videoId: string,
    path: string,
    { revision, ...options }: DownloadOptions & RevisionOptions = {},
  ): Promise<DownloadedVideo> {
    const record = await wholeManifest(this.#temporal, this.#files, { videoId, revision });
    return downloadVideo(this.#files, { videoId, path, record }, options);
  }

  /**
   * Signs an address of the finished video, for `expiresInSeconds` (default: an hour). The address opens the file for
   * anybody: keep it out of logs.
   *
   * @throws VideoNotFinished, VideoFailed, VideoCanceled; ManifestMissing, FileDamaged; RangeError
   */
  async videoUrl(
    videoId: string,
    { revision, ...options }: VideoUrlOptions & RevisionOptions = {},
  ): Promise<VideoUrl> {
    const record = await wholeManifest(this.#temporal, this.#files, { videoId, revision });
    return signVideo(this.#files, { videoId, record }, options);
  }

  /**
   * Reads every object of the video again and compares it with the manifest, and the manifest with the workflow's
   * record; without a record the manifest is unproven (`manifestProven`).
   *
   * @throws ManifestMissing
   */
  async verify(videoId: string, { revision }: RevisionOptions = {}): Promise<VerifyReport> {
    const record = await recordedManifest(this.#temporal, videoId, { revision });
    return verifyVideo(this.#files, videoId, record);
  }

  /**
   * Aborts open uploads in the bucket that no running video owns. Needs no worker. Safe to run again.
   *
   * @throws RangeError for options out of range
   */
  async sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepUploads(this.#world(), options);
  }

  /**
   * Deletes everything of an ended video from the bucket, including its ledger; this cannot be undone. With `dryRun` it
   * only reports the objects. Needs no worker.
   *
   * @throws NotDeletable while it runs, or where its hosts may still work for it; VideoNotFound
   */
  async delete(videoId: string, options: DeleteOptions = {}): Promise<DeletedVideo> {
    return deleteVideo(this.#world(), videoId, options);
  }

  /**
   * Deletes everything of ended videos whose newest object is at least this many days old. Needs no worker. Safe to run
   * again.
   *
   * @throws RangeError for options out of range
   */
  async expire(options: ExpireOptions): Promise<ExpireReport> {
    return expireVideos(this.#world(), options);
  }

  /** Waits for calls in flight, then closes the connections. Later calls, and open watches and waits, fail. */
  async close(): Promise<void> {
    this.#files.close();
    await this.#temporal.close();
  }

  #world(): DeletionWorld {
    return { files: this.#files, isRunning: (videoId) => isRunningVideo(this.#temporal, videoId) };
  }

  /** Registers the search attributes once per client. */
  async #registerAttributes(): Promise<void> {
    const { connection, namespace } = this.#temporal;
    const doing = 'Registering search attributes';
    this.#attributes ??= temporalCall({ doing, at: this.#temporal }, () =>
      this.#temporal.within(callTimeoutMs, () => ensureSearchAttributes(connection, namespace)),
    ).catch((error: unknown) => {
      this.#attributes = undefined;
      throw error;
    });
    await this.#attributes;
  }
}

/** The name that a Worker Controller sets, else the prefix of the queues. */
function usualDeployment(taskQueue: string): string {
  const name = process.env['TEMPORAL_DEPLOYMENT_NAME']?.trim() ?? '';
  return name === '' ? queuePrefix(taskQueue) : name;
}

/** The queue from the variable that workers read, too. */
function usualQueue(): string {
  const prefix = process.env['BEATREEL_QUEUE_PREFIX']?.trim() ?? '';
  return prefix === '' ? orchestratorQueue : `${prefix}-orchestrator`;
}
