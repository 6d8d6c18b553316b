import { z } from "zod";
import { endpointName, endpointUrl } from "./endpoint.ts";

/** How VICIdial is spoken to: its non-agent API (docs/NON-AGENT_API.txt of VICIdial). */
export const VicidialSettings = z.strictObject({
  /** `https://dialer.example/vicidial/non_agent_api.php` */
  url: endpointUrl,
  user: z.string().min(2).max(20),
  pass: z.string().min(2).max(100),
  /** The country code of its leads, which it keeps apart from their numbers: `1`, `7`. */
  phoneCode: z.string().regex(/^\d{1,4}$/),
});
export type VicidialSettings = z.infer<typeof VicidialSettings>;

/** How Bitrix24 is spoken to: an incoming webhook of its REST API, whose address is its secret. */
export const Bitrix24Settings = z.strictObject({
  /** `https://portal.bitrix24.ru/rest/1/…/` */
  url: endpointUrl.refine((url) => url.endsWith("/")),
  /** The field of contacts and leads that is set to 1 where a person has refused. */
  field: z.string().regex(/^[A-Z][A-Z0-9_]{1,49}$/),
});
export type Bitrix24Settings = z.infer<typeof Bitrix24Settings>;

/** A dialer or CRM that is told of refusals in its own protocol. */
export const ConnectDialer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vicidial"), name: endpointName, settings: VicidialSettings }),
  z.strictObject({ kind: z.literal("bitrix24"), name: endpointName, settings: Bitrix24Settings }),
]);
export type ConnectDialer = z.infer<typeof ConnectDialer>;
