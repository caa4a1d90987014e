import { z } from 'zod';

import { type ModelKind, modelKinds } from '../media.ts';
import { checkModel } from './check-model.ts';
import { type ModelEntry, modelSchema } from './model-schema.ts';
import { checkPlannerModel, type PlannerModel, plannerSchema } from './planner-schema.ts';

/** A model with its name in briefs. */
export type CatalogueEntry<Kind extends ModelKind = ModelKind> = Extract<ModelEntry, { kind: Kind }> & {
  readonly name: string;
};

/** A language model for planning, with its name in briefs. */
export type PlannerEntry = PlannerModel & { readonly name: string };

/** The planner that needs no model and costs nothing. */
export const builtInPlanner = 'built-in';

/** The content of `models.yaml`. */
export const catalogueSchema = z
  .strictObject({
    /** The models of a brief that names none. */
    defaults: z.strictObject({
      planner: z.string(),
      ...(Object.fromEntries(modelKinds.map((kind) => [kind, z.string()])) as Record<ModelKind, z.ZodString>),
    }),
    models: z.record(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, { error: 'a name is 1–64 of a-z, 0-9, dots and dashes' }),
      z.discriminatedUnion('kind', [modelSchema, plannerSchema]).superRefine((model, context) => {
        const problems = model.kind === 'planner' ? checkPlannerModel(model) : checkModel(model);
        for (const { path, message } of problems) context.addIssue({ code: 'custom', path, message });
      }),
    ),
  })
  .superRefine(({ defaults, models }, context) => {
    for (const kind of modelKinds) {
      if (models[defaults[kind]]?.kind === kind) continue;
      const message = `"${defaults[kind]}" is not a model of kind ${kind}`;
      context.addIssue({ code: 'custom', path: ['defaults', kind], message });
    }
    const { planner } = defaults;
    if (planner === builtInPlanner || models[planner]?.kind === 'planner') return;
    const message = `"${planner}" is neither ${builtInPlanner} nor a model of kind planner`;
    context.addIssue({ code: 'custom', path: ['defaults', 'planner'], message });
  });
