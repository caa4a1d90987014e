import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { unpackWoff } from './unpack-woff.ts';

/** Other scripts in bold only: resvg falls back to the first font that has a letter, whatever its weight. */
const fontNames = ['latin-500', 'latin-700', 'latin-ext-700', 'cyrillic-700', 'greek-700'].map(
  (name) => `inter-${name}-normal`,
);

/**
 * Unpacks the packaged font (Inter) into a folder, so that words look the same on every machine.
 *
 * @returns paths of the font files, for resvg
 */
export async function installFonts(folder: string): Promise<string[]> {
  const resolve = createRequire(import.meta.url).resolve;
  await mkdir(folder, { recursive: true });
  return Promise.all(
    fontNames.map(async (name) => {
      const path = join(folder, `${name}.ttf`);
      const woff = await readFile(resolve(`@fontsource/inter/files/${name}.woff`));
      await writeFile(path, unpackWoff(woff));
      return path;
    }),
  );
}
