import {
  cancelAfterSeconds,
  type FailedOutcome,
  type Prediction,
  type PredictionRequest,
} from '../domain/prediction.ts';
import type { CatalogueEntry } from '../domain/schemas/catalogue-schema.ts';
import type { TakePlace } from '../domain/unit.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { AccountGate } from './account/account-gate.ts';
import { type LookedFor, adoptTwin } from './ledger/adopt-twin.ts';
import type { Turn } from './account/order-turn.ts';
import { claimPurchase } from './ledger/claim-purchase.ts';
import { draftPurchase } from './ledger/draft-purchase.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { endStrays } from './ledger/end-strays.ts';
import { leaseLeftMs } from './ledger/lease-left.ts';
import { ledgerObjectKey } from './ledger/ledger-entry.ts';
import { postPurchase } from './ledger/post-purchase.ts';
import { readOutcome } from './ledger/read-outcome.ts';
import type { CreateHostFiles } from './providers/address-file.ts';
import { buildInput } from './providers/build-input.ts';
import type { Catalogue } from './providers/catalogue.ts';
import type { Hosts } from './providers/hosts.ts';
import type { ModelHost } from './providers/model-host.ts';
import { type ActivityRun, defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { neverFinal } from './runtime/never-final.ts';
import type { AddressWebhook } from './webhooks/webhook-address.ts';
import type { WebhookHints } from './ledger/webhook-hints.ts';

export interface SubmitRequest {
  readonly videoId: string;
  readonly unit: TakePlace;
  /** The wanted key, see `wantedKey`. */
  readonly wanted?: string;
  /** The prompt sent in place of the storyboard's, and whether it was softened after a refusal. */
  readonly words?: string;
  readonly isSoftened?: boolean;
  /** Name in the catalogue. */
  readonly model: string;
  readonly request: PredictionRequest;
}

/** A purchase: where it is recorded, and either its prediction or how it ended before. */
export type Submitted =
  | {
      readonly state: 'submitted';
      readonly ledgerKey: string;
      readonly predictionKey: string;
      readonly prediction: Prediction;
      /** The time of the answer to its order, ISO 8601, by the store's clock. */
      readonly submittedAt?: string | undefined;
      /** Whether the host was asked to announce its end. */
      readonly webhookOrdered?: boolean | undefined;
    }
  | {
      readonly state: 'ended';
      readonly ledgerKey: string;
      readonly predictionKey: string;
      readonly outcome: FailedOutcome;
    };

export interface SubmitDependencies {
  readonly ledger: Ledger;
  readonly catalogue: Catalogue;
  readonly hosts: Hosts;
  readonly createHostFiles: CreateHostFiles;
  readonly hints: WebhookHints;
  readonly addressWebhook: AddressWebhook;
  readonly accounts: AccountGate;
}

/**
 * Buys one take of one unit: the only step that spends. Safe to run again, on any worker, at any time: keyed by the
 * purchase's identity, it finds an earlier purchase in the ledger or at the host.
 */
export function createSubmitPrediction(dependencies: SubmitDependencies) {
  return defineActivity(async (request: SubmitRequest, run): Promise<Submitted> => {
    // An earlier attempt may have bought, so a missing model or key must not look like a refusal.
    const entry = await neverFinal(findModel(dependencies.catalogue, request));
    const { account } = await neverFinal(findHost(dependencies.hosts, entry.host));
    const turn = dependencies.accounts.turnAt(account, run.log);
    try {
      return toSubmitted(await submit(dependencies, { entry, request, run, turn }));
    } finally {
      await turn.leave();
    }
  });
}

function findModel(catalogue: Catalogue, { model, request }: SubmitRequest): Promise<CatalogueEntry> {
  return new Promise((found) => {
    found(catalogue.find(model, request.kind));
  });
}

function findHost(hosts: Hosts, name: string): Promise<ModelHost> {
  return new Promise((found) => {
    found(hosts.get(name));
  });
}

interface Attempt {
  readonly entry: CatalogueEntry;
  readonly request: SubmitRequest;
  readonly run: ActivityRun;
  readonly turn: Turn;
}

interface Purchase extends Attempt {
  readonly held: HeldEntry;
}

async function submit(dependencies: SubmitDependencies, attempt: Attempt): Promise<HeldEntry> {
  const { entry, request, turn } = attempt;
  const draft = draftPurchase(request, entry);
  const objectKey = ledgerObjectKey(request.videoId, request.unit, draft.predictionKey);
  const beforeClaim = () => turn.enter();
  const claim = await neverFinal(claimPurchase(dependencies.ledger, { objectKey, draft, beforeClaim }));
  switch (claim.kind) {
    case 'bought':
      return neverFinal(endStrays(dependencies.ledger, claim.held, dependencies.hosts.get(entry.host)));
    case 'mine':
      return buy(dependencies, { ...attempt, held: claim.held });
    case 'unanswered':
      return lookEarly(dependencies, { ...attempt, held: claim.held }, claim.waitMs);
    case 'unknown':
      return settle(dependencies, { ...attempt, held: claim.held });
    case 'busy':
      return lookMeanwhile(dependencies, { ...attempt, held: claim.held }, claim.waitMs);
  }
}

/** Spends, and notes the host's answer in the account's shared pace. */
async function buy(dependencies: SubmitDependencies, purchase: Purchase): Promise<HeldEntry> {
  try {
    const bought = await order(dependencies, purchase);
    await purchase.turn.accepted();
    return bought;
  } catch (error) {
    await purchase.turn.refused(error);
    throw error;
  }
}

async function order(
  { ledger, hosts, createHostFiles, addressWebhook }: SubmitDependencies,
  { held, entry, request, run }: Purchase,
): Promise<HeldEntry> {
  const host = hosts.get(entry.host);
  const { input, marker } = await buildInput(entry, request.request, createHostFiles(host, run.signal));
  return postPurchase(ledger, {
    held,
    host,
    request: {
      kind: entry.kind,
      model: entry.model,
      version: entry.version,
      input,
      cancelAfterSeconds,
      webhook: host.canAnnounce ? addressWebhook(host.name, held.objectKey) : undefined,
    },
    // Only a list needs the marker.
    marker: host.canList ? marker : {},
    signal: run.signal,
  });
}

/** The wait before the next look for an order that may still arrive, in milliseconds; grows with each attempt. */
function pauseFor({ run: { attempt } }: Attempt): number {
  return Math.min(10_000, 1_000 * attempt);
}

/**
 * Looks at the host while another attempt may be posting, or died while posting. A prediction found there is the
 * order's in either case and need not wait for the end of the lease; all other decisions wait for it.
 */
async function lookMeanwhile(
  dependencies: SubmitDependencies,
  purchase: Purchase,
  waitMs: number,
): Promise<HeldEntry> {
  const looked = await findLost(dependencies, purchase, { once: true }).catch((error: unknown) => {
    const isUndecided = error instanceof BeatreelFailure && error.type === failureTypes.needsReconcile;
    if (!isUndecided) throw error;
    return undefined;
  });
  if (looked?.isFound) return looked.held;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Another attempt may be posting ${purchase.held.objectKey}; its lease ends in ${Math.ceil(waitMs)} ms.`,
    { retryAfterMs: Math.min(waitMs + 50, pauseFor(purchase)) },
  );
}

async function lookEarly(
  dependencies: SubmitDependencies,
  purchase: Purchase,
  waitMs: number,
): Promise<HeldEntry> {
  const { held } = purchase;
  const looked = await findLost(dependencies, purchase, { once: true });
  if (looked.isFound) return looked.held;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The host does not list the order of ${held.objectKey}, which may still arrive for ${Math.ceil(waitMs)} ms.`,
    { retryAfterMs: Math.min(waitMs + 50, pauseFor(purchase)) },
  );
}

