import { Context, type Info } from '@temporalio/activity';

import { failureTypes } from '../domain/failure-types.ts';
import { videoOf } from '../domain/workflow-types.ts';
import { isInVideoFolder } from '../domain/video-folder.ts';
import { callers, type CallRule } from './callers.ts';
import type { Activities } from './bind-activities.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { toApplicationFailure } from './runtime/to-application-failure.ts';

type AnyActivity = (request: unknown) => Promise<unknown>;

/** Wraps the activities so that each refuses every call that the table of callers does not allow. */
export function admitCallers(activities: Activities): Activities {
  const admitted = Object.entries(activities).map(([name, activity]) => {
    const rule = callers[name as keyof Activities] as CallRule<unknown>;
    return [name, admitCaller(rule, activity as AnyActivity)] as const;
  });
  return Object.fromEntries(admitted) as Activities;
}

function admitCaller(rule: CallRule<unknown>, activity: AnyActivity): AnyActivity {
  return async (request) => {
    const { info, log } = Context.current();
    const reason = whyRefused(rule, request, info);
    if (reason === undefined) return activity(request);
    log.warn('Call of an activity refused', { activityType: info.activityType, reason });
    const problem = `Refused to run ${info.activityType}: ${reason}.`;
    throw toApplicationFailure(new BeatreelFailure(failureTypes.invalidRequest, problem), info.attempt);
  };
}

/** @returns undefined for a call that may run */
function whyRefused(
  { workflowTypes, touches }: CallRule<unknown>,
  request: unknown,
  { workflowExecution, workflowType: callerType }: Info,
): string | undefined {
  const admitted = workflowTypes.join(' or ');
  if (!workflowExecution) return `no workflow called it, only ${admitted} may`;
  if (callerType === undefined || !workflowTypes.includes(callerType))
    return `a workflow ${callerType ?? ''} called it, only ${admitted} may`;
  const workflowId = videoOf(callerType, workflowExecution.workflowId);
  const { videoIds = [], keys = [] } = touches(request);
  if (videoIds.some((videoId) => videoId !== workflowId))
    return `the video ${workflowId} names another video`;
  const foreign = keys.some((key) => key !== undefined && !isInVideoFolder(key, workflowId));
  return foreign ? `the video ${workflowId} names a key outside its folder` : undefined;
}
