import type { Command } from 'commander';

import { media } from '../../../domain/media.ts';
import type { LedgerPurchase, LedgerReport } from '../../files/read-ledger.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../../terminal/printable.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { toColumns } from '../to-columns.ts';

/** `beatreel ledger` */
export function addLedgerCommand(program: Command): void {
  program
    .command('ledger')
    .description('Print every purchase of a video, with its prediction and its cost; needs no worker.')
    .argument('<id>', 'id of the video')
    .option('--json', 'print one JSON document')
    .action((videoId: string, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        const report = await client.ledger(videoId);
        output.result(report, describeLedger(report));
        return report.unreadable.length === 0 ? exitCodes.ok : exitCodes.damaged;
      }),
    );
}

function describeLedger({
  videoId,
  purchases,
  planUsd,
  spentUsd,
  openUsd,
  unreadable,
}: LedgerReport): string {
  if (purchases.length + unreadable.length === 0) return `Nothing was bought for ${videoId}.`;
  const rows = [['UNIT', 'TAKE', 'STATE', 'COST', 'MODEL', 'PREDICTION', 'SINCE'], ...purchases.map(toRow)];
  return [
    ...toColumns(rows),
    ...(planUsd === 0 ? [] : [`The plan by a language model cost ${showUsd(planUsd)}.`]),
    `${showUsd(spentUsd)} spent; up to ${showUsd(openUsd)} for what is open.`,
    ...unreadable.map((key) => `${printable(key)} cannot be read: look at it before anything is bought.`),
  ].join('\n');
}

function toRow(purchase: LedgerPurchase): string[] {
  const { take, state, host, model, predictionId = '', costUsd, failure } = purchase;
  const unit = describePlace(purchase);
  const price = costUsd === undefined ? `≤ ${showUsd(purchase.highestPriceUsd)}` : showUsd(costUsd);
  const since = purchase.endedAt ?? purchase.submittedAt ?? purchase.claimedAt;
  const why = failure ? `${since} ${failure.type}: ${printable(failure.reason)}` : since;
  return [unit, String(take), state, price, `${host}/${model}`, predictionId, why];
}

function describePlace({ medium, beat, chunk }: LedgerPurchase): string {
  const place = { video: '', beat: ` ${beat}`, chunk: ` ${beat}-${chunk + 1}` };
  return `${medium}${place[media[medium].per]}`;
}
