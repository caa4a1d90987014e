import { setTimeout as sleep } from 'node:timers/promises';

import { afterwards } from '../../domain/afterwards.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { isFinal } from '../../domain/failures.ts';
import { LostAnswer } from '../providers/lost-answer.ts';
import type { CreatedPrediction, CreateRequest, ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { neverFinal } from '../runtime/never-final.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { leaseMarginMs, longestLeaseMs } from './lease-left.ts';
import { noteStray } from './end-strays.ts';
import { recordAnswer } from './record-answer.ts';

export interface Order {
  readonly held: HeldEntry;
  readonly host: ModelHost;
  readonly request: CreateRequest;
  readonly marker: LedgerEntry['marker'];
  /** Aborted when the video is cancelled: then nothing is posted. */
  readonly signal: AbortSignal;
}

/**
 * Spends. Writes that the order may be on its way, checks the lease by this process's own clock, posts, and writes
 * the result. An order that surely was not taken goes back to `claimed`; one whose answer was lost stays
 * `posting`, to be looked for at once and called absent only when it can arrive no more.
 *
 * @returns the entry with the prediction's id, ours or that of a worker that took over; and with its end, where the
 *   host answers orders with their outcome
 */
export async function postPurchase(ledger: Ledger, order: Order): Promise<HeldEntry> {
  const posting = await writePosting(ledger, order);
  await assertStillOurs(ledger, order, posting);
  const created = await post(ledger, order, posting);
  const changes = recordAnswer(created, posting);
  const answered = await neverFinal(writePatiently(() => writeAnswer(ledger, posting, changes)));
  return answered ?? (await neverFinal(giveWay(ledger, order, created)));
}

/** Others may add notes to our entry while we post; only another's claim takes it from us. */
async function writeAnswer(
  ledger: Ledger,
  posting: HeldEntry,
  changes: Partial<LedgerEntry>,
): Promise<HeldEntry | undefined> {
  const written = await ledger.replace(posting, changes);
  if (written) return written;
  const found = await ledger.read(posting.objectKey);
  const isOurs = found?.entry.state === 'posting' && found.entry.nonce === posting.entry.nonce;
  return found && isOurs ? writeAnswer(ledger, found, changes) : undefined;
}

/** How long a write is retried, in milliseconds. A longer outage of the store loses an unrepeatable answer. */
const writeWithinMs = 60_000;
const pauseMs = 500;

/** Retries a write that is the only trace of a payment. */
async function writePatiently<T>(write: () => Promise<T>): Promise<T> {
  const endsAtMs = performance.now() + writeWithinMs;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      const isPassing = error instanceof BeatreelFailure && !isFinal(error.type, 1);
      if (!isPassing || performance.now() > endsAtMs) throw error;
    }
    await sleep(pauseMs);
  }
}

async function writePosting(ledger: Ledger, { held, marker, host, request }: Order): Promise<HeldEntry> {
  const leaseMs = longestLeaseMs(host, request.kind);
  // `storeTime` is older than now, so the lease can only end early by the store's clock, never late.
  const elapsedMs = performance.now() - held.askedAtMs;
  const leaseUntil = new Date(held.storeTime.getTime() + elapsedMs + leaseMs).toISOString();
  const webhookOrdered = request.webhook === undefined ? undefined : true;
  const posting = await ledger.replace(held, { state: 'posting', leaseUntil, marker, webhookOrdered });
  if (posting) return posting;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Another attempt took over the purchase ${held.objectKey} before it was posted.`,
  );
}

/** Checks the lease and the entry directly before the POST; only the instant between check and socket stays open. */
async function assertStillOurs(ledger: Ledger, order: Order, posting: HeldEntry): Promise<void> {
  const isLate = performance.now() - posting.askedAtMs > leaseMarginMs;
  if (!isLate && !order.signal.aborted) return;
  // Nothing has gone out, so the next attempt need not look for it at the host.
  await ledger.replace(posting, { state: 'claimed', leaseUntil: undefined });
  order.signal.throwIfAborted();
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The purchase ${posting.objectKey} was held up for more than ${leaseMarginMs} ms before posting; its lease may end too soon.`,
  );
}

async function post(
  ledger: Ledger,
  { host, request }: Order,
  posting: HeldEntry,
): Promise<CreatedPrediction> {
  try {
    return await host.createPrediction(request);
  } catch (error) {
    if (error instanceof LostAnswer) {
      const elapsedMs = performance.now() - posting.askedAtMs;
      const arrivedBy = new Date(posting.storeTime.getTime() + elapsedMs + host.lateArrivalMs);
      const answerLost = { answerLost: true, leaseUntil: arrivedBy.toISOString() };
      await neverFinal(afterwards(error, () => writePatiently(() => ledger.replace(posting, answerLost))));
      throw new BeatreelFailure(
        failureTypes.providerUnavailable,
        `${error.message} The host may have taken the order; it is looked for before anything is ordered again.`,
        { cause: error, retryAfterMs: 500 },
      );
    }
    // A 4xx, or a connection that was never made: nothing was bought. Without this write, an order at a host without a
    // list would stay in doubt.
    const free = () => ledger.replace(posting, { state: 'claimed', leaseUntil: undefined });
    await afterwards(error, () => writePatiently(free));
    throw error;
  }
}

/**
 * Our answer came after the lease had ended and another worker decided. If that worker found our prediction, the entry
 * names it; otherwise our prediction is surplus and is canceled at once, where the host can.
 */
async function giveWay(ledger: Ledger, order: Order, created: CreatedPrediction): Promise<HeldEntry> {
  const { id: predictionId, ended } = created;
  const found = await ledger.read(order.held.objectKey);
  if (found?.entry.predictionId === predictionId) return found;
  const isEnded = !order.host.canCancel || ended !== undefined;
  if (!isEnded) await endOrNote(ledger, order, predictionId);
  if (found?.entry.predictionId !== undefined) return found;
  const fate = isEnded ? 'is past saving' : 'was canceled';
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The purchase ${order.held.objectKey} was taken over while its answer was on the way; prediction ${predictionId} ${fate}.`,
  );
}

/** Ends a surplus prediction, or notes it for the next worker that handles this purchase. */
async function endOrNote(ledger: Ledger, { host, held }: Order, predictionId: string): Promise<void> {
  const note = () => writePatiently(() => noteStray(ledger, held.objectKey, predictionId));
  try {
    await host.cancelPrediction(predictionId);
    // A host that does not know the new prediction yet cannot have canceled it.
    if ((await host.getPrediction(predictionId)) === undefined) await note();
  } catch (error) {
    await afterwards(error, note);
    throw error;
  }
}
