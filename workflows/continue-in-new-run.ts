import { makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';

import { newReleaseSignal } from './messages.ts';

/** Tells when a run is to go on in another release. */
export interface ReleaseWatch {
  /** Whether workers of another release are to take it over. */
  isOtherWanted(): boolean;
  /** What the next run is told of this one. */
  readonly movedFrom: string | undefined;
}

/**
 * Watches for a release that is current and not this run's own. A run that moved and came out where it was, because
 * somebody pinned it, does not move again before somebody wakes it.
 *
 * @param movedFrom the build that the run before was in; absent where it did not move for a release
 */
export function watchRelease(movedFrom: string | undefined): ReleaseWatch {
  let isWoken = false;
  const wake = () => {
    isWoken = true;
  };
  setHandler(newReleaseSignal, wake, {
    description: 'Wakes what waits, so that it goes on in the current release.',
  });
  const ownBuild = () => workflowInfo().currentDeploymentVersion?.buildId;
  return {
    isOtherWanted: () =>
      workflowInfo().targetWorkerDeploymentVersionChanged && (isWoken || movedFrom !== ownBuild()),
    get movedFrom() {
      return workflowInfo().targetWorkerDeploymentVersionChanged ? ownBuild() : undefined;
    },
  };
}

/** Ends this run and starts the next one with these arguments, in the release that is current. @throws always */
export function continueInNewRun(...args: unknown[]): Promise<never> {
  const isVersioned = workflowInfo().currentDeploymentVersion !== undefined;
  return makeContinueAsNewFunc(isVersioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {})(...args);
}
