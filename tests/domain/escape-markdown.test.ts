import { describeProgress } from '../../domain/describe-progress.ts';
import { escapeMarkdown, unescapeMarkdown } from '../../domain/escape-markdown.ts';

test.each([
  ['**bold** _and_ `code`', '\\*\\*bold\\*\\* \\_and\\_ \\`code\\`'],
  ['[a link](https://pages.example)', '\\[a link\\]\\(https\\://pages.example\\)'],
  ['![a picture](x)', '\\!\\[a picture\\]\\(x\\)'],
  ['<img src=x> &lt;', '\\<img src=x\\> \\&lt;'],
  ['from $5 to $9', 'from \\$5 to \\$9'],
  ['~~gone~~ a|b', '\\~\\~gone\\~\\~ a\\|b'],
  ['# a heading', '\\# a heading'],
  ['- a list', '\\- a list'],
  ['+ a list', '\\+ a list'],
  ['12. a list', '12\\. a list'],
  ['12) a list', '12\\) a list'],
  ['two\n\nlines', 'two lines'],
  ['a \\ stroke', 'a \\\\ stroke'],
  ['The lamp, at 7.30 - plain', 'The lamp, at 7.30 - plain'],
])('%j is shown by the Web UI as it is', (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
  expect(unescapeMarkdown(markdown)).toBe(text.replace(/\s+/g, ' '));
});

test('the details of a video have no dollar sign that opens a formula, whoever wrote it', () => {
  const details = describeProgress({
    videoId: 'lamp',
    title: 'From $5 to $9',
    status: 'parked',
    phase: 'plan',
    phases: [{ phase: 'plan', status: 'running', costUsd: 0.006, units: [] }],
    costUsd: 0.006,
    estimateUsd: 1.56,
    changes: 1,
    warnings: ['It cost $2 of $3.'],
  });
  expect(details).toContain('spent 0.006 USD of at most 1.56 USD.');
  expect(details.replaceAll('\\$', '')).not.toContain('$');
});
