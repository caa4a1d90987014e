import type { AnswerFormat, AnswerShape, ChatMessage, Question } from '../language-model.ts';

/** The body of a question: our own fields and the catalogue's parameters, nothing else. */
export function writeRequest({
  model,
  messages,
  format,
  shape,
}: Question): Readonly<Record<string, unknown>> {
  return {
    ...model.parameters,
    model: model.model,
    messages: format === 'json_schema' ? messages : withShape(messages, shape),
    [model.answerTokensField]: model.limits.answerTokens,
    ...responseFormat(format, shape),
  };
}

function responseFormat(format: AnswerFormat, { name, schema }: AnswerShape): object {
  switch (format) {
    case 'json_schema':
      return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
}

/** Tells the model the shape of its answer, for servers that do not enforce it. */
function withShape(messages: readonly ChatMessage[], { schema }: AnswerShape): ChatMessage[] {
  const rule = `Answer with one JSON object and nothing else. It follows this JSON Schema: ${JSON.stringify(schema)}`;
  return messages.map((message, at) =>
    at === 0 ? { ...message, content: `${message.content}\n\n${rule}` } : message,
  );
}
