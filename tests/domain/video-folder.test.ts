import { isInVideoFolder } from '../../domain/video-folder.ts';

test.each([
  ['videos/lamp/brief.json', true],
  ['videos/lamp/ledger/storyboard-00-00-t0-ab.json', true],
  ['videos/lamp/cut', true],
  ['videos/lamp2/brief.json', false],
  ['videos/lamp', false],
  ['videos/lamp/', false],
  ['videos/lamp/../lamp2/brief.json', false],
  ['videos/lamp/./brief.json', false],
  ['videos/lamp//brief.json', false],
  ['/videos/lamp/brief.json', false],
  ['uploads/lamp/brief.json', false],
  ['', false],
])('the key "%s" lies in the folder of the video lamp: %s', (key, expected) => {
  expect(isInVideoFolder(key, 'lamp')).toBe(expected);
});
