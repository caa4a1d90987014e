import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type CatalogueContent, parseCatalogue } from '../../domain/schemas/parse-catalogue.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import { findPackageRoot } from '../find-package-root.ts';

/**
 * Reads the same catalogue as a worker with this environment: the file in `BEATREEL_CATALOGUE`, else the `models.yaml`
 * of the package.
 *
 * @throws InvalidSettings naming the file and every problem
 */
export async function readCatalogue(env: NodeJS.ProcessEnv): Promise<CatalogueContent> {
  const chosen = env['BEATREEL_CATALOGUE']?.trim() ?? '';
  const path = chosen === '' ? join(findPackageRoot() ?? '.', 'models.yaml') : chosen;
  try {
    return parseCatalogue(path, await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidSettings(
      `The catalogue cannot be read: ${reason}\nBEATREEL_CATALOGUE names another file.`,
      { cause },
    );
  }
}
