/** The prefix of all queues of a fleet. @param orchestratorQueue the queue of its workflows */
export function queuePrefix(orchestratorQueue: string): string {
  return orchestratorQueue.replace(/-orchestrator$/, '');
}
