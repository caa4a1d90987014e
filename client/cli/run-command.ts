import { BeatreelClient } from '../beatreel-client.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { onSignals } from '../terminal/on-signals.ts';
import { useDevEnvironment } from './dev-environment.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { Output } from './output.ts';

/** Options of every command. */
export interface CommonFlags {
  readonly json?: boolean;
}

/** The connection, the output and the signal of one run of a command. */
export interface CommandSession {
  /** Connects by the environment; the connection is closed after the command. Safe to call again. */
  readonly connect: () => Promise<BeatreelClient>;
  readonly output: Output;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Milliseconds for a command to report that the video continues, and to remove half-written files. */
const interruptGraceMs = 1_000;

/** Runs a command, reports its error, closes its connection, and sets the exit code. */
export async function runCommand(
  { json = false }: CommonFlags,
  command: (session: CommandSession) => Promise<ExitCode>,
): Promise<void> {
  const output = new Output(json);
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort(new Error('interrupted'));
    // A command that waits for a server ignores the signal.
    setTimeout(() => process.exit(exitCodes.interrupted), interruptGraceMs).unref();
  };
  const listenNoMore = onSignals(['SIGINT', 'SIGTERM'], interrupt);
  const file = useDevEnvironment(process.env);
  let connecting: Promise<BeatreelClient> | undefined;
  const connect = () => (connecting ??= BeatreelClient.connect());
  try {
    process.exitCode = await command({ connect, output, signal: interruption.signal });
  } catch (error) {
    process.exitCode = interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf(error);
    if (!interruption.signal.aborted) output.error(error);
    if (file !== undefined && error instanceof BeatreelError && error.code === 'ServerUnreachable') {
      output.note(`The address comes from ${file}; is npm run dev still up?`);
    }
  } finally {
    listenNoMore();
    await connecting?.then(
      (client) => client.close(),
      () => undefined,
    );
  }
}
