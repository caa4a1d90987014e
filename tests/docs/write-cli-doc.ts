import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { describeCli } from './describe-cli.ts';

/** Writes docs/cli.md anew: `npm run docs:cli`. */
await writeFile(
  join(packageRoot(), 'docs', 'cli.md'),
  await format(describeCli(), { parser: 'markdown', printWidth: 110 }),
);
