import { type BoughtMedium, media } from '../domain/media.ts';
import { unitName, type UnitPlace } from '../domain/unit.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { storeNow } from './ledger/doubts.ts';
import { leaseLeftMs } from './ledger/lease-left.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { ledgerFolder, ledgerUnitPrefix } from './ledger/ledger-entry.ts';
import type { Hosts } from './providers/hosts.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

export interface ReconcileRequest {
  readonly videoId: string;
  readonly unit: UnitPlace<BoughtMedium>;
  readonly decision:
    | { readonly kind: 'adopt'; readonly predictionId: string }
    /** The host did not take the order. */
    | { readonly kind: 'resubmit' };
}

export interface ReconcileDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
}

/**
 * Writes a person's decision about an order whose answer was lost into the ledger. Safe to run again: a decision
 * already written is left as it is.
 *
 * @throws BeatreelFailure InvalidRequest when no order is open, the host does not know the prediction or keeps none, or
 *   the prediction belongs to another unit
 */
export function createReconcilePurchase({ ledger, hosts }: ReconcileDependencies) {
  return defineActivity(async ({ videoId, unit, decision }: ReconcileRequest): Promise<void> => {
    const held = await findOpen(ledger, { videoId, unit, decision });
    if (!held) throw refuse(`No order of ${unitName(unit)} is open: there is nothing to decide.`);
    const isLost = held.entry.state === 'lost';
    if (decision.kind === 'adopt' && held.entry.predictionId === decision.predictionId && !isLost) return;
    if (decision.kind === 'resubmit' && held.entry.state === 'claimed') return;
    if (held.entry.state !== 'posting' && !isLost) {
      throw refuse(`The order of ${unitName(unit)} is ${held.entry.state}: somebody decided otherwise.`);
    }
    const waitMs = leaseLeftMs(held);
    if (decision.kind === 'resubmit' && waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw refuse(
        `The order of ${unitName(unit)} may still arrive for ${seconds} s; order it again after that.`,
      );
    }
    const changes =
      decision.kind === 'adopt'
        ? await toAdopted(decision.predictionId, { ledger, hosts, held })
        : ({ state: 'claimed', leaseUntil: undefined, answerLost: undefined, doubts: undefined } as const);
    const written = await ledger.replace(held, { ...changes, nonce: crypto.randomUUID() });
    if (!written)
      throw refuse(`The order of ${unitName(unit)} changed while it was being decided; look again.`);
  });
}

/**
 * Finds the open order of a unit: its last take without an end, one on its way before one that is only claimed. A
 * purchase recorded as lost is open, too, because a person may have found its prediction.
 */
async function findOpen(
  ledger: Ledger,
  { videoId, unit, decision }: ReconcileRequest,
): Promise<HeldEntry | undefined> {
  let open: HeldEntry | undefined;
  for await (const key of ledger.keys(ledgerUnitPrefix(videoId, unit))) {
    const held = await ledger.read(key);
    const isOpen = held && (!hasEnded(held) || (decision.kind === 'adopt' && held.entry.state === 'lost'));
    if (isOpen && (!open || rank(held) >= rank(open))) open = held;
  }
  return open;
}

function rank({ entry: { state, take } }: HeldEntry): number {
  return (state === 'claimed' ? 0 : 10_000) + take;
}

function hasEnded({ entry: { state } }: HeldEntry): boolean {
  return state !== 'claimed' && state !== 'posting' && state !== 'submitted';
}

async function toAdopted(
  predictionId: string,
  { ledger, hosts, held }: ReconcileDependencies & { readonly held: HeldEntry },
) {
  const { entry } = held;
  const host = hosts.get(entry.host);
  if (host.answersAtOnce(media[entry.medium].modelKind)) {
    throw refuse(
      `${entry.host} answers an order of ${entry.hostModel} with its outcome and keeps no prediction to adopt: ` +
        'submit it again, or leave it.',
    );
  }
  const found = await host.getPrediction(predictionId);
  if (!found) throw refuse(`The host ${entry.host} knows no prediction ${predictionId}.`);
  for await (const key of ledger.keys(ledgerFolder(entry.videoId))) {
    if (key === held.objectKey || (await ledger.read(key))?.entry.predictionId !== predictionId) continue;
    throw refuse(`Prediction ${predictionId} is already that of ${key}.`);
  }
  return {
    state: 'submitted',
    predictionId,
    submittedAt: storeNow(held).toISOString(),
    // Clears the end of a purchase recorded as lost.
    ...{ endedAt: undefined, costUsd: undefined, failure: undefined, doubts: undefined },
  } as const;
}

function refuse(message: string): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, message);
}
