import { failureTypes } from '../../../domain/failure-types.ts';
import type {
  AnswerFormat,
  ChatMessage,
  LanguageAnswer,
  LanguageModel,
  Question,
} from '../../providers/language-model.ts';
import { answerFormats, FormatRefused } from '../../providers/language-model.ts';
import { LostAnswer } from '../../providers/lost-answer.ts';
import type { ActivityRun } from '../../runtime/define-activity.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { planShape } from './plan-shape.ts';
import type { PlanBudget } from './plan-budget.ts';
import { showUsd } from '../../../domain/show-usd.ts';

/** A language model to ask, with the budget of one plan. */
export interface Interview {
  readonly languageModel: Pick<LanguageModel, 'ask'>;
  readonly model: Question['model'];
  readonly budget: PlanBudget;
  readonly run: ActivityRun;
}

/** An answer, and the format in which it was asked for. */
export interface HeardAnswer {
  readonly answer: LanguageAnswer;
  readonly format: AnswerFormat;
}

/**
 * Asks in the strictest format that the server takes.
 *
 * @param from the first format to try; one that an earlier question found out need not be tried again
 * @throws BeatreelFailure PlanFailed when the question could cost more than a plan may
 */
export async function askModel(
  interview: Interview,
  messages: readonly ChatMessage[],
  from: AnswerFormat,
): Promise<HeardAnswer> {
  const formats = answerFormats.slice(answerFormats.indexOf(from));
  for (const format of formats) {
    const answer = await askOnce(interview, { messages, format, model: interview.model, shape: planShape });
    if (answer) return { answer, format };
  }
  throw new RangeError(`No format of ${formats.join(', ')} was taken or refused.`);
}

/** @returns undefined when the server does not take the format */
async function askOnce(
  { languageModel, budget, run }: Interview,
  question: Question,
): Promise<LanguageAnswer | undefined> {
  const { model, format } = question;
  if (!budget.canPay(question)) {
    const { costUsd, calls } = budget.report();
    throw new BeatreelFailure(
      failureTypes.planFailed,
      `${model.model} gave no storyboard in ${calls} answers, which cost up to ${showUsd(costUsd)}; ` +
        `another could cost more than the ${showUsd(model.price.perPlanUsd)} that a plan may.`,
    );
  }
  const payment = budget.open(question);
  try {
    const answer = await languageModel.ask(question, run.signal);
    payment.settle(answer.usage);
    const { inputTokens = 0, outputTokens = 0 } = answer.usage ?? {};
    const { costUsd } = budget.report();
    run.log.info('Storyboard asked for', { model: model.model, format, inputTokens, outputTokens, costUsd });
    return answer;
  } catch (error) {
    if (error instanceof FormatRefused) {
      payment.release();
      run.log.info('Answer format refused', { model: model.model, format });
      return undefined;
    }
    if (error instanceof BeatreelFailure) payment.release();
    if (!(error instanceof LostAnswer)) throw error;
    // A lost answer may be billed, and costs cents: ask again, within the price of one plan.
    throw new BeatreelFailure(failureTypes.providerUnavailable, error.message, { cause: error });
  }
}
