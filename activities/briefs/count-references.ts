import { type NamedReference, productName, showReferences } from '../../domain/references.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';

/** Whether a brief has references beside a picture of the product. */
export function hasReferences({ references = {}, beats = [] }: BriefInput): boolean {
  return Object.keys(references).length > 0 || beats.some((beat) => beat.references !== undefined);
}

/**
 * The most reference pictures that one still of a brief may be made with. Beats that a person wrote say so; a planner
 * may show all of them in one beat.
 */
export function mostReferences(brief: BriefInput): number {
  const { productImage, references = {}, beats } = brief;
  const named: NamedReference[] = [
    ...(productImage === undefined ? [] : [{ name: productName, kind: 'product' as const }]),
    ...Object.entries(references).map(([name, { kind }]) => ({ name, kind })),
  ];
  // A picture of the product alone is shown with every still.
  if (!beats || !hasReferences(brief)) return named.length;
  const { byBeat } = showReferences(
    named,
    beats.map(({ prompt, references: listed }) => ({ words: prompt, references: listed })),
  );
  return Math.max(...byBeat.map(({ length }) => length));
}
