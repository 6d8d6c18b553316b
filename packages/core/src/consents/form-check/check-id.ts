import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";

/** The checks of a form, in the order of their numbers, from 1. */
export const CheckId = z.enum([
  "not-pre-ticked",
  "positive-act",
  "apart-from-terms",
  "data-consent-apart",
  "one-purpose-a-box",
  "telephone-named",
  "seller-named",
  "no-open-list",
  "purpose-named",
  "products-and-period",
  "not-a-condition-said",
  "goes-through-empty",
  "automatic-calls-said",
  "number-typed",
  "signed",
  "withdrawal-said",
  "withdrawal-as-easy",
  "refusal-as-easy",
  "no-dark-pattern",
  "plain-language",
  "beside-the-box",
  "contrast",
  "text-size",
  "target-size",
  "in-sight",
  "one-language",
  "privacy-notice",
  "text-as-stored",
  "evidence-captured",
  "number-verified",
  "not-reused",
  "age-asked",
  "spoken-in-full",
  "objection-in-call",
]);
export type CheckId = z.infer<typeof CheckId>;

export const checkNumber = (id: CheckId) => CheckId.options.indexOf(id) + 1;

/** What a check asks for, in a few words. */
export const checkTitle = (id: CheckId): Message => ({ key: `form-check.title.${id}` });
