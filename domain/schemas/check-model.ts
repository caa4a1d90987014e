import { type ModelEntry, referenceSlots } from './model-schema.ts';
import { type Placeholder, placeholders } from './placeholders.ts';

/** One thing wrong with an entry of the catalogue. */
export interface ModelProblem {
  /** Path of the field within the entry. */
  readonly path: string[];
  readonly message: string;
}

/**
 * Finds contradictions within an entry. Without this check the first purchase or the first bill would reveal them.
 */
export function checkModel(model: ModelEntry): ModelProblem[] {
  return [
    ...misspelt(model),
    ...unsaid(model, 'prompt', true),
    ...unsaid(model, 'seed', model.accepts.seed),
    ...checkReferences(model),
    ...(model.kind === 'clip'
      ? [...unsaid(model, 'firstFrame', model.accepts.firstFrame), ...checkFootage(model)]
      : []),
  ];
}

function misspelt({ input }: ModelEntry): ModelProblem[] {
  const known = placeholders.map((name) => `$${name}`);
  return Object.entries(input).flatMap(([field, template]) => {
    const path = ['input', field];
    if (typeof template !== 'string') {
      return nestedPlaceholders(template).map((text) => ({
        path,
        message: `${text} stands inside a value; a placeholder is the whole value of a field`,
      }));
    }
    if (!template.startsWith('$') || known.includes(template)) return [];
    return [{ path, message: `${template} is not one of ${known.join(', ')}` }];
  });
}

/** Finds placeholders inside nested values: these would be sent unfilled. */
function nestedPlaceholders(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('$') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(nestedPlaceholders);
}

/** Checks that a model's input has a field for everything it accepts, and the other way round. */
function unsaid({ input }: ModelEntry, placeholder: Placeholder, isAccepted: boolean): ModelProblem[] {
  const isSent = Object.values(input).includes(`$${placeholder}`);
  if (isSent === isAccepted) return [];
  const message = isAccepted
    ? `no field is $${placeholder}, which the model accepts`
    : `$${placeholder} is sent, which accepts.${placeholder} does not allow`;
  return [{ path: ['input'], message }];
}

/** Checks the pictures: one field takes a list, or as many fields as the model has slots take one picture each. */
function checkReferences(model: ModelEntry): ModelProblem[] {
  const slots = referenceSlots(model);
  const sent = Object.values(model.input);
  const single = sent.filter((template) => template === '$referenceImage').length;
  const isList = sent.includes('$referenceImages');
  const path = ['input'];
  if (isList && single > 0)
    return [{ path, message: '$referenceImages takes all pictures, and $referenceImage is sent as well' }];
  if (isList && slots > 0) return [];
  if (isList || (single > 0 && slots === 0)) {
    const name = isList ? 'referenceImages' : 'referenceImage';
    return [{ path, message: `$${name} is sent, which accepts.${name} does not allow` }];
  }
  if (single === slots) return [];
  if (single === 0)
    return [{ path, message: `no field is $referenceImages, of which the model accepts ${slots}` }];
  const message = `$referenceImage stands in ${single} fields, and the model accepts ${slots} pictures`;
  return [{ path, message }];
}

type ClipEntry = Extract<ModelEntry, { kind: 'clip' }>;

function checkFootage({ clipSeconds, accepts, input }: ClipEntry): ModelProblem[] {
  const { durations, resolutions } = accepts;
  const sent = Object.values(input);
  const problems: ModelProblem[] = [];
  if (!durations.includes(clipSeconds)) {
    const message = `${clipSeconds} is not one of accepts.durations (${durations.join(', ')})`;
    problems.push({ path: ['clipSeconds'], message });
  } else if (durations.length > 1 && !sent.includes(clipSeconds)) {
    const message = `no field asks for ${clipSeconds} s, one of several lengths the model can make`;
    problems.push({ path: ['input'], message });
  }
  if (resolutions && !resolutions.some((resolution) => sent.includes(resolution))) {
    // The host's own default changes between versions, and the price with it.
    const message = `no field asks for one of accepts.resolutions (${resolutions.join(', ')})`;
    problems.push({ path: ['input'], message });
  }
  return problems;
}
