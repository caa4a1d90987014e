import { randomInt } from 'node:crypto';

/** A task's number: 18 digits, more than a JavaScript number holds. */
export function newTaskId(): string {
  const digits = Array.from({ length: 17 }, () => randomInt(10));
  return `9${digits.join('')}`;
}

/** The number of a task's file. */
export function fileIdOf(taskId: string): bigint {
  return BigInt(taskId) + 1n;
}

/** @returns undefined for text that is not a file's number */
export function taskIdOf(fileId: string): string | undefined {
  return /^\d{1,19}$/.test(fileId) ? (BigInt(fileId) - 1n).toString() : undefined;
}
