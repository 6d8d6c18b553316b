import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import type { DisclosureTerms } from "./disclosure.ts";
import { termsFault } from "./terms-fault.ts";

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

it("lets people agree to what they were asked, and to less", () => {
  expect(termsFault(terms, agreed)).toBeNull();
});

it.each([
  ["another seller", { sellerId: other }, "/seller"],
  ["more than the purpose", { purposes: ["survey", "marketing"] }, "/purposes/1"],
  ["another channel", { channels: ["sms" as const, "voice_ai" as const] }, "/channels/1"],
])("holds back %s", (_, more, path) => {
  expect(termsFault(terms, { ...agreed, ...more })?.path).toBe(path);
});

it("lets nobody agree to calls by the document about personal data", () => {
  const document = { ...terms, asks: "personal_data" as const, purposes: [], channels: [] };
  expect(termsFault(document, agreed)?.path).toBe("/purposes/0");
});
