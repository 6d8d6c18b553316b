import { z } from "zod";
import { OptOutId } from "../../platform/ids.ts";
import { Phone } from "../../people/phone/index.ts";

/** What is refused, as requests and answers write it; `{}` is all calls. */
export const ScopeTold = z
  .union([
    z.object({ seller: z.string() }),
    z.object({ purpose: z.string() }),
    z.object({ profiling: z.literal(true) }),
    z.record(z.string(), z.never()),
  ])
  .meta({ id: "Scope", description: "What is refused; `{}` is all calls." });
export type ScopeTold = z.infer<typeof ScopeTold>;

/** The answer to a refusal: it is in force. */
export const OptOutTold = z
  .object({
    id: OptOutId,
    phone: Phone,
    scope: ScopeTold,
    effectiveAt: z.date(),
    reference: z.string().meta({ description: "Eight characters, to read aloud." }),
    notes: z
      .array(z.string())
      .meta({ description: "Where what is on record is not what was sent, in words." }),
    receipt: z.string().meta({
      description:
        "For the person: the refusal as it was signed, an SD-JWT (RFC 9901) that the ledger holds within seconds.",
    }),
  })
  .meta({ id: "OptOut" });
export type OptOutTold = z.infer<typeof OptOutTold>;

/** What became of a refusal. */
export const OptOutChange = z.enum(["added", "lifted"]);

/** A page of the feed. */
export const OptOutFeedTold = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        phone: z.string().nullable().meta({ description: "Null once it was erased." }),
        phones: z.array(z.string()).meta({
          description:
            "All that the refusal covers, for it is the person’s; of `lifted` those alone that no other refusal covers.",
        }),
        scope: ScopeTold,
        effectiveAt: z.date(),
        change: OptOutChange.meta({
          description:
            "`lifted` ends this `id` alone: a number is free only when no other `id` in force names it.",
        }),
      }),
    ),
    next: z.string().meta({ description: "The cursor from which the feed goes on; always there." }),
  })
  .meta({ id: "OptOutFeed" });
export type OptOutFeedTold = z.infer<typeof OptOutFeedTold>;
