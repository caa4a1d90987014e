import { percentile, round } from '../percentile.ts';
import type { MeasuredWay } from './measure-transfers.ts';

/** Medians of one way against one store. */
export interface WayFigures extends Omit<MeasuredWay, 'runs'> {
  /** `absent`: its package could not be installed. */
  readonly status: 'measured' | 'absent';
  readonly runs: number;
  /** Speed of all copies together. */
  readonly mebibytesPerSecond: number;
  /** The most over all runs; with several processes, the sum of them. */
  readonly peakRssMiB: number;
  readonly cpuSeconds: number;
}

/** The result of the benchmark. */
export interface TransferResult {
  readonly benchmark: 'transfer';
  readonly sizeMiB: number;
  readonly runs: number;
  /** Our speed into the discarding store, over that of a pipe into /dev/null. */
  readonly ratioToRawPipe: number;
  /** Our speed into SeaweedFS, over the fastest of the others. */
  readonly ratioToBestOther: number;
  /** The most memory of ours, over one file at a time and eight at once. */
  readonly peakRssMiB: number;
  readonly ways: readonly WayFigures[];
}

/** Takes medians, and compares ours with the others. */
export function summarise(measurement: {
  readonly sizeMiB: number;
  readonly runs: number;
  readonly measured: readonly MeasuredWay[];
}): TransferResult {
  const { sizeMiB, runs, measured } = measurement;
  const ways = measured.map(toFigures);
  const ours = ways.filter(({ way }) => way === 'ours');
  const single = ways.filter(({ atOnce, status }) => atOnce === 1 && status === 'measured');
  const speed = (store: string, isMeant: (way: string) => boolean) =>
    Math.max(
      ...single
        .filter((figures) => figures.store === store && isMeant(figures.way))
        .map(({ mebibytesPerSecond }) => mebibytesPerSecond),
    );
  const isOurs = (way: string) => way === 'ours';
  return {
    benchmark: 'transfer',
    sizeMiB,
    runs,
    ratioToRawPipe: round(speed('discarding', isOurs) / speed('discarding', (way) => way === 'raw pipe'), 2),
    ratioToBestOther: round(speed('SeaweedFS', isOurs) / speed('SeaweedFS', (way) => !isOurs(way)), 2),
    peakRssMiB: Math.max(...ours.map(({ peakRssMiB }) => peakRssMiB)),
    ways,
  };
}

function toFigures({ runs, ...way }: MeasuredWay): WayFigures {
  if (runs.length === 0)
    return { ...way, status: 'absent', runs: 0, mebibytesPerSecond: 0, peakRssMiB: 0, cpuSeconds: 0 };
  const median = (values: readonly number[]) => percentile(values, 0.5);
  const seconds = median(runs.map((run) => run.seconds));
  return {
    ...way,
    status: 'measured',
    runs: runs.length,
    mebibytesPerSecond: round((way.sizeMiB * way.atOnce) / seconds, 0),
    peakRssMiB: round(Math.max(...runs.map(({ peakMiB }) => peakMiB)), 0),
    cpuSeconds: round(median(runs.map((run) => run.cpuSeconds)), 2),
  };
}

/** Describes the result for a person. */
export function describeTransfers(result: TransferResult): string {
  const { sizeMiB, runs, ratioToRawPipe, ratioToBestOther, peakRssMiB, ways } = result;
  const lines = ways.map(
    ({ way, store, atOnce, status, mebibytesPerSecond, peakRssMiB: peak, cpuSeconds }) => {
      const name = `  ${store}: ${way}${atOnce > 1 ? `, ${atOnce} at once` : ''}`.padEnd(44);
      if (status === 'absent') return `${name} absent`;
      return `${name} ${mebibytesPerSecond} MiB/s, ${peak} MiB, ${cpuSeconds} s of CPU`;
    },
  );
  return [
    `${sizeMiB} MiB from a host into a store, medians of ${runs} interleaved runs`,
    ...lines,
    `  ours to a raw pipe: ${ratioToRawPipe}; to the best of the others: ${ratioToBestOther}; at most ${peakRssMiB} MiB`,
  ].join('\n');
}
