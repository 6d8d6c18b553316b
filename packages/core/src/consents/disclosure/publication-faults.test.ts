import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import type { DisclosureTerms } from "./disclosure.ts";
import { publicationFaults } from "./publication-faults.ts";

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
const pathsOf = (more: Partial<DisclosureTerms>, text = "Acme may call me.") =>
  publicationFaults({ text, terms: { ...terms, ...more } }, known).map(({ path }) => path);

it("lets a text go out that says what it asks", () => {
  expect(pathsOf({})).toEqual([]);
  expect(pathsOf({ asks: "personal_data", purposes: [], channels: [] })).toEqual([]);
});

it.each<[string, Partial<DisclosureTerms>, string]>([
  ["no purpose", { purposes: [] }, "/terms/purposes"],
  ["no channel", { channels: [] }, "/terms/channels"],
  ["a purpose that is not there", { purposes: ["marketing", "cars"] }, "/terms/purposes"],
  ["no word about keeping", { retention: "" }, "/terms/retention"],
  ["no way to take it back", { withdrawal: "" }, "/terms/withdrawal"],
  ["calls in the document about data", { asks: "personal_data" }, "/terms/purposes"],
])("holds back one with %s", (_, more, path) => {
  expect(pathsOf(more)).toEqual([path]);
});

it("tells all that is wrong at once", () => {
  expect(pathsOf({ purposes: [], channels: [], withdrawal: "" }, "")).toHaveLength(4);
});
