/** What a program tells its supervisor when it serves. */
export const servingMessage = 'serving';

/** Tells the supervisor, where there is one, that this process serves. */
export function reportServing(): void {
  // A supervisor that is gone hears nothing; `endWithSupervisor` takes care of that.
  process.send?.(servingMessage, undefined, undefined, () => undefined);
}

/** Ends this process as SIGTERM does when its supervisor is gone, so that no process is left behind. */
export function endWithSupervisor(): void {
  if (!process.connected) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening alone must not keep a process alive that has nothing left to do.
  process.channel?.unref();
}
