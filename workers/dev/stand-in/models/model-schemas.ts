import { clipModels } from './clip-models.ts';
import type { ModelDescription } from './model-description.ts';
import { scoreModels } from './score-models.ts';
import { stillModels } from './still-models.ts';

/** Every model of Replicate that the stand-in plays, with the input its host accepts. */
export const modelSchemas: readonly ModelDescription[] = [...stillModels, ...clipModels, ...scoreModels];
