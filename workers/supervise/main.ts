import { fileURLToPath } from 'node:url';

import { writeLine } from '../logging/write-line.ts';
import { typescriptFlags } from '../setup/typescript-flags.ts';
import { keepRunning } from './keep-running.ts';

const programs = { worker: '../main', webhooks: '../webhooks/main' } as const;

/**
 * `npm run worker`, `npm run webhooks`: keeps one program running. The first argument names it, the others are its own.
 */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const program = Object.entries(programs).find(([known]) => known === name)?.[1];
  if (program === undefined) {
    writeLine('ERROR', `"${name}" cannot be kept running: one of ${Object.keys(programs).join(', ')}.`);
    return 2;
  }
  const isSource = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(`${program}.${isSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = isSource ? typescriptFlags : [];
  return keepRunning({ name: `The ${name}`, args: [...loader, path, ...args] }, (sentence) => {
    writeLine('WARN', sentence);
  });
}

process.exitCode = await main(process.argv.slice(2));
