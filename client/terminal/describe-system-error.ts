/**
 * Describes an operating-system error about a file or a port, with the next step.
 *
 * @returns undefined for any other error
 */
export function describeSystemError(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, syscall, path, port, address } = error as NodeJS.ErrnoException & {
    readonly port?: number;
    readonly address?: string;
  };
  if (code === undefined) return undefined;
  if (syscall === 'listen')
    return `Port ${port ?? ''} of ${address ?? 'this machine'} cannot be listened on (${code}): stop what has it, or choose another port.`;
  if (path === undefined) return undefined;
  const advice = code === 'ENOSPC' ? 'Make room on the disk' : 'Let this user read and write it';
  return `${path} cannot be used (${code}, ${syscall ?? 'a system call'}). ${advice}, or name another place.`;
}
