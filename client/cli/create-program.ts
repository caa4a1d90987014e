import { Command } from 'commander';

import { addAccountCommand } from './commands/account.ts';
import { addApproveCommand, addRejectCommand } from './commands/approve.ts';
import { addCancelCommand } from './commands/cancel.ts';
import { addDeleteCommand } from './commands/delete.ts';
import { addDeploymentCommand } from './commands/deployment.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDownloadCommand } from './commands/download.ts';
import { addEstimateCommand } from './commands/estimate.ts';
import { addExpireCommand } from './commands/expire.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addLedgerCommand } from './commands/ledger.ts';
import { addListCommand } from './commands/list.ts';
import { addModelsCommand } from './commands/models.ts';
import { addRaiseBudgetCommand } from './commands/raise-budget.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addRetryCommand } from './commands/retry.ts';
import { addPlanCommand, addReviseCommand } from './commands/revise.ts';
import { addStartCommand } from './commands/start.ts';
import { addStatusCommand } from './commands/status.ts';
import { addSweepCommand } from './commands/sweep.ts';
import { addTakesCommand } from './commands/takes.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWatchCommand } from './commands/watch.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { printableLines } from '../terminal/printable.ts';
import { readVersion } from '../read-version.ts';

/** The program with all its commands. @param json whether the caller reports errors as JSON */
export function createProgram(json: boolean): Command {
  const program = new Command('beatreel')
    .description('Starts videos, follows them and fetches their results.')
    .version(readVersion(), '--version', 'print the version')
    .usage('<command> [options]')
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput({
      writeErr: (text) => {
        if (!json) process.stderr.write(printableLines(text));
      },
    })
    .showHelpAfterError('Try --help.');
  const commands = [
    addStartCommand,
    addEstimateCommand,
    addWatchCommand,
    addStatusCommand,
    addListCommand,
    addPlanCommand,
    addReviseCommand,
    addTakesCommand,
    addApproveCommand,
    addRejectCommand,
    addRetryCommand,
    addReconcileCommand,
    addRaiseBudgetCommand,
    addCancelCommand,
    addLedgerCommand,
    addDownloadCommand,
    addVerifyCommand,
    addAccountCommand,
    addSweepCommand,
    addDeleteCommand,
    addExpireCommand,
    addModelsCommand,
    addExplainCommand,
    addDoctorCommand,
    addDeploymentCommand,
    addReplayCommand,
  ];
  for (const add of commands) add(program);
  return program;
}
