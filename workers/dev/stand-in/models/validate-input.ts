import type { InputField, ModelDescription, ModelInput } from './model-description.ts';

/** One reason why an input cannot be run, as the host words it. */
export interface InvalidField {
  readonly type: string;
  readonly field: string;
  readonly description: string;
}

/**
 * Checks an input against its model's schema: missing, unknown and ill-typed fields.
 *
 * @returns every violation, in the schema's order; empty when the host would run it
 */
export function validateInput(model: ModelDescription, input: ModelInput): InvalidField[] {
  return [
    ...model.required
      .filter((field) => input[field] === undefined || input[field] === '')
      .map((field) => violation('required', field, `${field} is required`)),
    ...Object.keys(input)
      .filter((field) => model.properties[field] === undefined)
      .map((field) =>
        violation('additional_property_not_allowed', field, `Additional property ${field} is not allowed`),
      ),
    ...Object.entries(model.properties).flatMap(([name, field]) =>
      input[name] === undefined || input[name] === '' ? [] : checkField(name, field, input[name]),
    ),
    ...(model.excluded ?? [])
      .filter((pairs) =>
        Object.entries(pairs).every(([name, value]) => valueOrDefault(model, input, name) === value),
      )
      .map((pairs) =>
        violation('combination', Object.keys(pairs).join('.'), `${describe(pairs)} cannot be combined`),
      ),
  ];
}

/** A field of text; empty when it is absent or not text. */
export function textOf(input: ModelInput, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

/** The value the model will use for a field: the caller's, else the schema's default. */
export function valueOrDefault(model: ModelDescription, input: ModelInput, name: string): unknown {
  return input[name] ?? model.properties[name]?.default;
}

function checkField(name: string, field: InputField, value: unknown): InvalidField[] {
  if (!hasType(field, value)) {
    return [violation('invalid_type', name, `Invalid type. Expected: ${field.type}, given: ${typeof value}`)];
  }
  if (field.enum !== undefined && !field.enum.includes(value as string | number)) {
    const allowed = field.enum.map((entry) => JSON.stringify(entry)).join(', ');
    return [violation('enum', name, `${name} must be one of the following: ${allowed}`)];
  }
  if (typeof value === 'number') return checkNumber(name, field, value);
  if (typeof value === 'string') return checkText(name, field, value);
  return Array.isArray(value) ? checkItems(name, field, value) : [];
}

function hasType(field: InputField, value: unknown): boolean {
  if (field.type === 'integer') return Number.isInteger(value);
  if (field.type === 'array') return Array.isArray(value);
  return typeof value === field.type;
}

function checkNumber(name: string, field: InputField, value: number): InvalidField[] {
  const { minimum = -Infinity, maximum = Infinity } = field;
  if (value < minimum) {
    return [violation('number_gte', name, `Must be greater than or equal to ${minimum}`)];
  }
  return value > maximum ? [violation('number_lte', name, `Must be less than or equal to ${maximum}`)] : [];
}

function checkText(name: string, field: InputField, value: string): InvalidField[] {
  const { minLength = 0, maxLength = Infinity } = field;
  if (value.length < minLength) {
    return [violation('string_gte', name, `String length must be greater than or equal to ${minLength}`)];
  }
  if (value.length > maxLength) {
    return [violation('string_lte', name, `String length must be less than or equal to ${maxLength}`)];
  }
  return field.format === 'uri' && !/^(https?:\/\/|data:)/.test(value)
    ? [violation('format', name, "Does not match format 'uri'")]
    : [];
}

function checkItems(name: string, field: InputField, values: readonly unknown[]): InvalidField[] {
  const { minItems = 0, maxItems = Infinity, items } = field;
  if (values.length < minItems || values.length > maxItems) {
    return [violation('array_length', name, `Array must have ${minItems} to ${maxItems} items`)];
  }
  return items === undefined
    ? []
    : values.flatMap((value, index) => checkField(`${name}.${index}`, items, value));
}

function violation(type: string, field: string, description: string): InvalidField {
  const ofWhole = type === 'required' || type === 'additional_property_not_allowed';
  return { type, field: ofWhole ? 'input' : `input.${field}`, description };
}

function describe(pairs: Readonly<Record<string, string | number>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name} ${value}`)
    .join(' and ');
}
