import { z } from "zod";
import { SellerId } from "../../platform/ids.ts";
import { said } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";
import { ConsentPolicy, Sector, SellerKey } from "./seller.ts";

const described = { name: Name, sector: Sector, consentPolicy: ConsentPolicy };

/** A legal entity or brand more that calls are made for. Its key stays: requests and consents name it. */
export const AddSeller = z.object({
  key: z
    .string()
    .trim()
    .refine((key) => key.length <= 64 && SellerKey.safeParse(key).success, said("seller.key-odd")),
  ...described,
});
export type AddSeller = z.infer<typeof AddSeller>;

/** What it is from now on; and what it was when the page was opened, where that is to hold still. */
export const ChangeSeller = z.object({
  id: SellerId,
  ...described,
  before: z.object(described).exactOptional(),
});
export type ChangeSeller = z.infer<typeof ChangeSeller>;
