import { z } from 'zod';

import { invalidInput } from '../faults/apply-request-faults.ts';
import { type Exchange, readJson } from '../http/exchange.ts';
import { findModel } from '../models/find-model.ts';
import { minimaxModels } from '../models/minimax-models.ts';
import type { ModelDescription, ModelInput, OutputKind } from '../models/model-description.ts';
import { validateInput } from '../models/validate-input.ts';

const bodySchema = z.looseObject({ model: z.string() });

/** An order that MiniMax would accept. */
export interface MinimaxOrder {
  readonly model: ModelDescription;
  /** The fields beside `model`. */
  readonly input: ModelInput;
}

/** Reads and checks an order of one kind. @throws ApiProblem with the host's reasons */
export async function readOrder(exchange: Exchange, kind: OutputKind): Promise<MinimaxOrder> {
  const { model: name, ...input } = bodySchema.parse(await readJson(exchange));
  const model = findModel(name);
  if (model?.kind !== kind || !minimaxModels.includes(model)) {
    throw invalidInput([
      { type: 'enum', field: 'model', description: `${name} is not a model of this call` },
    ]);
  }
  const violations = [...validateInput(model, input), ...checkMusic(model, input)];
  if (violations.length > 0) throw invalidInput(violations);
  return { model, input };
}

/** Requires lyrics, except for music without voices. */
function checkMusic({ kind }: ModelDescription, input: ModelInput) {
  if (kind !== 'score' || input['is_instrumental'] === true || typeof input['lyrics'] === 'string') return [];
  return [{ type: 'required', field: 'lyrics', description: 'lyrics is required' }];
}
