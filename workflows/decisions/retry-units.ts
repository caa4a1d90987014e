import type { ApplicationFailure } from '@temporalio/workflow';

import { failureTable } from '../../domain/failures.ts';
import { rowOf } from '../../domain/media.ts';
import { isRetryRequest } from '../guards.ts';
import type { RetryAccepted, RetryRequest } from '../messages.ts';
import { quote, refused } from '../unit-failure.ts';
import { BoughtUnit } from '../units/bought-unit.ts';
import type { Unit } from '../units/unit.ts';
import type { Video } from '../video.ts';

/** @throws ApplicationFailure InvalidRequest when the video is not parked or no failed unit matches */
export function validateRetry(video: Video, request: RetryRequest): void {
  if (!isRetryRequest(request))
    throw refused(`The request is ${quote(request)}: one object with beat, unit, prompt or newTake.`);
  const matching = matchingUnits(video, request);
  const isFetch = matching.length > 0 && matching.every(isAtStake) && !isAnotherTake(request);
  if (video.isEnding || (video.status !== 'parked' && !isFetch)) {
    throw refused(
      `The video is ${video.isEnding ? 'ending' : video.status}; units are retried while it is parked.`,
    );
  }
  if (matching.length === 0) throw asNoMatch(video, request);
  if (!isAnotherTake(request)) return;
  // Buying a chunk again also buys the chunks after it again.
  const beats = matching.map(beatOf);
  const inDoubt = video.failedUnits.find((unit) => beats.includes(beatOf(unit)) && isInDoubt(unit));
  if (inDoubt) {
    throw refused(
      `${inDoubt.name} may be paid for already: reconcile it first, then another take can be bought.`,
    );
  }
  const own = matching.find((unit) => !toBought(video, unit));
  if (own) throw refused(`${own.name} is not bought: it takes neither a prompt nor a new take.`);
  if (request.prompt === undefined) return;
  if (request.prompt.trim() === '' || request.prompt.length > 2000) {
    throw refused(`prompt has ${request.prompt.length} characters: 1–2,000.`);
  }
  if (matching.length > 1)
    throw refused(`prompt fits one unit, and ${matching.length} match; name the beat or the unit.`);
}

/** Lets failed units run again: as they are, or with another take. */
export function retryUnits(video: Video, request: RetryRequest): RetryAccepted {
  const matching = matchingUnits(video, request);
  const isParked = video.status === 'parked';
  for (const unit of matching) {
    reopenUnit(video, unit, request);
    if (!isParked && unit instanceof BoughtUnit) unit.resume();
  }
  video.reopenings += 1;
  return { units: matching.map(({ name }) => name) };
}

/** Failed units of a beat, or of a name; all of them when neither is given. */
export function failedUnits(video: Video, { beat, unit: name }: Pick<RetryRequest, 'beat' | 'unit'>): Unit[] {
  const id = typeof beat === 'number' ? video.plan?.storyboard.beats[beat - 1]?.id : beat;
  return video.failedUnits.filter(
    (unit) => (beat === undefined || beatOf(unit) === id) && (name === undefined || unit.name === name),
  );
}

/** Whether only a person can find out the fate of its order. */
export function isInDoubt({ failure }: Unit): boolean {
  return failure !== undefined && failureTable[failure.type].isInDoubt === true;
}

function isAnotherTake({ prompt, newTake = false }: RetryRequest): boolean {
  return prompt !== undefined || newTake;
}

/** Whether its file is paid for; such files are fetched even while other units wait. */
function isAtStake(unit: Unit): boolean {
  return unit instanceof BoughtUnit && unit.isAtStake;
}

/** Reopens a unit. A new take of a clip is a new take of its chunk. */
function reopenUnit(video: Video, unit: Unit, { prompt, newTake = false }: RetryRequest): void {
  const bought = toBought(video, unit);
  if (!bought || (prompt === undefined && !newTake)) {
    unit.reopen();
    return;
  }
  const reopening = { words: prompt, newTake };
  const chain = video.plan?.chains.find((other) => other.linkOf(bought));
  const link = chain?.linkOf(bought);
  if (!video.plan || !chain || !link) {
    bought.reopen(reopening);
    return;
  }
  const phase = video.phase('chunks');
  if (phase.isOver) phase.begin();
  chain.rebuy(link, reopening);
}

/** The unit to buy for a new take: the unit itself, or the chunk that it was made from. */
function toBought({ plan }: Video, unit: Unit): BoughtUnit | undefined {
  if (unit instanceof BoughtUnit) return unit;
  return plan?.chains.flatMap((chain) => chain.linkOf(unit)?.chunk ?? [])[0];
}

/** Failed units that match; those with a lost file only when a new take is asked for. */
function matchingUnits(video: Video, { newTake = false, ...selection }: RetryRequest): Unit[] {
  return failedUnits(video, selection).filter((unit) => newTake || !isLost(unit));
}

/** Whether it is paid for, and its host no longer has the file as far as we know. */
export function isLost({ failure }: Unit): boolean {
  return failure !== undefined && failureTable[failure.type].needsNewTake === true;
}

function asNoMatch(video: Video, request: RetryRequest): ApplicationFailure {
  const [lost] = failedUnits(video, request);
  if (lost) {
    return refused(
      `${lost.name} was paid for and lost (${lost.failure?.reason ?? ''}). ` +
        'Buying it again costs its price again: ask for a new take.',
    );
  }
  return refused(
    `No failed unit matches; failed are ${video.failedUnits.map(({ name }) => name).join(', ')}.`,
  );
}

function beatOf({ place }: Unit): string | undefined {
  return rowOf(place.medium).per === 'video' ? undefined : place.beat;
}
