/** Where everything of one video lies in the bucket; ends in a slash. */
export function videoFolder(videoId: string): string {
  return `videos/${videoId}/`;
}

/**
 * Whether a key, or the beginning of one, lies in the folder of a video. A key with empty, `.` or `..` parts lies
 * nowhere: some stores read it as a path.
 */
export function isInVideoFolder(key: string, videoId: string): boolean {
  const folder = videoFolder(videoId);
  if (!key.startsWith(folder)) return false;
  return key
    .slice(folder.length)
    .split('/')
    .every((part) => !['', '.', '..'].includes(part));
}
