import { readFile } from 'node:fs/promises';

/** Resident memory of one process, in MiB. Linux only. */
export interface ProcessMemory {
  readonly nowMiB: number;
  /** The most since the process started. */
  readonly peakMiB: number;
}

/** @throws Error where there is no `/proc`, or no such process */
export async function readMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}.`);
    return Number(kibibytes) / 1024;
  };
  return { nowMiB: read('VmRSS'), peakMiB: read('VmHWM') };
}
