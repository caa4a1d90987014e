import { renderProgress } from '../../client/cli/progress-bars.ts';
import { createProgressView } from '../../client/terminal/progress-view.ts';
import type { PhaseOutput, UnitReport, VideoProgress } from '../../client/index.ts';
import { phases } from '../../domain/media.ts';

function unit(name: string, changes: Partial<UnitReport> = {}): UnitReport {
  return { name, medium: 'still', status: 'waiting', attempts: 0, costUsd: 0, ...changes };
}

function progressOf(
  outputs: Partial<Record<string, Partial<PhaseOutput>>>,
  changes: Partial<VideoProgress> = {},
): VideoProgress {
  return {
    videoId: 'rain',
    title: 'Rain on a roof',
    status: 'running',
    phase: 'storyboard',
    phases: phases.map((phase) => ({ phase, status: 'pending', costUsd: 0, units: [], ...outputs[phase] })),
    costUsd: 0.25,
    changes: 1,
    ...changes,
  };
}

const half = progressOf({
  plan: { status: 'succeeded', units: [unit('storyboard', { status: 'succeeded', attempts: 1 })] },
  storyboard: {
    status: 'running',
    units: [
      unit('still-b1', { status: 'succeeded', attempts: 1 }),
      unit('still-b2', { status: 'rendering', attempts: 1 }),
    ],
  },
});

const rejected = { type: 'ContentRejected', reason: 'It is \u001b[31mred\u001b[0m.\nVery red.' } as const;
const parked = progressOf(
  {
    plan: half.phases[0]!,
    storyboard: {
      status: 'partial',
      units: [
        unit('still-b1', { status: 'succeeded', attempts: 1 }),
        unit('still-b2', { status: 'failed', attempts: 2, failure: rejected }),
      ],
    },
  },
  { status: 'parked', changes: 2 },
);

class Screen {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 70;

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }
}

test('a terminal shows a bar per phase, drawn anew in place', () => {
  const screen = new Screen(true);
  const view = createProgressView(screen);
  view.show(half);
  expect(screen.text.split('\n').slice(0, 3)).toEqual([
    'Rain on a roof: running, phase storyboard, spent $0.25',
    '1 plan       ████████████████████     1/1  succeeded',
    '2 storyboard ██████████░░░░░░░░░░     1/2  running, 1 in work',
  ]);
  screen.text = '';
  view.show(parked);
  expect(screen.text.startsWith('\u001b[6A\u001b[0J')).toBe(true);
  screen.text = '';
  view.note('No worker answers.');
  expect(screen.text.startsWith('\u001b[7A\u001b[0JNo worker answers.\nRain on a roof')).toBe(true);
});

test('no line is wider than the terminal, and no word from a host moves its cursor', () => {
  for (const width of [20, 40, 60]) {
    for (const line of renderProgress(parked, width)) {
      expect(line.length).toBeLessThanOrEqual(width);
      expect(line).not.toContain('\u001b');
    }
  }
});

test('elsewhere every change of a unit and of a phase is a line', () => {
  const screen = new Screen(false);
  const view = createProgressView(screen);
  view.show(half);
  expect(screen.text).toBe(
    'storyboard succeeded\n' +
      'phase plan succeeded\n' +
      'phase storyboard running\n' +
      'still-b1 succeeded\n' +
      'still-b2 rendering\n' +
      'Rain on a roof: running, phase storyboard, spent $0.25\n',
  );
  screen.text = '';
  view.show(half);
  expect(screen.text).toBe('');
  view.show(parked);
  expect(screen.text).toBe(
    'still-b2 failed: ContentRejected, It is  [31mred [0m. Very red.\n' +
      'phase storyboard partial\n' +
      'Rain on a roof: parked, phase storyboard, spent $0.25\n',
  );
});
