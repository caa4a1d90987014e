import type { Command, Option } from 'commander';

import { createProgram } from '../../client/cli/create-program.ts';
import { exitCodeHelp } from '../../client/cli/exit-codes.ts';

/** docs/cli.md, made from the program itself. */
export function describeCli(): string {
  const program = createProgram(false);
  const sections = program.commands.map(describeCommand);
  return `# The command line

Made from the program by \`npm run docs:cli\`. \`npx beatreel COMMAND --help\` says the same in a terminal. Every
command takes \`--json\`, and then prints one JSON document on standard output and nothing else there.

${sections.join('\n\n')}

## Exit codes

\`\`\`
${exitCodeHelp.replace(/^\s*Exit codes:\n/, '')}
\`\`\`
`;
}

function describeCommand(command: Command): string {
  const inputs = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return `- \`${argument.required ? `<${name}>` : `[${name}]`}\`: ${escape(argument.description)}`;
  });
  const options = command.options.filter(({ long }) => long !== '--json').map(describeOption);
  const listed = [...inputs, ...options];
  const usage = `\`beatreel ${command.name()} ${command.usage()}\``;
  return [`## ${command.name()}`, escape(command.description()), usage, listed.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function describeOption({ flags, description, defaultValue, mandatory }: Option): string {
  const isTold = defaultValue !== undefined && defaultValue !== false && !description.includes('default');
  const fallback = isTold ? ` (default: ${JSON.stringify(defaultValue)})` : '';
  return `- \`${flags}\`${mandatory ? ', required' : ''}: ${escape(description)}${escape(fallback)}`;
}

function escape(text: string): string {
  return text.replace(/[<>*_[\]]/g, '\\$&');
}
