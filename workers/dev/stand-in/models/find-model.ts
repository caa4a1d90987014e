import { minimaxModels } from './minimax-models.ts';
import { modelSchemas } from './model-schemas.ts';
import { sha256 } from '../sha256.ts';
import type { ModelDescription } from './model-description.ts';

/** A model by its name; undefined when the stand-in does not play it. */
export function findModel(name: string): ModelDescription | undefined {
  return [...modelSchemas, ...minimaxModels].find((model) => model.name === name);
}

/** The id of a model's version: the real one of community models, a made-up stable one of official models. */
export function versionOf(model: ModelDescription): string {
  return model.version ?? sha256(model.name);
}

/**
 * The model that a create request's `version` means: `owner/name`, `owner/name:version` or a bare version.
 *
 * @returns undefined where the host would refuse: an unknown model, or a community model without its version
 */
export function resolveVersion(version: string): ModelDescription | undefined {
  const [name = '', id] = version.split(':');
  if (!name.includes('/')) return modelSchemas.find((model) => versionOf(model) === name);
  const model = findModel(name);
  if (model === undefined) return undefined;
  if (id === undefined) return model.version === undefined ? model : undefined;
  return versionOf(model) === id ? model : undefined;
}
