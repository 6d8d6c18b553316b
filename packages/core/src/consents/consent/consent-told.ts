import { z } from "zod";
import { ConsentId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { Element } from "./element.ts";

/** The answer to a consent, or to its withdrawal: how it stands for each of its purposes. */
export const ConsentTold = z
  .object({
    id: ConsentId,
    standing: z
      .array(
        z.object({
          purpose: PurposeKey,
          status: z
            .enum([
              "requested",
              "granted",
              "insufficient",
              "expired",
              "withdrawn",
              "invalidated",
              "held",
            ])
            .meta({
              description:
                "`held`: a refusal stands against it, which it does not lift. `insufficient`: it is " +
                "from older records, which do not hold what is `missing`.",
            }),
          since: z.date(),
          until: z.date().optional(),
          missing: z.array(Element).readonly().optional(),
        }),
      )
      .readonly(),
    statement: z.string().meta({
      description:
        "What was stated of it last: an SD-JWT (RFC 9901), which the ledger holds within seconds.",
    }),
    notes: z
      .array(z.string())
      .meta({ description: "Where what is on record is not what was sent, in words." }),
    certificate: z.string().meta({ description: "Where its certificate is." }),
  })
  .meta({ id: "Consent" });
export type ConsentTold = z.infer<typeof ConsentTold>;
