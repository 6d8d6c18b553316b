import { SegmentId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { listEligibilities } from "./offer-form";

const buyers = {
  id: SegmentId.parse("019ad000-0000-7000-8000-000000000001"),
  name: "Buyers",
};
const another = "019ad000-0000-7000-8000-000000000002";
const words = { everybody: "Everyone", hidden: "Hidden" };

it("offers everyone and the segments that the member sees", () => {
  const choices = [
    { key: "", name: "Everyone" },
    { key: buyers.id, name: "Buyers" },
  ];
  expect(listEligibilities([buyers], "", words)).toEqual(choices);
  expect(listEligibilities([buyers], buyers.id, words)).toEqual(choices);
});

it("keeps the current segment among the choices if the member cannot see it", () => {
  expect(listEligibilities([buyers], another, words).at(-1)).toEqual({
    key: another,
    name: "Hidden",
  });
});
