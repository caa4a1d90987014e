const longestTitle = 60;

/** What a video is called: its title, or the first words of its prompt, at most 61 characters with the ellipsis. */
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
  // A word is not cut, unless the line begins with a very long one.
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestTitle / 2))}…`;
}
