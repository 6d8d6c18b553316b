import { z } from "zod";
import { ConsentId } from "../ids.ts";
import { PurposeKey } from "../purpose/index.ts";

/** The answer to a consent, or to its withdrawal: how it stands for each of its purposes. */
export const ConsentTold = z
  .object({
    id: ConsentId,
    standing: z
      .array(
        z.object({
          purpose: PurposeKey,
          status: z
            .enum(["requested", "granted", "expired", "withdrawn", "invalidated", "held"])
            .meta({ description: "`held`: a refusal stands against it, which it does not lift." }),
          since: z.date(),
          until: z.date().optional(),
        }),
      )
      .readonly(),
    statement: z.string().meta({
      description:
        "What was stated of it last: an SD-JWT (RFC 9901), which the ledger holds within seconds.",
    }),
    certificate: z.string().meta({ description: "Where its certificate is." }),
  })
  .meta({ id: "Consent" });
export type ConsentTold = z.infer<typeof ConsentTold>;
