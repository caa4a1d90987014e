import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { ModelKind } from '../../domain/media.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { referenceSlots } from '../../domain/schemas/model-schema.ts';
import { type BriefProblem, showValue } from '../../domain/schemas/check-brief.ts';
import { countOf } from '../../domain/count-of.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import { hasReferences, mostReferences } from './count-references.ts';

/** The models of one kind that a brief gets, in the order in which they are tried. */
export interface AskedModels {
  readonly brief: BriefInput;
  readonly catalogue: Catalogue;
  readonly kind: ModelKind;
  readonly names: readonly string[];
}

/** Checks that each model exists and can do what the brief asks, and that later ones can stand in for the first. */
export function checkModelNames(asked: AskedModels): BriefProblem[] {
  const { names, kind, catalogue } = asked;
  const [first] = names.map((name) => findModel(catalogue, kind, name));
  return names.flatMap((name, position) => {
    const problem = (rule: string, field = `models.${kind}`): BriefProblem[] => [
      { field, value: showValue(field === 'aspectRatio' ? (asked.brief.aspectRatio ?? '16:9') : name), rule },
    ];
    if (names.indexOf(name) < position) return problem(`${name} stands twice in the list`);
    const entry = findModel(catalogue, kind, name);
    if (!entry) return problem(`one of ${namesOf(catalogue, kind).join(', ')}`);
    return [
      ...checkReferences(asked, entry, problem),
      ...checkShape(asked, entry, problem),
      ...checkLength(first, entry, problem),
    ];
  });
}

type Report = (rule: string, field?: string) => BriefProblem[];

function findModel({ entries }: Catalogue, kind: ModelKind, name: string): CatalogueEntry | undefined {
  return entries.find((entry) => entry.name === name && entry.kind === kind);
}

function namesOf({ entries }: Catalogue, kind: ModelKind): string[] {
  return entries.filter((entry) => entry.kind === kind).map(({ name }) => name);
}

/** A brief that names no image model passes if any model of the catalogue takes its pictures. */
function checkReferences(asked: AskedModels, entry: CatalogueEntry, problem: Report): BriefProblem[] {
  const { brief, catalogue, kind } = asked;
  const most = mostReferences(brief);
  // A model of sound shows nothing.
  if (!('aspectRatios' in entry.accepts) || most === 0) return [];
  const slots = referenceSlots(entry);
  // Footage starts from a still that shows them; a clip model need not see them.
  if (slots >= most || (entry.kind === 'clip' && slots === 0)) return [];
  if (kind === 'still' && brief.models?.still === undefined) return checkAnyModel(catalogue, brief, most);
  const given = hasReferences(brief)
    ? `up to ${countOf(most, 'picture')} of references in a beat`
    : undefined;
  if (given === undefined)
    return problem(`${entry.name} takes no picture of the product; leave models.still out, or productImage`);
  const taken = slots === 0 ? 'none' : String(slots);
  return problem(
    `the brief has ${given}, and ${entry.name} takes ${taken}; ${namesThatTake(catalogue, kind, most)}`,
  );
}

function checkAnyModel(catalogue: Catalogue, brief: BriefInput, most: number): BriefProblem[] {
  const stills = catalogue.entries.filter((entry) => entry.kind === 'still');
  const slots = Math.max(...stills.map(referenceSlots));
  if (slots >= most) return [];
  const value = `(${countOf(most, 'picture')} in one beat)`;
  const rule = `at most ${slots}: no model of the catalogue takes more; name fewer, or say in beats[].references which beat shows which`;
  return [{ field: hasReferences(brief) ? 'references' : 'productImage', value, rule }];
}

function namesThatTake({ entries }: Catalogue, kind: ModelKind, most: number): string {
  const able = entries.filter((entry) => entry.kind === kind && referenceSlots(entry) >= most);
  const names = able.map((entry) => `${entry.name} (${referenceSlots(entry)})`);
  return names.length === 0
    ? 'no model of the catalogue takes as many'
    : `these take as many: ${names.join(', ')}`;
}

function checkShape({ brief, kind }: AskedModels, entry: CatalogueEntry, problem: Report): BriefProblem[] {
  if (!('aspectRatios' in entry.accepts)) return [];
  if (entry.accepts.aspectRatios.includes(brief.aspectRatio ?? '16:9')) return [];
  const rule = `${entry.name} makes ${entry.accepts.aspectRatios.join(', ')}; choose one of those or another models.${kind}`;
  return problem(rule, 'aspectRatio');
}

/** Beats are cut into chunks for the first model, and each must be able to fill them. */
function checkLength(
  first: CatalogueEntry | undefined,
  entry: CatalogueEntry,
  problem: Report,
): BriefProblem[] {
  if (first?.kind !== 'clip' || entry.kind !== 'clip' || entry.clipSeconds >= first.clipSeconds) return [];
  return problem(
    `${entry.name} makes ${entry.clipSeconds} s and cannot stand in for ${first.name}, which makes ${first.clipSeconds} s`,
  );
}
