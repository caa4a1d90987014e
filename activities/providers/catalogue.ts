import { readFile } from 'node:fs/promises';

import type { ModelKind } from '../../domain/media.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { type CatalogueContent, parseCatalogue } from '../../domain/schemas/parse-catalogue.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** The models that a worker can ask for. */
export interface Catalogue extends CatalogueContent {
  /** @throws BeatreelFailure InvalidRequest when there is no such model of that kind */
  find<Kind extends ModelKind>(name: string, kind: Kind): CatalogueEntry<Kind>;
}

/** Reads and checks a catalogue file. @throws Error naming the path and every problem */
export async function loadCatalogue(path: string): Promise<Catalogue> {
  const content = parseCatalogue(path, await readFile(path, 'utf8'));
  return { ...content, find: (name, kind) => findEntry(content.entries, name, kind) };
}

function findEntry<Kind extends ModelKind>(
  entries: readonly CatalogueEntry[],
  name: string,
  kind: Kind,
): CatalogueEntry<Kind> {
  const ofKind = entries.filter((entry): entry is CatalogueEntry<Kind> => entry.kind === kind);
  const found = ofKind.find((entry) => entry.name === name);
  if (found) return found;
  const rule = `one of ${ofKind.map((entry) => entry.name).join(', ')}`;
  throw new BeatreelFailure(failureTypes.invalidRequest, `models.${kind} is "${name}": ${rule}.`, {
    details: [{ field: `models.${kind}`, value: JSON.stringify(name), rule }],
  });
}
