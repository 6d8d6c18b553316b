import { describe, expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { type DisclosureTerms, findPublicationFaults, findTermsFault } from "./disclosure.ts";

describe("findPublicationFaults", () => {
  const terms: DisclosureTerms = {
    title: "Offers by phone",
    asks: "advertising",
    seller: SellerId.parse("01890000-0000-7000-8000-00000000000a"),
    purposes: ["marketing"],
    channels: ["voice_live"],
    states: ["right_to_withdraw"],
    retention: "Five years after the last call",
    withdrawal: "On any call, or at acme.example/stop",
  };

  const known = [{ key: "marketing" }, { key: "survey" }];

  const listFaultPaths = (more: Partial<DisclosureTerms>, text = "Acme may call me.") =>
    findPublicationFaults({ text, terms: { ...terms, ...more } }, known).map(({ path }) => path);

  it("accepts a text that says what it asks", () => {
    expect(listFaultPaths({})).toEqual([]);
    expect(listFaultPaths({ asks: "personal_data", purposes: [], channels: [] })).toEqual([]);
  });

  it.each<[string, Partial<DisclosureTerms>, string]>([
    ["no purpose", { purposes: [] }, "/terms/purposes"],
    ["no channel", { channels: [] }, "/terms/channels"],
    ["a purpose that is not there", { purposes: ["marketing", "cars"] }, "/terms/purposes"],
    ["no word about keeping", { retention: "" }, "/terms/retention"],
    ["no way to take it back", { withdrawal: "" }, "/terms/withdrawal"],
    ["calls in the document about data", { asks: "personal_data" }, "/terms/purposes"],
  ])("rejects a text with %s", (_, more, path) => {
    expect(listFaultPaths(more)).toEqual([path]);
  });

  it("reports all faults at once", () => {
    expect(listFaultPaths({ purposes: [], channels: [], withdrawal: "" }, "")).toHaveLength(4);
  });
});

describe("findTermsFault", () => {
  const [acme, other] = ["a", "b"].map((digit) =>
    SellerId.parse(`01890000-0000-7000-8000-00000000000${digit}`),
  ) as [SellerId, SellerId];

  const terms: DisclosureTerms = {
    title: "Offers by phone",
    asks: "advertising",
    seller: acme,
    purposes: ["marketing.loans", "survey"],
    channels: ["voice_live", "sms"],
    states: [],
    retention: "Five years",
    withdrawal: "On any call",
  };

  const agreed = {
    sellerId: acme,
    purposes: ["survey", "marketing.loans.cars"],
    channels: ["sms" as const],
  };

  it("accepts a consent to what was asked, or to less", () => {
    expect(findTermsFault(terms, agreed)).toBeNull();
  });

  it.each([
    ["another seller", { sellerId: other }, "/seller"],
    ["more than the purpose", { purposes: ["survey", "marketing"] }, "/purposes/1"],
    ["another channel", { channels: ["sms" as const, "voice_ai" as const] }, "/channels/1"],
  ])("rejects %s", (_, more, path) => {
    expect(findTermsFault(terms, { ...agreed, ...more })?.path).toBe(path);
  });

  it("rejects a consent to calls by the document about personal data", () => {
    const document = { ...terms, asks: "personal_data" as const, purposes: [], channels: [] };
    expect(findTermsFault(document, agreed)?.path).toBe("/purposes/0");
  });
});
