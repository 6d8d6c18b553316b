import { describe, expect, it } from "vitest";
import { aForm, aFormContext, spoken } from "../../../testing/rendered-form.ts";
import type { CheckId } from "./check-id.ts";
import { checks } from "./checks.ts";
import type { FormContextInput } from "./form-context.ts";

/** Checks of what stands behind the form: each spoils one thing of the context. */
const scenes: [CheckId, FormContextInput | Partial<FormContextInput>, string][] = [
  ["products-and-period", { products: ["doors"] }, "no-products"],
  ["signed", { isSignatureLogged: false }, "unlogged"],
  ["one-language", { callLanguage: "ru-RU" }, "differs"],
  ["privacy-notice", { seller: { legalName: "Other Ltd" } }, "no-controller"],
  ["evidence-captured", { captured: ["ip", "url"] }, "missing"],
  ["number-verified", { verification: { method: "none", text: "" } }, "none"],
  [
    "number-verified",
    { verification: { method: "sms_code", text: "1234. See our special offers!" } },
    "advertises",
  ],
  ["not-reused", { screenedBy: ["seller"] }, "unbound"],
  ["spoken-in-full", { transcript: spoken.slice(1) }, "missing"],
  ["spoken-in-full", { transcript: spoken.slice(0, 2) }, "no-yes"],
  ["spoken-in-full", { transcript: [spoken[0], spoken[2]] }, "unasked"],
  ["objection-in-call", { callScript: "Good day, we have news for you." }, "missing"],
];

it.each(scenes)("%s: %#", (check, context, fault) => {
  const found = checks[check](aForm(), aFormContext(context));
  const keys = found.result === "fail" ? found.faults.map(({ message }) => message.key) : [];
  expect(keys).toContain(`form-check.${check}.${fault}`);
});

it("misses the age where the product has a least one and nothing asks", () => {
  const silent = aForm({ controls: [] });
  expect(checks["age-asked"](silent, aFormContext()).result).toBe("fail");
  expect(checks["age-asked"](silent, aFormContext({ minimumAge: null })).result).toBe(
    "not-applicable",
  );
});

describe("what nobody told", () => {
  const { jurisdictions, seller, channels } = aFormContext();
  const nothing = { jurisdictions, seller, channels };

  it.each([
    "text-as-stored",
    "evidence-captured",
    "number-verified",
    "not-reused",
    "spoken-in-full",
    "objection-in-call",
    "products-and-period",
    "signed",
    "one-language",
  ] as const)("makes %s a question", (check) => {
    expect(checks[check](aForm(), nothing).result).toBe("cannot-tell");
  });

  it.each([
    ["goes-through-empty", { submission: null }],
    ["withdrawal-as-easy", { withdrawal: null }],
    ["privacy-notice", { privacyNotice: null }],
  ] as const)("makes %s a question where the browser did not look", (check, spoilt) => {
    expect(checks[check](aForm(spoilt), nothing).result).toBe("cannot-tell");
  });

  it("asks about a brand in place of the legal name", () => {
    const context = aFormContext({
      seller: { legalName: "EW Holding Ltd", brands: ["Example Windows"] },
    });
    expect(checks["seller-named"](aForm(), context)).toMatchObject({
      result: "cannot-tell",
      question: { values: { name: "Example Windows", legalName: "EW Holding Ltd" } },
    });
  });
});
