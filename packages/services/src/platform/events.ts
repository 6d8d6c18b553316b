import type { TransactionContext } from "./context.ts";

/**
 * Defines an event whose effect belongs to an area above, in the same transaction. `handle` names the one handler,
 * in `handlers.ts`, and replaces an earlier one; `raise` runs it, and throws what it throws. Raising an event without a
 * handler throws, so that a program that forgot `handlers.ts` fails instead of dropping the effect.
 */
export function defineEvent<Event>(name: string) {
  type Handler = (ctx: TransactionContext, event: Event) => Promise<void>;
  let handler: Handler | null = null;
  return {
    handle: (it: Handler) => {
      handler = it;
    },
    raise: async (ctx: TransactionContext, event: Event): Promise<void> => {
      if (handler === null) {
        throw new Error(
          `Nothing handles ${name}. Import @ringfence/services/handlers at the start.`,
        );
      }
      await handler(ctx, event);
    },
  };
}