/** How long webhooks of an order may come: until its deadline, and a while longer because hosts try again. */
const webhooksComeForMs = (cancelAfterSeconds + 120) * 1_000;
const awaitWebhookMs = 10_000;

async function findLost(
  { ledger, hosts, hints }: SubmitDependencies,
  { held, entry, run }: Purchase,
  look: { readonly once?: boolean } = {},
): Promise<LookedFor> {
  try {
    const host = hosts.get(entry.host);
    const looked = await neverFinal(adoptTwin(ledger, { held, host, hints, signal: run.signal, ...look }));
    if (looked.isFound) {
      const { predictionId } = looked.held.entry;
      run.log.info('Lost order found at the host and adopted', { ledgerKey: held.objectKey, predictionId });
    }
    return looked;
  } catch (cause) {
    const isUndecided = cause instanceof BeatreelFailure && cause.type === failureTypes.needsReconcile;
    const waitMs = held.entry.webhookOrdered === true ? leaseLeftMs(held) + webhooksComeForMs : 0;
    if (!isUndecided || waitMs <= 0) throw cause;
    throw new BeatreelFailure(
      failureTypes.providerUnavailable,
      `${cause.message} Should the host have taken it, its webhook says so within ${Math.ceil(waitMs / 60_000)} minutes.`,
      { cause, retryAfterMs: awaitWebhookMs },
    );
  }
}

/** Settles an order whose poster is gone: adopts its prediction, or makes sure that there is none and buys. */
async function settle(dependencies: SubmitDependencies, purchase: Purchase): Promise<HeldEntry> {
  const { ledger } = dependencies;
  const { run } = purchase;
  const { isFound, held } = await findLost(dependencies, purchase);
  if (isFound) return held;
  await purchase.turn.enter();
  run.log.info('Lost order surely absent at the host and placed again', { ledgerKey: held.objectKey });
  const claimed = await ledger.replace(held, {
    state: 'claimed',
    leaseUntil: undefined,
    answerLost: undefined,
    doubts: undefined,
    nonce: crypto.randomUUID(),
  });
  if (claimed) return buy(dependencies, { ...purchase, held: claimed });
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Another attempt settled the purchase ${held.objectKey} first.`,
  );
}

function toSubmitted({ entry, objectKey }: HeldEntry): Submitted {
  const base = { ledgerKey: objectKey, predictionKey: entry.predictionKey };
  const outcome = readOutcome(entry);
  // The caller still has to fetch the file of a success, by its prediction.
  if (entry.predictionId !== undefined && (outcome === undefined || outcome.state === 'succeeded')) {
    const prediction = { host: entry.host, id: entry.predictionId };
    const { submittedAt, webhookOrdered } = entry;
    return { ...base, state: 'submitted', prediction, submittedAt, webhookOrdered };
  }
  if (outcome && outcome.state !== 'succeeded') return { ...base, state: 'ended', outcome };
  throw new Error(`The ledger entry ${objectKey} is ${entry.state} without a prediction.`);
}
