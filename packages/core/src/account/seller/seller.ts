import { z } from "zod";

/** How requests and files name a seller. */
export const SellerKey = z.string().regex(/^[a-z0-9-]+$/);
export type SellerKey = z.infer<typeof SellerKey>;

/** What the rules know of; asked when a seller is made, so that it is never unknown. */
export const Sector = z.enum([
  "electricity",
  "gas",
  "energy_renovation",
  "home_adaptation",
  "cpf_training",
  "claims_management",
  "pensions",
  "other",
]);
export type Sector = z.infer<typeof Sector>;

/**
 * Whether calls need consent. `opt_out_with_registry` holds only where the law of the place has that
 * model; everywhere else, and by default, it is `opt_in`.
 */
export const ConsentPolicy = z.enum(["opt_in", "opt_out_with_registry"]);
export type ConsentPolicy = z.infer<typeof ConsentPolicy>;
