import { resolve } from 'node:path';

import { packageRoot } from '../setup/package-root.ts';
import { readOptions } from '../programs/read-options.ts';
import { runProgram } from '../programs/run-program.ts';
import { packClient } from './pack-client.ts';

const usage = `Usage: npm run pack:client -- [--out FOLDER]   Writes beatreel-client-VERSION.tgz (default folder: out).`;

await runProgram(async () => {
  const { out = 'out' } = readOptions(usage, { out: { type: 'string' } });
  process.stdout.write(`${await packClient(resolve(packageRoot(), out))}\n`);
  return 0;
});
