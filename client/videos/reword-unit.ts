import type { Edit } from '../../domain/edits/edit.ts';
import { failureTable } from '../../domain/failures.ts';
import { type BoughtMedium, isBought } from '../../domain/media.ts';
import type { UnitReport, VideoProgress } from '../../domain/progress.ts';
import type { RetryAccepted, RetryRequest } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotRetryable } from '../errors/not-retryable.ts';
import { readStatus } from './read-status.ts';
import { reviseVideo } from './revise-video.ts';

/**
 * Asks for one failed unit in other words, which makes another revision of the video, so that later edits find these
 * words. Existing takes of the same beat are kept; other failed units are ordered again unchanged.
 *
 * @returns the names of all of them
 * @throws NotRetryable when the video is not parked, or more or less than one unit matches; NotAccepted;
 *   VideoNotFound; NoWorkerAnswers
 */
export async function rewordUnit(
  temporal: TemporalNamespace,
  videoId: string,
  { prompt, ...request }: RetryRequest & { readonly prompt: string },
): Promise<RetryAccepted> {
  const progress = await readStatus(temporal, videoId);
  const { status, revision = 1 } = progress;
  if (status !== 'parked')
    throw new NotRetryable(videoId, `The video is ${status}; units are retried while it is parked.`);
  const unit = findUnit(progress, request);
  const { plan } = await reviseVideo(temporal, videoId, {
    edits: [toEdit(videoId, unit, prompt)],
    base: revision,
    keep: keptOf(progress, unit),
  });
  const bought = plan.units.filter((planned) => planned.do === 'buy').map(({ name }) => name);
  const failed = unitsOf(progress).filter(({ failure, name }) => failure && bought.includes(name));
  return { units: [unit.name, ...failed.map(({ name }) => name).filter((name) => name !== unit.name)] };
}

function unitsOf({ phases }: VideoProgress): readonly UnitReport[] {
  return phases.flatMap(({ units }) => units);
}

function findUnit(progress: VideoProgress, { beat, unit: name }: RetryRequest): UnitReport {
  const { videoId } = progress;
  const units = unitsOf(progress);
  // Stills are in story order.
  const story = units.filter(({ medium }) => medium === 'still').map((still) => still.beat);
  const id = typeof beat === 'number' ? story[beat - 1] : beat;
  const failed = units.filter(({ failure }) => failure !== undefined);
  const matching = failed.filter(
    (unit) => (beat === undefined || unit.beat === id) && (name === undefined || unit.name === name),
  );
  const [unit, ...others] = matching;
  if (!unit)
    throw new NotRetryable(
      videoId,
      `No failed unit matches; failed are ${failed.map((other) => other.name).join(', ')}.`,
    );
  if (others.length > 0)
    throw new NotRetryable(
      videoId,
      `prompt fits one unit, and ${matching.length} match; name the beat or the unit.`,
    );
  if (unit.failure && failureTable[unit.failure.type].isInDoubt === true)
    throw new NotRetryable(
      videoId,
      `${unit.name} may be paid for already: reconcile it first, then another take can be bought.`,
    );
  return unit;
}

/** The edit for a unit's words. A useless clip means a useless chunk, so its words go to the chunk. */
function toEdit(videoId: string, { name, medium, beat = '' }: UnitReport, prompt: string): Edit {
  const bought = medium === 'clip' ? 'chunk' : medium;
  if (isBought(bought)) return edits[bought](beat, prompt);
  throw new NotRetryable(videoId, `${name} is not bought: it takes neither a prompt nor a new take.`);
}

const edits: Readonly<Record<BoughtMedium, (beat: string, prompt: string) => Edit>> = {
  still: (beat, prompt) => ({ op: 'words', beat, still: prompt }),
  chunk: (beat, prompt) => ({ op: 'words', beat, motion: prompt }),
  score: (_, prompt) => ({ op: 'music', words: prompt }),
};

/** Existing chunks of the beat, to keep: the new words of a beat apply to all its chunks. */
function keptOf(progress: VideoProgress, { medium, beat, chunk }: UnitReport): readonly string[] {
  if (medium !== 'chunk' && medium !== 'clip') return [];
  return unitsOf(progress)
    .filter((unit) => unit.medium === 'chunk' && unit.beat === beat && unit.chunk !== chunk && unit.artifact)
    .map(({ name }) => name);
}
