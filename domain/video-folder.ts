/** The bucket folder of one video; ends in a slash. */
export function videoFolder(videoId: string): string {
  return `videos/${videoId}/`;
}

/** Whether a key or a key prefix lies in the folder of a video. */
export function isInVideoFolder(key: string, videoId: string): boolean {
  return isInFolder(key, videoFolder(videoId));
}

/**
 * Whether a key lies in a folder of the bucket. Keys with empty, `.` or `..` parts never do: some stores read them as
 * paths.
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
