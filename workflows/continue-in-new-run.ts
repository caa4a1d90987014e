import { makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';

import { newReleaseSignal } from './messages.ts';

/** Tells when a run should continue in another release. */
export interface ReleaseWatch {
  /** Whether workers of another release should take the run over. */
  isOtherWanted(): boolean;
  /** This run's build for the next run; undefined unless it moves for a release. */
  readonly movedFrom: string | undefined;
}

/**
 * Watches for a current release other than this run's own. A run that moved and landed in the same build, because
 * somebody pinned it, does not move again until a signal wakes it.
 *
 * @param movedFrom the build of the run before; absent where it did not move for a release
 */
export function watchRelease(movedFrom: string | undefined): ReleaseWatch {
  let isWoken = false;
  const wake = () => {
    isWoken = true;
  };
  setHandler(newReleaseSignal, wake, {
    description: 'Wakes a waiting workflow, so that it continues in the current release.',
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

/** Ends this run and starts the next one with these arguments, in the current release. @throws always */
export function continueInNewRun(...args: unknown[]): Promise<never> {
  const isVersioned = workflowInfo().currentDeploymentVersion !== undefined;
  return makeContinueAsNewFunc(isVersioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {})(...args);
}
