import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { describeBrief } from './describe-brief.ts';

/** Writes docs/brief.md anew: `npm run docs:brief`. */
await writeFile(
  join(packageRoot(), 'docs', 'brief.md'),
  await format(describeBrief(), { parser: 'markdown', printWidth: 110 }),
);
