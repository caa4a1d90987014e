/** The first complaint says what is wrong; the others mostly follow from it. */
const mostComplaints = 4;
const longestLine = 400;

/** Words of complaints: ffmpeg's log at level info marks them in no other way. */
const complaint =
  /\b(?:errors?|invalid|failed|failure|cannot|can't|could not|unable to|no such|not found|corrupt\w*|missing|unsupported|not supported|not permitted|denied|no space left|does not|do not match|mismatch|impossible|unknown|out of memory|truncat\w*|illegal|reserved|unrecognized|nothing was (?:written|encoded)|matches no streams)\b/i;

/** Lines that are no complaints: metadata of a file such as `title : an error`, and statistics of an encoder. */
const report =
  /^\s+\S+\s*:|^\s*(?:Input|Output|Stream) #|^\[[^\]]*\] (?:frame|mb|kb\/s|using|profile|consecutive|coded|ref|Qavg|Weighted)\b/;

/** Follows the log of a program and keeps its first complaints; a broken input makes megabytes of them. */
export function keepComplaints(): { readonly push: (text: string) => void; readonly text: () => string } {
  const kept: string[] = [];
  let rest = '';
  const take = (line: string) => {
    if (kept.length < mostComplaints && complaint.test(line) && !report.test(line))
      kept.push(line.trim().slice(0, longestLine));
  };
  return {
    push(text) {
      const lines = (rest + text).split(/[\r\n]/);
      rest = (lines.pop() ?? '').slice(0, 10 * longestLine);
      lines.forEach(take);
    },
    text() {
      take(rest);
      rest = '';
      return kept.join('\n');
    },
  };
}
