/** The message by which a program tells its supervisor that it serves. */
export const servingMessage = 'serving';

/** Tells the supervisor, where there is one, that this process serves. */
export function reportServing(): void {
  // A failed send means that the supervisor is gone; `endWithSupervisor` handles that.
  process.send?.(servingMessage, undefined, undefined, () => undefined);
}

/** Ends this process as SIGTERM does when its supervisor is gone, so that no process is left behind. */
export function endWithSupervisor(): void {
  if (!process.connected) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening must not keep an otherwise finished process alive.
  process.channel?.unref();
}
