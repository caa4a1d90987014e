import { makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';

/** Whether the workers of this run are those of an older release: the current one is to take it over. */
export function isOtherVersionWanted(): boolean {
  return workflowInfo().targetWorkerDeploymentVersionChanged;
}

/** Ends this run and starts the next one with these arguments, in the release that is current. @throws always */
export function continueInNewRun(...args: unknown[]): Promise<never> {
  const isVersioned = workflowInfo().currentDeploymentVersion !== undefined;
  return makeContinueAsNewFunc(isVersioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {})(...args);
}
