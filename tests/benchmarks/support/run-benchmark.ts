import type { BenchStack, BenchStackOptions } from './bench-stack.ts';
import { startBenchStack } from './bench-stack.ts';

/** One benchmark: its servers, its measurement and its report. */
export interface Benchmark<Result extends object> {
  readonly stack: BenchStackOptions;
  measure(stack: BenchStack): Promise<Result>;
  /** Describes the result in lines for a person. */
  describe(result: Result): readonly string[];
  /** Whether to print one line of JSON instead. */
  readonly asJson: boolean;
}

/**
 * Runs a benchmark and ends everything it started, also when it fails and when a person stops it. Progress goes to
 * standard error, the result to standard output. Ends this process.
 */
export async function runBenchmark<Result extends object>(benchmark: Benchmark<Result>): Promise<never> {
  const interrupted = awaitInterruption();
  let exitCode = 1;
  let stack: BenchStack | undefined;
  try {
    note('Starting Temporal, SeaweedFS and the stand-in');
    const starting = startBenchStack(benchmark.stack);
    // An interruption while the servers start takes effect once they can be stopped.
    stack = await starting;
    const result = await Promise.race([benchmark.measure(stack), stack.broken, interrupted]);
    const lines = benchmark.asJson ? [JSON.stringify(result)] : benchmark.describe(result);
    process.stdout.write(`${lines.join('\n')}\n`);
    exitCode = 0;
  } catch (error) {
    if (error instanceof Interrupted) exitCode = error.exitCode;
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  await stack?.stop();
  // Calls cut off by the end of the servers may still be pending.
  process.exit(exitCode);
}

/** Prints progress; never part of the result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

class Interrupted extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('A person stopped the benchmark.');
    this.exitCode = exitCode;
  }
}

function awaitInterruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
    ] as const) {
      process.once(signal, () => {
        reject(new Interrupted(128 + number));
      });
    }
  });
  interrupted.catch(() => undefined);
  return interrupted;
}
