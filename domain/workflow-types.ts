/** The type name of the workflow that makes a video: `temporal workflow start --type generateVideo`. */
export const generateVideoType = 'generateVideo';

/** The type name of the workflow that prices a video and makes nothing. */
export const estimateVideoType = 'estimateVideo';

/** The type name of the workflow that ends everything live of a video whose own workflow was ended from outside. */
export const cleanUpVideoType = 'cleanUpVideo';

/** The type name of the workflow that makes a new revision of a video, or prices one. */
export const editVideoType = 'editVideo';

const editPrefix = 'edit/';

/** The id of one change of a video; no video can have it. */
export function editId(videoId: string, suffix: string): string {
  return `${editPrefix}${videoId}/${suffix}`;
}

const cleanUpPrefix = 'clean-up/';

/** The id of the clean-up of a video; no video can have it. */
export function cleanUpId(videoId: string): string {
  return `${cleanUpPrefix}${videoId}`;
}

/** The id of the video that one of our workflows may touch. */
export function videoOf(workflowType: string | undefined, workflowId: string): string {
  if (workflowType === cleanUpVideoType) return workflowId.replace(cleanUpPrefix, '');
  if (workflowType === editVideoType) return workflowId.replace(editPrefix, '').replace(/\/[^/]*$/, '');
  return workflowId;
}
