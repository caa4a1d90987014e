import type { ChatFormat, ChatRequest } from './chat-request.ts';

/** One question as it arrived. */
export interface CountedChat {
  readonly model: string;
  readonly format: ChatFormat;
  readonly messages: ChatRequest['messages'];
  /** `asked`: refused, or lost on the way. */
  readonly status: 'asked' | 'answered';
}

/** The questions to the language model, in their order. */
export class ChatLog {
  #chats: {
    model: string;
    format: ChatFormat;
    messages: ChatRequest['messages'];
    status: CountedChat['status'];
  }[] = [];

  /** @returns a function to call when the model has answered */
  ask({ model, messages, response_format: { type: format } }: ChatRequest): () => void {
    const chat = { model, format, messages, status: 'asked' as CountedChat['status'] };
    this.#chats.push(chat);
    return () => {
      chat.status = 'answered';
    };
  }

  all(): readonly CountedChat[] {
    return this.#chats.map((chat) => ({ ...chat }));
  }

  reset(): void {
    this.#chats = [];
  }
}
