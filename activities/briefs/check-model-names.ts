import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { ModelKind } from '../../domain/media.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { type BriefProblem, showValue } from '../../domain/schemas/check-brief.ts';
import type { Catalogue } from '../providers/catalogue.ts';

/** The models of one kind that a brief gets, in the order in which they are tried. */
export interface AskedModels {
  readonly brief: BriefInput;
  readonly catalogue: Catalogue;
  readonly kind: ModelKind;
  readonly names: readonly string[];
}

/** Whether each model exists and can do what the brief asks, and whether those after the first can stand in for it. */
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
      ...checkPicture(asked, entry, problem),
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

/** Where the brief names no model, one that takes the picture is chosen for it. */
function checkPicture({ brief }: AskedModels, entry: CatalogueEntry, problem: Report): BriefProblem[] {
  if (entry.kind !== 'still' || brief.productImage === undefined || brief.models?.still === undefined)
    return [];
  if (entry.accepts.referenceImage) return [];
  return problem(`${entry.name} takes no picture of the product; leave models.still out, or productImage`);
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
