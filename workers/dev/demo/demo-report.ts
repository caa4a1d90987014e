import type { VideoResult } from '../../../domain/progress.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import { countOf } from '../../../domain/count-of.ts';

/** The report at the end of a demo; the line that `--json` prints. */
export interface DemoReport {
  readonly videoId: string;
  readonly status: VideoResult['status'];
  readonly beats: number;
  readonly stills: number;
  readonly chunks: number;
  readonly clips: number;
  readonly durationSeconds: number;
  readonly costUsd: number;
  /** Absolute path of the MP4. */
  readonly file: string;
  readonly music: VideoResult['music'];
  readonly phases: readonly {
    readonly phase: string;
    readonly status: string;
    readonly seconds: number;
    readonly costUsd: number;
  }[];
  readonly webUi?: string;
}

export function toDemoReport(result: VideoResult, file: string, webUi: string | undefined): DemoReport {
  const { videoId, status, beats, stills, chunks, clips, durationSeconds, costUsd, music } = result;
  return {
    videoId,
    status,
    beats,
    stills,
    chunks,
    clips,
    durationSeconds,
    costUsd,
    file,
    music,
    phases: result.phases.map(({ phase, status: phaseStatus, startedAt, endedAt, costUsd: phaseCost }) => ({
      phase,
      status: phaseStatus,
      seconds: secondsBetween(startedAt, endedAt),
      costUsd: phaseCost,
    })),
    webUi,
  };
}

/** Describes the report for a person. Phases overlap, so their times do not add up. */
export function describeVideo(report: DemoReport): string {
  const { beats, stills, chunks, durationSeconds, costUsd, music, file, webUi } = report;
  const phases = report.phases.map(
    ({ phase, seconds, costUsd: cost }) =>
      `  ${phase.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s   ${showUsd(cost)}`,
  );
  const lines = [
    '',
    `Video     ${file}`,
    `Length    ${durationSeconds} s: ${countOf(beats, 'beat')}, ${countOf(stills, 'still')}, ${countOf(chunks, 'chunk')}, music ${music.status}`,
    `Cost      ${showUsd(costUsd)} at list prices (the stand-in charges nothing)`,
    'Phases',
    ...phases,
    ...(webUi === undefined ? [] : [`Web UI    ${webUi}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function secondsBetween(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return 0;
  return Math.round((Date.parse(to) - Date.parse(from)) / 100) / 10;
}
