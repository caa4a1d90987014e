import { type Command, Option } from 'commander';

import {
  builtInPlanner,
  type CatalogueEntry,
  type PlannerEntry,
} from '../../../domain/schemas/catalogue-schema.ts';
import { type ModelKind, modelKinds } from '../../../domain/media.ts';
import type { CatalogueContent } from '../../../domain/schemas/parse-catalogue.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeModel } from '../describe-model.ts';
import { readCatalogue } from '../read-catalogue.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { toColumns } from '../to-columns.ts';
import { showUsd } from '../../../domain/show-usd.ts';

interface ModelsFlags extends CommonFlags {
  readonly kind?: ModelKind | 'planner';
}

/** `beatreel models` */
export function addModelsCommand(program: Command): void {
  program
    .command('models')
    .description('List the models of the catalogue with their inputs, outputs and prices.')
    .addOption(new Option('--kind <kind>', 'only those of this kind').choices([...modelKinds, 'planner']))
    .option('--json', 'print one JSON document')
    .action(({ kind, ...common }: ModelsFlags) =>
      runCommand(common, async ({ output }) => {
        const catalogue = await readCatalogue(process.env);
        const models = [...catalogue.entries, ...catalogue.planners].filter(
          (entry) => kind === undefined || entry.kind === kind,
        );
        output.result(
          models.map((entry) => toJson(entry, catalogue)),
          toTable(models, catalogue),
        );
        return exitCodes.ok;
      }),
    );
}

type ListedModel = CatalogueEntry | PlannerEntry;

/** Drops the field mapping, which callers do not need. */
function toJson(entry: ListedModel, { defaults }: CatalogueContent): object {
  const shown = Object.entries(entry).filter(([name]) => name !== 'input');
  return { ...Object.fromEntries(shown), isDefault: defaults[entry.kind] === entry.name };
}

function toTable(models: readonly ListedModel[], { defaults }: CatalogueContent): string {
  if (models.length === 0) return 'No models.';
  const rows = models.map((entry) => {
    const { name, kind, host, price } = entry;
    const mark = defaults[kind] === name ? '*' : '';
    return [`${name}${mark}`, kind, host, showUsd(highestOf(entry)), price.readOn, describeModel(entry)];
  });
  const table = toColumns([['MODEL', 'KIND', 'HOST', 'AT MOST', 'PRICE READ', 'MAKES'], ...rows]);
  return [
    ...table,
    '',
    '* the default of its kind. AT MOST: the highest price of one prediction, or of one plan.',
    ...(defaults.planner === builtInPlanner
      ? ['The default planner is the built-in one, which is free.']
      : ['Workers without a language model use the built-in planner, which is free.']),
  ].join('\n');
}

function highestOf(entry: ListedModel): number {
  return entry.kind === 'planner' ? entry.price.perPlanUsd : entry.price.perPredictionUsd;
}
