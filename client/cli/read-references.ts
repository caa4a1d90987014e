import { referenceKinds } from '../../domain/references.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';

/** The forms of `--reference`. */
export const referenceSyntax = 'NAME=IMAGE or NAME:KIND=IMAGE';

interface WrittenReference {
  readonly image: string;
  /** Checked with the brief. */
  readonly kind: string;
}

/**
 * Reads the references of the options, in their order. The default kind is a product.
 *
 * @param toImage turns a picture of the command line into a source for the brief
 * @throws InvalidBrief naming each option that cannot be read
 */
export function readReferences(
  options: readonly string[],
  toImage: (text: string) => string,
): Record<string, WrittenReference> {
  const read = options.map(readOne);
  const names = read.map((reference) => reference?.name);
  const problems = options.flatMap((value, at) => {
    const field = `--reference ${at + 1}`;
    const name = names[at];
    if (name === undefined)
      return [{ field, value: JSON.stringify(value), rule: `${referenceSyntax}, KIND one of ${kinds}` }];
    if (names.indexOf(name) !== at)
      return [
        { field, value: JSON.stringify(value), rule: `${name} was named before; each has one picture` },
      ];
    return [];
  });
  if (problems.length > 0) throw new InvalidBrief(problems);
  return Object.fromEntries(
    read.flatMap((reference) =>
      reference ? [[reference.name, { image: toImage(reference.image), kind: reference.kind }]] : [],
    ),
  );
}

const kinds = referenceKinds.join(', ');

/** Splits at the first `:` and `=`, because an address may contain more of them. */
function readOne(text: string): (WrittenReference & { readonly name: string }) | undefined {
  const [, name = '', kind = 'product', image = ''] = /^([^:=]*)(?::([^=]*))?=(.*)$/s.exec(text) ?? [];
  if (name.trim() === '' || image.trim() === '') return undefined;
  return { name: name.trim(), kind: kind.trim(), image: image.trim() };
}
