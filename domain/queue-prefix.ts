/** The prefix that all queues of a fleet share. @param orchestratorQueue the queue on which its workflows run */
export function queuePrefix(orchestratorQueue: string): string {
  return orchestratorQueue.replace(/-orchestrator$/, '');
}
