import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import { OptOutId } from "../../platform/ids.ts";
import { Phone } from "../../people/phone/index.ts";

/** Asks for a page of the change feed, in the order in which changes got their positions. */
export const ReadOptOutFeed = z.object({
  /** `next` of the previous page. Left out, the feed starts at the beginning. */
  after: z
    .string()
    .regex(/^\d{1,18}$/, withMessage("fault.cursor"))
    .optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});
export type ReadOptOutFeed = z.infer<typeof ReadOptOutFeed>;

/** The scope as requests and responses write it, with the key of a seller instead of its id. */
export const ScopeView = z
  .union([
    z.object({ seller: z.string() }),
    z.object({ purpose: z.string() }),
    z.object({ profiling: z.literal(true) }),
    z.record(z.string(), z.never()),
  ])
  .meta({ id: "Scope", description: "What the opt-out covers; `{}` is all calls." });
export type ScopeView = z.infer<typeof ScopeView>;

/** The response to a recorded opt-out. */
export const OptOutResponse = z
  .object({
    id: OptOutId,
    phone: Phone,
    scope: ScopeView,
    effectiveAt: z.date(),
    reference: z.string().meta({ description: "Eight characters, to read aloud." }),
    notes: z
      .array(z.string())
      .meta({ description: "How the record differs from the request, in words." }),
    receipt: z.string().meta({
      description:
        "For the person: the opt-out as it was signed, an SD-JWT (RFC 9901) that the ledger holds within seconds.",
    }),
  })
  .meta({ id: "OptOut" });
export type OptOutResponse = z.infer<typeof OptOutResponse>;

/** Kinds of change to an opt-out. */
export const OptOutChange = z.enum(["added", "lifted"]);

/** The response: one page of the feed. */
export const OptOutFeedPage = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        phone: z.string().nullable().meta({ description: "Null once it was erased." }),
        phones: z.array(z.string()).meta({
          description:
            "All numbers that the opt-out covers, because it is the person’s. For `lifted`, only those that no other opt-out covers.",
        }),
        scope: ScopeView,
        effectiveAt: z.date(),
        change: OptOutChange.meta({
          description:
            "`lifted` ends this `id` alone: a number is free only when no other `id` in force names it.",
        }),
      }),
    ),
    next: z.string().meta({ description: "Cursor of the next page; always present." }),
  })
  .meta({ id: "OptOutFeed" });
export type OptOutFeedPage = z.infer<typeof OptOutFeedPage>;
