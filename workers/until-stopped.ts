/** Settles when a person or a supervisor wants this process to end. @returns the signal's conventional exit code */
export function untilStopped(): Promise<number> {
  return new Promise((stop) => {
    process.once('SIGINT', () => {
      stop(130);
    });
    process.once('SIGTERM', () => {
      stop(143);
    });
    // The terminal was closed.
    process.once('SIGHUP', () => {
      stop(129);
    });
  });
}
