import { createAcceptBrief } from './accept-brief.ts';
import type { Beliefs } from '../domain/beliefs.ts';
import type { OperatorLimits } from './briefs/complete-brief.ts';
import type { AccountGate } from './account/account-gate.ts';
import type { HostLimits } from '../domain/permits.ts';
import { createAwaitPrediction } from './await-prediction.ts';
import { createCancelPredictions } from './cancel-predictions.ts';
import { createExtractLastFrame } from './extract-last-frame.ts';
import { createFetchPicture } from './fetch-picture.ts';
import { createFinishVideo } from './finish-video.ts';
import { createFitScore } from './fit-score.ts';
import { createJoinClips } from './join-clips.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createMakePreview } from './make-preview.ts';
import type { MediaTools } from './media/media-tools.ts';
import { createNormaliseClip } from './normalise-clip.ts';
import { createOpenHostAccount } from './open-host-account.ts';
import { createPlanStoryboard, type PlanDependencies } from './plan-storyboard.ts';
import { createPriceVideo } from './price-video.ts';
import type { CreateHostFiles } from './providers/address-file.ts';
import { createOpenRevision } from './open-revision.ts';
import { createPlanner } from './planning/language/plan-by-model.ts';
import type { Catalogue } from './providers/catalogue.ts';
import type { Hosts } from './providers/hosts.ts';
import type { LanguageModel } from './providers/language-model.ts';
import type { PollPacer } from './runtime/poll-pacer.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { OutputTransfers, Transfer } from '../storage/transfer.ts';
import { createReviseVideo } from './revise-video.ts';
import { createStoreArtifact } from './store-artifact.ts';
import { createReconcilePurchase } from './reconcile-purchase.ts';
import { createSubmitPrediction } from './submit-prediction.ts';
import type { AddressWebhook } from './webhooks/webhook-address.ts';
import type { WebhookHints } from './ledger/webhook-hints.ts';
import { createWriteManifest } from './write-manifest.ts';

/** Everything the activities touch the world with. */
export interface ActivityDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly catalogue: Catalogue;
  readonly createHostFiles: CreateHostFiles;
  readonly hints: WebhookHints;
  readonly addressWebhook: AddressWebhook;
  /** The gate that every order of an account passes. */
  readonly accounts: AccountGate;
  /** The rules for believing an answer that would give up a paid prediction. */
  readonly beliefs: Beliefs;
  readonly pacer: PollPacer;
  /** Reads outputs of the hosts. */
  readonly outputTransfers: OutputTransfers;
  /** Reads addresses that callers give. */
  readonly callerTransfer: Transfer;
  readonly tools: MediaTools;
  readonly limits: OperatorLimits;
  readonly hostLimits: HostLimits;
  /** Plans storyboards for briefs that choose a language model. */
  readonly languageModel: LanguageModel;
  /** The planner for briefs that name none. Default: the catalogue's planner, where it can be asked and paid. */
  readonly defaultPlanner?: string | undefined;
  /** Replaces the planner of every brief. Default: the planner of the brief. */
  readonly draftStoryboard?: PlanDependencies['draftStoryboard'];
  /** Receives the cost of each plan by a language model, in US dollars. Default: not reported. */
  readonly notePlanCost?: PlanDependencies['notePlanCost'];
  /** The folder of `beat_truncation.log`. */
  readonly logFolder: string;
  /** The folder in which scratch folders are made and removed. */
  readonly scratchRoot: string;
}

/** Every activity, bound to its dependencies and open to every caller. */
export function bindActivities(dependencies: ActivityDependencies) {
  const { outputTransfers, callerTransfer } = dependencies;
  const fetchPicture = createFetchPicture({ ...dependencies, transfer: callerTransfer });
  return {
    acceptBrief: createAcceptBrief({ ...dependencies, fetchPicture }),
    planStoryboard: createPlanStoryboard({
      ...dependencies,
      draftStoryboard: dependencies.draftStoryboard ?? createPlanner(dependencies),
    }),
    openRevision: createOpenRevision(dependencies),
    reviseVideo: createReviseVideo({ ...dependencies, fetchPicture }),
    priceVideo: createPriceVideo(dependencies),
    submitPrediction: createSubmitPrediction(dependencies),
    awaitPrediction: createAwaitPrediction(dependencies),
    storeArtifact: createStoreArtifact({ ...dependencies, transfers: outputTransfers }),
    extractLastFrame: createExtractLastFrame(dependencies),
    normaliseClip: createNormaliseClip(dependencies),
    makePreview: createMakePreview(dependencies),
    joinClips: createJoinClips(dependencies),
    fitScore: createFitScore(dependencies),
    finishVideo: createFinishVideo(dependencies),
    writeManifest: createWriteManifest(dependencies),
    cancelPredictions: createCancelPredictions(dependencies),
    reconcilePurchase: createReconcilePurchase(dependencies),
    openHostAccount: createOpenHostAccount(dependencies),
  };
}

export type Activities = ReturnType<typeof bindActivities>;
