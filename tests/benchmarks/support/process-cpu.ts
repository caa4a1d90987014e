import { readFile } from 'node:fs/promises';

/** Ticks a second in which Linux counts a process's time, the same on all of Node's platforms. */
const ticksPerSecond = 100;

/** Seconds of processor time that a process has used so far, its ended children not counted. Linux only. */
export async function readCpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in parentheses that may hold anything; fields 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
