import { runFfmpeg } from '../../activities/media/ffmpeg/run-ffmpeg.ts';
import { keepComplaints } from '../../activities/media/ffmpeg/keep-complaints.ts';
import { join } from 'node:path';
import { packageRoot } from '../../workers/setup/package-root.ts';

test.each([
  [
    ['Stream map "0:a" matches no streams.\nConver', 'sion failed!\n'],
    'Stream map "0:a" matches no streams.\nConversion failed!',
  ],
  [['  title : an error\n', 'frame=  24 fps=12 q=-1.0\n'], ''],
  [
    ['[libx264 @ 0x1] kb/s:1203 error\nclip.mp4: No such file or directory'],
    'clip.mp4: No such file or directory',
  ],
  [['x error\n'.repeat(9)], 'x error\nx error\nx error\nx error'],
])('of the log %j is kept %j', (parts, text) => {
  const complaints = keepComplaints();
  parts.forEach(complaints.push);
  expect(complaints.text()).toBe(text);
});

test('a failed run shows what it complained of first, not what it reported last', async () => {
  const ffmpeg = join(packageRoot(), 'tests', 'media', 'programs', 'complaining-tool.mjs');
  const tools = { ffmpeg, ffprobe: ffmpeg };

  await expect(runFfmpeg(tools, { task: 'cut the clip', args: [] })).rejects.toMatchObject({
    message:
      'Could not cut the clip: complaining-tool.mjs ended with code 69: [h264 @ 0x1] Invalid NAL unit size (9 > 4).',
  });
});
