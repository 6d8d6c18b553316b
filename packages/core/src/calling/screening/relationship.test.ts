import { describe, expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  clearFacts,
  daysAfter as day,
  listing,
  sellerB,
} from "../../../testing/facts.ts";
import { listReasons } from "../../../testing/verdicts.ts";
import type { ScreeningFacts } from "./facts.ts";
import { findRelationships } from "./relationship.ts";

const relationship = (more: Partial<ScreeningFacts>) =>
  findRelationships({ ...clearFacts, consents: [], ...more });

const enquiry = (more = {}) => aGrant({ elements: ["enquiry"], ...more });

describe("the relationship with a customer", () => {
  it("lasts as long as the law of the place says after a purchase", () => {
    const places = { jurisdictions: ["US-PA"] };
    expect(relationship({ ...places, purchasedAt: day(-300) })).toEqual({
      "US-PA": "transaction",
      US: "transaction",
    });
    expect(relationship({ ...places, purchasedAt: day(-400) })).toEqual({
      "US-PA": "none",
      US: "transaction",
    });
    expect(relationship({ ...places, purchasedAt: day(-600) })).toEqual({
      "US-PA": "none",
      US: "none",
    });
  });

  it("lasts three months after an enquiry to this seller in the US", () => {
    expect(relationship({ consents: [enquiry({ at: day(-60) })] })).toEqual({ US: "inquiry" });
    expect(relationship({ consents: [enquiry({ at: day(-100) })] })).toEqual({ US: "none" });
    const other = enquiry({ at: day(-60), sellerId: sellerB });
    expect(relationship({ consents: [other] })).toEqual({ US: "none" });
  });

  it("does not exist where no law names its time, or before it began", () => {
    expect(relationship({ jurisdictions: ["DE"], purchasedAt: day(-1) })).toEqual({
      DE: "none",
      EU: "none",
    });
    expect(relationship({ purchasedAt: day(1) })).toEqual({ US: "none" });
  });

  it("does not arise from a bill, or from a rule that is not in force on every local day of the call", () => {
    const withRule = (changed: object) => ({
      ...clearFacts.law,
      rules: clearFacts.law.rules.map((rule) =>
        rule.type === "ebr" && rule.jurisdiction === "US" ? { ...rule, ...changed } : rule,
      ),
    });
    const found = (changed: object) =>
      relationship({ purchasedAt: day(-1), law: withRule(changed) });
    expect(found({})).toEqual({ US: "transaction" });
    expect(found({ status: "bill_unverified" })).toEqual({ US: "none" });
    expect(found({ effectiveFrom: "2999-01-01" })).toEqual({ US: "none" });
    expect(found({ effectiveTo: "2001-01-01" })).toEqual({ US: "none" });
  });

  it("ends with a refusal, and no later purchase brings it back", () => {
    const optOuts = [{ scope: "all" as const, at: day(-500), recordedAt: day(-500) }];
    expect(relationship({ purchasedAt: day(-1), optOuts })).toEqual({ US: "none" });
    const withdrawn = { ...aGrant(), type: "withdrawn" as const, at: day(-20) };
    expect(relationship({ purchasedAt: day(-1), consents: [withdrawn] })).toEqual({ US: "none" });
  });
});

describe("a rule that spares customers", () => {
  const listed = {
    consents: [],
    lineType: "landline" as const,
    seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" as const },
    registries: [aRegistry({ edition: listing })],
  };

  it("refuses everybody else, and anyone not known to be a customer", () => {
    expect(listReasons(listed)).toContain("registry-listed");
    expect(listReasons({ ...listed, purchasedAt: day(-300) })).toEqual([]);
    expect(listReasons({ ...listed, purchasedAt: day(-600) })).toContain("registry-listed");
  });

  it("spares nobody from what another place requires", () => {
    const both = { ...listed, jurisdictions: ["US-NJ"], purchasedAt: day(-300) };
    expect(listReasons(both)).toContain("registry-listed");
  });
});
