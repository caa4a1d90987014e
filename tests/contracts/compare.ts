import { readFile } from 'node:fs/promises';

import { compareWithPublished } from './compare-with-published.ts';
import { readContract } from './contract.ts';
import type { PublishedFile } from './published-file.ts';

/** Compares our contract with Replicate against the OpenAPI file that it publishes, given by its path. */
async function main([path]: readonly string[]): Promise<number> {
  if (path === undefined) {
    process.stderr.write(
      'Compare with which file? npm run contracts:compare -- PATH\n' +
        'Replicate publishes it at https://api.replicate.com/openapi.json\n',
    );
    return 2;
  }
  const published = JSON.parse(await readFile(path, 'utf8')) as PublishedFile;
  const { calls, differences, assumptions } = compareWithPublished(
    await readContract('replicate'),
    published,
  );
  const version = published.info?.version ?? 'of no version';
  const lines = [
    `Compared with ${path} (${version}): ${calls.length} calls.`,
    ...calls.map((call) => `  ${call}`),
    `${assumptions.length} things we count on beyond what is promised, as the contract says:`,
    ...assumptions.map((assumption) => `  ${assumption}`),
    differences.length === 0 ? 'They agree.' : `${differences.length} differences:`,
    ...differences.map((difference) => `  ${difference}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return differences.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
