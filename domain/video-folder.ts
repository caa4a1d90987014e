/** Where everything of one video lies in the bucket; ends in a slash. */
export function videoFolder(videoId: string): string {
  return `videos/${videoId}/`;
}

/** Whether a key, or the beginning of one, lies in the folder of a video. */
export function isInVideoFolder(key: string, videoId: string): boolean {
  return isInFolder(key, videoFolder(videoId));
}

/**
 * Whether a key lies in a folder of the bucket. One with empty, `.` or `..` parts lies nowhere: some stores read it as a
 * path.
 *
 * @param folder ends in a slash
 */
export function isInFolder(key: string, folder: string): boolean {
  if (!key.startsWith(folder)) return false;
  return key
    .slice(folder.length)
    .split('/')
    .every((part) => !['', '.', '..'].includes(part));
}
