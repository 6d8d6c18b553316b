import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { findSeller } from "./seller.ts";

const [a, b] = ["01890000-0000-7000-8000-00000000000a", "01890000-0000-7000-8000-00000000000b"];
const acme = { id: SellerId.parse(a), key: "acme" };
const bank = { id: SellerId.parse(b), key: "bank" };

it("takes a key or an id", () => {
  expect(findSeller([acme, bank], "bank").seller).toBe(bank);
  expect(findSeller([acme, bank], acme.id).seller).toBe(acme);
});

it("takes the only seller when none is named", () => {
  expect(findSeller([acme], undefined).seller).toBe(acme);
});

it.each([
  [[acme, bank], undefined, { key: "seller.several", values: { known: "acme, bank" } }],
  [[acme], "bank", { key: "seller.unknown", values: { seller: "bank", known: "acme" } }],
  [[], undefined, { key: "seller.none" }],
])("says how to name one of %j when %j does not", (sellers, name, fault) => {
  expect(findSeller(sellers, name).fault).toEqual(fault);
});
