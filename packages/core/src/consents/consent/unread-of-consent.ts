import { z } from "zod";
import { unreadIn } from "../../platform/message/index.ts";

const text = (maxLength: number) => z.string().max(maxLength).nullish();

/** What is kept, or left out, wherever it is not like this. */
const AsItShouldBe = z.object({
  contact: z
    .strictObject({ externalId: text(128), name: text(200), email: z.email().nullish() })
    .nullish(),
  evidence: z
    .object({
      act: text(200),
      ip: z.union([z.ipv4(), z.ipv6()]).nullish(),
      userAgent: text(1_024),
      url: z.url().max(2_048).nullish(),
      recording: text(2_048),
      scan: text(2_048),
    })
    .optional(),
});

/** Which fields of a consent could not be read as sent, or were cut, so that its answer can say so in `notes`. */
export const unreadOfConsent = (sent: unknown) =>
  unreadIn(AsItShouldBe, sent).filter((name) => name.includes("."));
