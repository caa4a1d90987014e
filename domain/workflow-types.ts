/** The name by which the workflow is started: `temporal workflow start --type generateVideo`. */
export const generateVideoType = 'generateVideo';

/** The name of the workflow that prices a video and makes nothing. */
export const estimateVideoType = 'estimateVideo';
