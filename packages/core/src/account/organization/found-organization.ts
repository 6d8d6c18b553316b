import { z } from "zod";
import { Email } from "../member/index.ts";
import type { PurposeKey, PurposeKind } from "../purpose/index.ts";
import { Sector } from "../seller/index.ts";
import { Name } from "../../platform/text/index.ts";
import { OrganizationWords } from "./change-organization.ts";

/** A new organization with its first seller and its owner. */
export const FoundOrganization = OrganizationWords.omit({ dialer: true, hours: true }).extend({
  seller: z.object({ name: Name, sector: Sector.default("other") }),
  owner: z.object({ name: Name, email: Email }),
});
export type FoundOrganization = z.infer<typeof FoundOrganization>;
export type FoundOrganizationInput = z.input<typeof FoundOrganization>;

type FirstPurpose = { key: PurposeKey; kind: PurposeKind; name: Record<"en" | "ru", string> };

/** Purposes that every organization starts with, named in its language. */
export const firstPurposes: readonly FirstPurpose[] = [
  { key: "marketing", kind: "promotional", name: { en: "Marketing", ru: "Реклама" } },
  { key: "service", kind: "service", name: { en: "Service", ru: "Обслуживание" } },
  { key: "survey", kind: "survey", name: { en: "Surveys", ru: "Опросы" } },
];
