/** Fields with names of machines, processes and source files, which a replay ignores. */
const traces: ReadonlySet<string> = new Set(['stackTrace', 'identity', 'requestId', 'workerVersion']);

/** Removes traces of the recording machine from a history. */
export function withoutTraces(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutTraces);
  if ('kind' in value && value.kind === 'TASK_QUEUE_KIND_STICKY') return { ...value, name: 'sticky' };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !traces.has(name))
      .map(([name, inner]) => [name, withoutTraces(inner)]),
  );
}
