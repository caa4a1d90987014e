import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of this machine, as /proc describes it. Linux only. */
export interface LivingProcess {
  readonly pid: number;
  readonly groupId: number;
  readonly command: string;
  readonly folder: string;
}

/** All processes but zombies. */
export function livingProcesses(): LivingProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => describe(Number(pid)) ?? []);
}

/** Processes that run in a folder below `root` or were given a path below it. */
export function processesOf(root: string): LivingProcess[] {
  return livingProcesses().filter(({ command, folder }) => folder.startsWith(root) || command.includes(root));
}

export function isAlive(pid: number): boolean {
  return describe(pid) !== undefined;
}

/** `address:port` of each TCP socket on which a process of the group listens. */
export function listenersOf(groupId: number): string[] {
  const inodes = new Set(
    livingProcesses()
      .filter((living) => living.groupId === groupId)
      .flatMap(({ pid }) => socketInodes(pid)),
  );
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
      .map((fields) => decodeAddress(fields[1] ?? '')),
  );
}

function describe(pid: number): LivingProcess | undefined {
  try {
    const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, groupId: Number(group), command, folder: readlinkSync(`/proc/${pid}/cwd`) };
  } catch {
    return undefined;
  }
}

function socketInodes(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** The kernel prints an IPv4 address as a little-endian number. */
function decodeAddress(field: string): string {
  const [address = '', port = ''] = field.split(':');
  const readable =
    address.length === 8
      ? (address.match(/../g) ?? [])
          .map((byte) => parseInt(byte, 16))
          .reverse()
          .join('.')
      : address;
  return `${readable}:${parseInt(port, 16)}`;
}
