const longestTitle = 60;

/** Display name of a video: its title, or the first words of its prompt, at most 61 characters with the ellipsis. */
export function titleOf({
  title,
  prompt,
}: {
  readonly title?: string | undefined;
  readonly prompt: string;
}): string {
  const line = (title ?? prompt).trim().replace(/\s+/g, ' ');
  if (title !== undefined || line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  // Do not cut a word, unless the line begins with a very long one.
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestTitle / 2))}…`;
}
