import { createInterface } from 'node:readline/promises';

import { UsageError } from './usage-error.ts';

/**
 * Asks a person at a terminal for a yes. Without a terminal, `--yes` is required.
 *
 * @throws UsageError without a terminal
 */
export async function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError(`${question} There is no terminal to answer at: say --yes, or --dry-run to look.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} Type yes to go on: `, { signal });
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
