import { randomUUID } from 'node:crypto';

import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { leaseLeftMs } from './lease-left.ts';

/** A ledger entry before anything is bought. */
export type PurchaseDraft = Omit<LedgerEntry, 'state' | 'nonce' | 'claimedAt'>;

export type Claim =
  /** The caller buys it: nothing has gone out. */
  | { readonly kind: 'mine'; readonly held: HeldEntry }
  /** Bought or ended: there is nothing to buy. */
  | { readonly kind: 'bought'; readonly held: HeldEntry }
  /** Another's order may be on its way. */
  | { readonly kind: 'busy'; readonly held: HeldEntry; readonly waitMs: number }
  /** An order may have gone out and may still arrive: it can be found, but not yet called absent. */
  | { readonly kind: 'unanswered'; readonly held: HeldEntry; readonly waitMs: number }
  /** Another's order may have gone out, and its poster is gone. */
  | { readonly kind: 'unknown'; readonly held: HeldEntry };

/** A purchase to claim. */
export interface ClaimRequest {
  readonly objectKey: string;
  readonly draft: PurchaseDraft;
  /** Called before an intention to buy is written; an error it throws leaves the ledger unchanged. */
  readonly beforeClaim?: () => Promise<void>;
}

/** Twice the attempts that any real race takes; more means that the store is broken. */
const maxRounds = 8;

/**
 * Finds or makes the entry of a purchase and says who may act on it. An entry that is only `claimed` is taken from
 * its holder, who notices before posting; one that is `posting` is untouchable until its lease ends.
 */
export async function claimPurchase(ledger: Ledger, request: ClaimRequest): Promise<Claim> {
  const { objectKey, draft, beforeClaim } = request;
  for (let round = 0; round < maxRounds; round += 1) {
    const found = await ledger.read(objectKey);
    if (!found || found.entry.state === 'claimed') await beforeClaim?.();
    const claim = found ? await judge(ledger, found) : await createClaim(ledger, objectKey, draft);
    if (claim) return claim;
  }
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The ledger entry ${objectKey} kept changing while it was being claimed.`,
  );
}

async function createClaim(
  ledger: Ledger,
  objectKey: string,
  draft: PurchaseDraft,
): Promise<Claim | undefined> {
  const entry = {
    ...draft,
    state: 'claimed',
    nonce: randomUUID(),
    claimedAt: new Date().toISOString(),
  } as const;
  const held = await ledger.create(objectKey, entry);
  return held && { kind: 'mine', held };
}

async function judge(ledger: Ledger, found: HeldEntry): Promise<Claim | undefined> {
  switch (found.entry.state) {
    case 'claimed': {
      const held = await ledger.replace(found, { nonce: randomUUID() });
      return held && { kind: 'mine', held };
    }
    case 'posting': {
      const waitMs = leaseLeftMs(found);
      if (waitMs <= 0) return { kind: 'unknown', held: found };
      return found.entry.answerLost === true
        ? { kind: 'unanswered', held: found, waitMs }
        : { kind: 'busy', held: found, waitMs };
    }
    case 'submitted':
    case 'succeeded':
    case 'failed':
    case 'canceled':
    case 'lost':
      return { kind: 'bought', held: found };
  }
}
