/** The name by which the workflow is started: `temporal workflow start --type generateVideo`. */
export const generateVideoType = 'generateVideo';

/** The name of the workflow that prices a video and makes nothing. */
export const estimateVideoType = 'estimateVideo';

/** The name of the workflow that ends what runs for a video whose own workflow was ended from outside. */
export const cleanUpVideoType = 'cleanUpVideo';

const cleanUpPrefix = 'clean-up/';

/** The id of the clean-up of a video; no video can have it. */
export function cleanUpId(videoId: string): string {
  return `${cleanUpPrefix}${videoId}`;
}

/** The video that a workflow of ours may touch. */
export function videoOf(workflowType: string | undefined, workflowId: string): string {
  return workflowType === cleanUpVideoType ? workflowId.replace(cleanUpPrefix, '') : workflowId;
}
