import { z } from "zod";
import { SellerId } from "../../platform/ids.ts";
import { type Message, withMessage } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";

/** Key by which requests and files name a seller. */
export const SellerKey = z.string().regex(/^[a-z0-9-]+$/);
export type SellerKey = z.infer<typeof SellerKey>;

/**
 * Sector of a seller. Some rules apply to some sectors only. Required when a seller is added, so that it is never
 * unknown.
 */
export const Sector = z.enum([
  "electricity",
  "gas",
  "energy_renovation",
  "home_adaptation",
  "cpf_training",
  "claims_management",
  "pensions",
  "telecom",
  "banking",
  "insurance",
  /** Lenders, brokers and other financial bodies that are neither banks nor insurers. */
  "financial_other",
  "other",
]);
export type Sector = z.infer<typeof Sector>;

/**
 * Decides if calls need consent. `opt_out_with_registry` applies only where the local law has that model.
 * Everywhere else, and by default, consent is required (`opt_in`).
 */
export const ConsentPolicy = z.enum(["opt_in", "opt_out_with_registry"]);
export type ConsentPolicy = z.infer<typeof ConsentPolicy>;

type Named = { id: SellerId; key: SellerKey };

export type FoundSeller<S> = { seller: S; fault?: never } | { fault: Message; seller?: never };

/** Finds a seller by key or id. If neither is given, finds the only seller there is (contract 7). */
export function findSeller<S extends Named>(
  sellers: readonly S[],
  keyOrId: string | undefined,
): FoundSeller<S> {
  const known = sellers.map(({ key }) => key).join(", ");
  if (keyOrId === undefined) {
    const [seller, another] = sellers;
    if (seller && !another) return { seller };
    return {
      fault: seller ? { key: "seller.several", values: { known } } : { key: "seller.none" },
    };
  }
  const seller = sellers.find(({ id, key }) => key === keyOrId || id === keyOrId);
  return seller
    ? { seller }
    : { fault: { key: "seller.unknown", values: { seller: keyOrId, known } } };
}

const described = { name: Name, sector: Sector, consentPolicy: ConsentPolicy };

/**
 * Input for a new seller: a legal entity or brand that calls are made for. Requests and consents name its key,
 * which never changes.
 */
export const AddSeller = z.object({
  key: z
    .string()
    .trim()
    .refine(
      (key) => key.length <= 64 && SellerKey.safeParse(key).success,
      withMessage("seller.key-odd"),
    ),
  ...described,
});
export type AddSeller = z.infer<typeof AddSeller>;

/** New values. `before`: those shown when the page was opened, to detect a concurrent change. */
export const ChangeSeller = z.object({
  id: SellerId,
  ...described,
  before: z.object(described).exactOptional(),
});
export type ChangeSeller = z.infer<typeof ChangeSeller>;
