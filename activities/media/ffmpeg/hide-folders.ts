import { basename, isAbsolute } from 'node:path';

/**
 * Reduces paths in what a program said to the names of the files, so that messages carry neither scratch folders
 * nor user names.
 *
 * @param args what the program was called with; its paths are found even where they hold spaces
 */
export function hideFolders(text: string, args: readonly string[]): string {
  const called = args
    .map((arg) => arg.replace(/^file:/, ''))
    .filter((arg) => isAbsolute(arg) && arg.length > 1)
    .sort((a, b) => b.length - a.length);
  const known = called.reduce((said, path) => said.replaceAll(path, basename(path)), text);
  return known.replace(/(?:\/[^\s'":/]+)+\/([^\s'":/]+)/g, '$1').replaceAll('file:', '');
}
