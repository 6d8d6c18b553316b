import { z } from "zod";

/** What came of an attempt: an answer of the other side, or why there was none. */
export const DeliveryOutcome = z.union([
  z.object({ status: z.int(), retryAfterSeconds: z.int().optional() }),
  /** `not-encrypted`, `private-host`, `timeout`, a code of the network, or what a dialer said; nothing personal. */
  z.object({ fault: z.string().max(128) }),
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;
