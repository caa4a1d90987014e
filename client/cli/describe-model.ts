import { referenceSlots } from '../../domain/schemas/model-schema.ts';
import type { CatalogueEntry, PlannerEntry } from '../../domain/schemas/catalogue-schema.ts';
import { countOf } from '../../domain/count-of.ts';
import { aspectRatios } from '../../domain/brief.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** Describes a model's output and inputs in one line of a listing. */
export function describeModel(entry: CatalogueEntry | PlannerEntry): string {
  if (entry.kind === 'planner') return describePlanner(entry);
  return [...describeKind(entry), ...(entry.accepts.seed ? ['seed'] : []), ...describeLimits(entry)].join(
    ', ',
  );
}

function describePlanner({ price }: PlannerEntry): string {
  const { perMillionInputTokensUsd: input, perMillionOutputTokensUsd: output } = price;
  return `storyboards; a million tokens cost ${showUsd(input)} in and ${showUsd(output)} out`;
}

function describeKind(entry: CatalogueEntry): string[] {
  if (entry.kind === 'still')
    return [...describeShapes(entry.accepts.aspectRatios), ...describeReferences(entry)];
  if (entry.kind === 'clip')
    return [
      describeLength(entry),
      ...(entry.shortSide === undefined ? [] : [`${entry.shortSide}p`]),
      ...(entry.nativeAudio ? ['with sound'] : []),
      ...describeShapes(entry.accepts.aspectRatios),
      ...(entry.accepts.lastFrame ? ['first and last frame'] : ['first frame']),
      ...describeReferences(entry),
    ];
  const maxSeconds = 'maxSeconds' in entry ? entry.maxSeconds : undefined;
  return [maxSeconds === undefined ? 'a length of its own' : `up to ${maxSeconds} s`];
}

function describeReferences(entry: CatalogueEntry): string[] {
  const slots = referenceSlots(entry);
  return slots === 0 ? [] : [countOf(slots, 'reference picture')];
}

function describeLength({ clipSeconds, accepts }: Extract<CatalogueEntry, { kind: 'clip' }>): string {
  const others = accepts.durations.filter((seconds) => seconds !== clipSeconds);
  return others.length === 0 ? `${clipSeconds} s` : `${clipSeconds} s (could: ${others.join(', ')})`;
}

function describeShapes(shapes: readonly string[]): string[] {
  return shapes.length === aspectRatios.length ? [] : [shapes.join(' ')];
}

function describeLimits({ limits: { promptCharacters } }: CatalogueEntry): string[] {
  return promptCharacters === undefined ? [] : [`prompts of ${promptCharacters} characters`];
}
