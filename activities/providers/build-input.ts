import type { ArtifactRef } from '../../domain/artifact.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import type { Placeholder } from '../../domain/schemas/placeholders.ts';
import { cutAtWord } from '../../domain/cut-at-word.ts';

/** Makes a file of ours readable for a host; the address is of this file alone. */
export type AddressFile = (file: ArtifactRef) => Promise<string>;

export interface BuiltInput {
  /** The model's own fields. May carry addresses that open files: never log it, never keep it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields that together tell this order from any other; empty when the model takes no such field. */
  readonly marker: Readonly<Record<string, string | number>>;
}

/** Placeholders whose value no other purchase of the video has. */
const marking: ReadonlySet<string> = new Set<Placeholder>(['seed', 'firstFrame']);

/** Fills the catalogue's mapping with a request. A field whose value is absent is left out. */
export async function buildInput(
  entry: CatalogueEntry,
  request: PredictionRequest,
  addressFile: AddressFile,
): Promise<BuiltInput> {
  const input: Record<string, unknown> = {};
  const marker: Record<string, string | number> = {};
  const references = [...referencesOf(request)];
  for (const [field, template] of Object.entries(entry.input)) {
    const placeholder =
      typeof template === 'string' && template.startsWith('$') ? template.slice(1) : undefined;
    const value =
      placeholder === undefined
        ? template
        : await fill(placeholder, { entry, request, references, addressFile });
    if (value === undefined) continue;
    input[field] = value;
    if (placeholder !== undefined && isMark(value) && marking.has(placeholder)) {
      marker[field] = withoutQuery(value);
    }
  }
  return { input, marker: { ...marker, ...(isEmpty(marker) ? {} : findPrompt(entry, input)) } };
}

/** Finds the prompt, which tells orders apart where videos share a seed. */
function findPrompt(entry: CatalogueEntry, input: BuiltInput['input']): Record<string, string> {
  const field = Object.keys(entry.input).find((name) => entry.input[name] === '$prompt');
  return field === undefined ? {} : { [field]: String(input[field]) };
}

/** The pictures of an order, in the order in which they are sent. */
function referencesOf(request: PredictionRequest): readonly ArtifactRef[] {
  if ('referenceImages' in request && request.referenceImages) return request.referenceImages;
  return request.kind === 'still' && request.referenceImage ? [request.referenceImage] : [];
}

interface Sources {
  readonly entry: CatalogueEntry;
  readonly request: PredictionRequest;
  /** Pictures that no field has taken yet; a field for one takes the first. */
  readonly references: ArtifactRef[];
  readonly addressFile: AddressFile;
}

async function fill(
  placeholder: string,
  { entry, request, references, addressFile }: Sources,
): Promise<string | number | readonly string[] | undefined> {
  switch (placeholder) {
    case 'prompt':
      // Some models read no further than the first line.
      return cutAtWord(request.prompt.replace(/\s+/g, ' ').trim(), entry.limits.promptCharacters ?? Infinity);
    case 'seed':
      return request.seed;
    case 'aspectRatio':
      return 'aspectRatio' in request ? request.aspectRatio : undefined;
    case 'seconds':
      return request.kind === 'score' && entry.kind === 'score'
        ? Math.min(Math.ceil(request.seconds), entry.maxSeconds ?? Infinity)
        : undefined;
    case 'firstFrame':
      return request.kind === 'clip' && request.firstFrame ? addressFile(request.firstFrame) : undefined;
    case 'referenceImage': {
      const next = references.shift();
      return next && addressFile(next);
    }
    case 'referenceImages':
      // A list without entries is refused by some models.
      return references.length > 0 ? Promise.all(references.map(addressFile)) : undefined;
    default:
      throw new Error(`models.yaml: ${entry.name} uses $${placeholder}, which is not part of a request.`);
  }
}

/** Whether a value may mark an order: a `data:` address would fill the ledger. */
function isMark(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && !value.startsWith('data:'));
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}

function withoutQuery(value: string | number): string | number {
  return typeof value === 'string' ? (value.split('?')[0] ?? value) : value;
}
